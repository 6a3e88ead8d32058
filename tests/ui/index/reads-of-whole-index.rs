// An index that carries everything is read as the entity.

use tablewright::{DynamoAttribute, DynamoTable};

/// What an index carries of an order.
#[derive(DynamoAttribute)]
struct Entry {
    tenant: String,
    status: String,
    
}

#[derive(DynamoTable)]
#[dynamo(
    table = "orders",
    gsi(name = "by-tenant", partition_key = "tenant", reads = Entry)
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
