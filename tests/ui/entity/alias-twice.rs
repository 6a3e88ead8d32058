// An older name is of one attribute.

use tablewright::{DynamoEntity, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "shop", partition_key = "pk", sort_key = "sk")]
enum Shop {
    Order(Order),
}

#[derive(DynamoEntity)]
#[dynamo(table = Shop, partition_key = "ORDER#{id}", sort_key = "ORDER")]
struct Order {
    #[dynamo(key_only)]
    id: u64,
    #[dynamo(alias = "due", alias = "day")]
    due: u32,
    #[dynamo(alias = "day")]
    placed: u32,
}

fn main() {}
