// The table declares the index.

use tablewright::{DynamoEntity, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "shop", partition_key = "pk", sort_key = "sk", gsi(name = "by-name", partition_key = "gsi1pk"))]
enum Shop {
    User(User),
}

#[derive(DynamoEntity)]
#[dynamo(table = Shop, partition_key = "USER#{id}", sort_key = "PROFILE", index(name = "by-nmae", partition_key = "NAME#{name}"), index(name = "by-name", partition_key = "NAME#{name}"))]
struct User {
    id: u64,
    name: String,
}

fn main() {}
