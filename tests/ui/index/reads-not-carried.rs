// The type that an index is read as has only attributes that the index carries.

use tablewright::{DynamoAttribute, DynamoTable};

/// What an index carries of an order.
#[derive(DynamoAttribute)]
struct Entry {
    tenant: String,
    status: String,
    total: i64,
}

#[derive(DynamoTable)]
#[dynamo(
    table = "orders",
    gsi(name = "by-tenant", partition_key = "tenant", projection = include("status"), reads = Entry)
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
