// An entity belongs to one table.

use tablewright::{DynamoEntity, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "shop", partition_key = "pk", sort_key = "sk")]
enum Shop {
    User(User),
    Order(Order),
}

#[derive(DynamoEntity)]
#[dynamo(table = Shop, partition_key = "USER#{id}", sort_key = "PROFILE")]
struct User {
    id: u64,
    name: String,
}

#[derive(DynamoEntity)]
#[dynamo(table = Archive, partition_key = "USER#{user}", sort_key = "ORDER#{number}")]
struct Order {
    user: u64,
    number: u32,
}

#[derive(DynamoTable)]
#[dynamo(table = "archive", partition_key = "pk", sort_key = "sk")]
enum Archive {
    Order(Order),
}

fn main() {}
