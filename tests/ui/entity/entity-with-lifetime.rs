// An entity that borrows from the response that it was read from.

use tablewright::{DynamoEntity, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "shop", partition_key = "pk", sort_key = "sk")]
enum Shop {
    User(User<'static>),
}

#[derive(DynamoEntity)]
#[dynamo(table = Shop, partition_key = "USER#{id}", sort_key = "PROFILE")]
struct User<'r> {
    id: u64,
    name: &'r str,
}

fn main() {}
