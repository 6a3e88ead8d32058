// A global index has no consistent read, whatever is asked of its key.

use tablewright::{Dynamo, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(
    table = "orders",
    gsi(name = "by-tenant", partition_key = ["tenant", "region"], sort_key = ["status", "placed"], sparse)
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

fn run(db: &Dynamo) {
    let _ = db.query(Order::query_by_tenant("acme", "eu").status().eq("open")).consistent();
}

fn main() {}
