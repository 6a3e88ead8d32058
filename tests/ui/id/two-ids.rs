use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key, id = "ulid")]
    server: String,
    #[dynamo(id = "uuid-v7")]
    other: String,
}

fn main() {}
