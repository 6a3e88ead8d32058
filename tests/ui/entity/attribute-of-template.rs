// The table names the attribute.

use tablewright::{DynamoEntity, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "shop", partition_key = "pk", sort_key = "sk")]
enum Shop {
    User(User),
}

#[derive(DynamoEntity)]
#[dynamo(table = Shop, partition_key(template = "USER#{id}", attribute = "pk"), sort_key = "PROFILE")]
struct User {
    id: u64,
    name: String,
}

fn main() {}
