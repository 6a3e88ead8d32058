// Roles begin with `role`.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "orders", gsi(name = "by-status", partition_key = "status", projection = keys_only))]
struct Order {
    #[dynamo(partition_key)]
    id: String,
    status: String,
}

tablewright::access! {
    pub struct Checkout {
        Order: get;
    }
}

fn main() {}
