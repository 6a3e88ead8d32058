// A stream can be read where the table has one.

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
        Order: get, stream(insert);
    }
}

fn main() {}
