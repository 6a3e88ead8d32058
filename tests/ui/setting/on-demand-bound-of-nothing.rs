// A bound of on-demand billing is at least 1.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle", billing = on_demand(max_read = 5, max_write = 0))]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
}

fn main() {}
