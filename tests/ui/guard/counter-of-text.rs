use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(counter)]
    total: String,
}

fn main() {}
