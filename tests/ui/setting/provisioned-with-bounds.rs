// `max_read` bounds on-demand billing.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle", billing = provisioned(max_read = 5, max_write = 5))]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
}

fn main() {}
