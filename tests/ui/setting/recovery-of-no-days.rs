// Point-in-time recovery reaches back at least 1 day.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle", point_in_time_recovery = days(0))]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
}

fn main() {}
