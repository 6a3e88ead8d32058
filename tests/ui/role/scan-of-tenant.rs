// A scan reads the items of all tenants.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "orders", gsi(name = "by-status", partition_key = "status", projection = keys_only))]
struct Order {
    #[dynamo(partition_key)]
    id: String,
    status: String,
}

tablewright::access! {
    role Customer {
        tenant id = "aws:PrincipalTag/customer";
        Order: get, scan;
    }
}

fn main() {}
