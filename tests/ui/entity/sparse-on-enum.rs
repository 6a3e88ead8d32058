// The entities say which items are in an index.

use tablewright::{DynamoEntity, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "shop", partition_key = "pk", sort_key = "sk", gsi(name = "by-name", partition_key = "gsi1pk", sparse))]
enum Shop {
    User(User),
}

#[derive(DynamoEntity)]
#[dynamo(table = Shop, partition_key = "USER#{id}", sort_key = "PROFILE")]
struct User {
    id: u64,
    name: String,
}

fn main() {}
