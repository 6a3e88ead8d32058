// Items of no entity go to one variant.

use tablewright::{DynamoEntity, DynamoTable, Item};

#[derive(DynamoTable)]
#[dynamo(table = "shop", partition_key = "pk", sort_key = "sk")]
enum Shop {
    User(User),
    #[dynamo(unknown)]
    Other(Item),
    #[dynamo(unknown)]
    More(Item),
}

#[derive(DynamoEntity)]
#[dynamo(table = Shop, partition_key = "USER#{id}", sort_key = "PROFILE")]
struct User {
    id: u64,
    name: String,
}

fn main() {}
