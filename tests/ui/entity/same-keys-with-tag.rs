// A tag does not make room for two items under one key.

use tablewright::{DynamoEntity, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "shop", partition_key = "pk", sort_key = "sk", tag = "kind")]
enum Shop {
    Order(Order),
    Note(Note),
}

#[derive(DynamoEntity)]
#[dynamo(table = Shop, partition_key = "USER#{user}", sort_key = "{number}#{city}")]
struct Order {
    #[dynamo(key_only)]
    user: u64,
    #[dynamo(key_only)]
    number: u32,
    #[dynamo(key_only)]
    city: String,
}

#[derive(DynamoEntity)]
#[dynamo(table = Shop, partition_key = "USER#{owner}", sort_key = "{title}#{place}")]
struct Note {
    #[dynamo(key_only)]
    owner: u64,
    #[dynamo(key_only)]
    title: String,
    #[dynamo(key_only)]
    place: String,
}

fn main() {}
