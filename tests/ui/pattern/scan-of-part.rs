// A pattern with a part of the partition key alone would be a scan.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(
    table = "orders",
    gsi(name = "by-place", partition_key = ["tenant", "region"], sort_key = "placed", sparse),
    access(name = "recent", index = "by-place", partition(tenant))
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
