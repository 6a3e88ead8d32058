// Billing is `on_demand` or `provisioned`.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle", billing = pay_per_request)]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
}

fn main() {}
