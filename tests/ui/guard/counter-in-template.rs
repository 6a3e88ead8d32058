use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(
    table = "sparkle",
    partition_key = "SPARKLE#{server}",
    gsi(name = "by-total", partition_key = "TOTAL#{total}")
)]
struct Sparkle {
    #[dynamo(key_only)]
    server: u64,
    #[dynamo(counter)]
    total: u64,
}

fn main() {}
