// Two entities have no key in common.

use tablewright::{DynamoEntity, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "shop", partition_key = "pk", sort_key = "sk")]
enum Shop {
    User(User),
    Order(Order),
}

#[derive(DynamoEntity)]
#[dynamo(table = Shop, partition_key = "USER#{id}", sort_key = "{name}")]
struct User {
    id: u64,
    name: String,
}

#[derive(DynamoEntity)]
#[dynamo(table = Shop, partition_key = "USER#{user}", sort_key = "{number}")]
struct Order {
    user: u64,
    number: String,
}

fn main() {}
