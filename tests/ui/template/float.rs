// A float has no text in the order of its values.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "users", partition_key = "USER#{score}")]
struct User {
    score: f64,
}

fn main() {}
