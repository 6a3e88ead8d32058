// Point-in-time recovery reaches back at most 35 days.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle", point_in_time_recovery = days(36))]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
}

fn main() {}
