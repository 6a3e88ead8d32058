// An entity has the whole key of its table.

use tablewright::{DynamoEntity, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "shop", partition_key = "pk", sort_key = "sk")]
enum Shop {
    User(User),
}

#[derive(DynamoEntity)]
#[dynamo(table = Shop, partition_key = "USER#{id}")]
struct User {
    id: u64,
    name: String,
}

fn main() {}
