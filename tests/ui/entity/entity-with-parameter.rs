// An entity with parameters is no one type.

use tablewright::{DynamoEntity, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "shop", partition_key = "pk", sort_key = "sk")]
enum Shop {
    User(User<u64>),
}

#[derive(DynamoEntity)]
#[dynamo(table = Shop, partition_key = "USER#{id}", sort_key = "PROFILE")]
struct User<T> {
    id: T,
}

fn main() {}
