// The enum has a variant for each entity.

use tablewright::{DynamoEntity, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "shop", partition_key = "pk", sort_key = "sk")]
enum Shop {
    User(User),
}

#[derive(DynamoEntity)]
#[dynamo(table = Shop, partition_key = "USER#{id}", sort_key = "PROFILE")]
struct User {
    id: u64,
    name: String,
}

#[derive(DynamoEntity)]
#[dynamo(table = Shop, partition_key = "USER#{user}", sort_key = "ORDER#{number}")]
struct Order {
    user: u64,
    number: u32,
}

fn main() {}
