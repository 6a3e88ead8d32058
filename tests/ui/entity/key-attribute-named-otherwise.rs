// A native key is the table's attribute.

use tablewright::{DynamoEntity, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "shop", partition_key = "pk", sort_key = "sk")]
enum Shop {
    User(User),
}

#[derive(DynamoEntity)]
#[dynamo(table = Shop, sort_key = "PROFILE")]
struct User {
    #[dynamo(partition_key)]
    id: String,
}

fn main() {}
