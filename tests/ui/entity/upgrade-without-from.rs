// The older shape becomes the entity.

use tablewright::{DynamoEntity, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "shop", partition_key = "pk", sort_key = "sk")]
enum Shop {
    User(User),
}

#[derive(DynamoEntity)]
#[dynamo(table = Shop, partition_key = "USER#{id}", sort_key = "PROFILE", upgrades(UserV1))]
struct User {
    id: u64,
    name: String,
}

#[derive(DynamoEntity)]
#[dynamo(table = Shop, partition_key = "USER1#{id}", sort_key = "PROFILE")]
struct UserV1 {
    id: u64,
    name: String,
}

fn main() {}
