// A unique value is a part of a key.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "users")]
struct User {
    #[dynamo(partition_key)]
    id: String,
    #[dynamo(unique)]
    emails: Vec<String>,
    #[dynamo(unique(scope = weight))]
    name: Option<String>,
    weight: f64,
}

fn main() {}
