// A document has no attributes but those of the reference.

use tablewright::DynamoAttribute;

#[derive(DynamoAttribute)]
#[dynamo(rename_al = "camelCase")]
struct Address {
    city: String,
}

fn main() {}
