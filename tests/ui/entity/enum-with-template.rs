// The templates are the entities'.

use tablewright::{DynamoEntity, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "shop", partition_key = "USER#{id}", sort_key = "sk")]
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
