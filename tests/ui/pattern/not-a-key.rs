// What is no key cannot select.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(
    table = "orders",
    gsi(name = "by-tenant", partition_key = "tenant", sort_key = ["status", "placed"]),
    access(name = "recent", index = "by-tenant", partition(tenant), fixed(total = 5))
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
