// A pattern reads what its index carries.

use tablewright::{DynamoAttribute, DynamoTable};

/// What is of interest of an order.
#[derive(DynamoAttribute)]
struct Entry {
    status: String,
    total: i64,
}

#[derive(DynamoTable)]
#[dynamo(
    table = "orders",
    gsi(name = "by-status", partition_key = "status", projection = keys_only),
    access(name = "recent", index = "by-status", partition(status), reads = Entry)
)]
struct Order {
    #[dynamo(partition_key)]
    customer: String,
    #[dynamo(sort_key)]
    id: u64,
    tenant: String,
    region: Option<String>,
    status: String,
    placed: u64,
    total: i64,
    note: Option<String>,
}

fn main() {}
