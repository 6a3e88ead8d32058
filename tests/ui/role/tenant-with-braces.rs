// The policy variable is its name alone.

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
        tenant id = "${aws:PrincipalTag/customer}";
        Order: get;
    }
}

fn main() {}
