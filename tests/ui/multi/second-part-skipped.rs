// No attribute of a sort key is left out before the one with the range.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(
    table = "orders",
    gsi(name = "by-tenant", partition_key = "tenant", sort_key = ["status", "placed", "total"])
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

fn main() {
    let _ = Order::query_by_tenant("acme").status().eq("open").total().ge(5);
}
