use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key, write_once)]
    server: u64,
}

#[derive(DynamoTable)]
#[dynamo(table = "glitter", partition_key = "GLITTER#{server}")]
struct Glitter {
    #[dynamo(write_once)]
    server: u64,
}

fn main() {}
