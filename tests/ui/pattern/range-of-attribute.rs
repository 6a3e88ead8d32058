// A range is of the sort key.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(
    table = "orders",
    gsi(name = "by-tenant", partition_key = "tenant", sort_key = ["status", "placed"]),
    access(name = "some", index = "by-tenant", partition(tenant), range(total >= least))
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
