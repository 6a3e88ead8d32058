// An entity is a struct.

use tablewright::DynamoEntity;

#[derive(DynamoEntity)]
#[dynamo(table = Shop, partition_key = "pk")]
enum Shop {
    User(u64),
}

fn main() {}
