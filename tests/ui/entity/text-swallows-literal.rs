// Text can be what another entity's literal is.

use tablewright::{DynamoEntity, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "shop", partition_key = "pk", sort_key = "sk")]
enum Shop {
    User(User),
    Order(Order),
}

#[derive(DynamoEntity)]
#[dynamo(table = Shop, partition_key = "{name}", sort_key = "PROFILE")]
struct User {
    id: u64,
    name: String,
}

#[derive(DynamoEntity)]
#[dynamo(table = Shop, partition_key = "ORDER", sort_key = "{kind}")]
struct Order {
    kind: String,
}

fn main() {}
