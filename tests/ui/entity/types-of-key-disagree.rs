// A key attribute has one type.

use tablewright::{DynamoEntity, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "shop", partition_key = "pk", sort_key = "sk")]
enum Shop {
    User(User),
    Count(Count),
}

#[derive(DynamoEntity)]
#[dynamo(table = Shop, partition_key = "USER#{id}", sort_key = "PROFILE")]
struct User {
    id: u64,
    name: String,
}

#[derive(DynamoEntity)]
#[dynamo(table = Shop, partition_key = "COUNT#{name}")]
struct Count {
    name: String,
    #[dynamo(sort_key, rename = "sk")]
    hour: u64,
}

fn main() {}
