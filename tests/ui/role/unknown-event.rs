// A stream has four events.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "orders", gsi(name = "by-status", partition_key = "status", projection = keys_only))]
struct Order {
    #[dynamo(partition_key)]
    id: String,
    status: String,
}

tablewright::access! {
    role Shipping {
        Order: stream(inserted);
    }
}

fn main() {}
