use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key, id = "uuid-v4")]
    server: String,
}

#[derive(DynamoTable)]
#[dynamo(table = "glitter")]
struct Glitter {
    #[dynamo(partition_key, id = ulid)]
    server: String,
}

fn main() {}
