// A key is known before the clock fills anything in.

use tablewright::{DynamoTable, EpochSeconds};

#[derive(DynamoTable)]
#[dynamo(table = "users", partition_key = "USER#{id}", sort_key = "{created}")]
struct User {
    id: u64,
    #[dynamo(created_at)]
    created: EpochSeconds,
}

fn main() {}
