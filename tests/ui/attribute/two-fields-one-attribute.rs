// Each attribute belongs to one field of the document.

use tablewright::DynamoAttribute;

#[derive(DynamoAttribute)]
struct Address {
    city: String,
    #[dynamo(rename = "city")]
    town: String,
}

fn main() {}
