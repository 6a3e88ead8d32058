// Everything wrong at once, each with its place.

use tablewright::{DynamoEntity, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "shop", partition_key = "pk", sort_key = "sk", strem = new_image)]
enum Shop {
    User(User),
    Nothing,
}

#[derive(DynamoEntity)]
#[dynamo(table = Shop, partition_key = "USER#{idd}", sort_key = "{nam}")]
struct User {
    id: u64,
    name: String,
}

fn main() {}
