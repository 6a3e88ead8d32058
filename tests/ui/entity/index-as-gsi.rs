// An entity puts its keys in an index, and the table declares it.

use tablewright::{DynamoEntity, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "shop", partition_key = "pk", sort_key = "sk")]
enum Shop {
    User(User),
}

#[derive(DynamoEntity)]
#[dynamo(table = Shop, partition_key = "USER#{id}", sort_key = "PROFILE", gsi(name = "by-name", partition_key = "name"))]
struct User {
    id: u64,
    name: String,
}

fn main() {}
