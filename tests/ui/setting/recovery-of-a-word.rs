// Point-in-time recovery is a switch or days.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle", point_in_time_recovery = enabled)]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
}

fn main() {}
