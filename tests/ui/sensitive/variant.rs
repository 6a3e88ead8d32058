// The `Debug` of an enum is its author's.

use tablewright::DynamoAttribute;

#[derive(DynamoAttribute)]
#[dynamo(tag = "kind")]
enum Contact {
    Mail {
        #[dynamo(sensitive)]
        address: String,
    },
    None,
}

fn main() {}
