use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(version)]
    version: u32,
}

fn main() {}
