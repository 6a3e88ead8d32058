// An access pattern reads an index that is there.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(
    table = "orders",
    access(name = "recent", index = "by-tenant", partition(tenant))
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
