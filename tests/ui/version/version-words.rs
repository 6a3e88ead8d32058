use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(version(rings = 3))]
    version: u64,
}

#[derive(DynamoTable)]
#[dynamo(table = "glitter")]
struct Glitter {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(version(ring = 0, starts_at = 0))]
    version: u64,
}

#[derive(DynamoTable)]
#[dynamo(table = "glimmer")]
struct Glimmer {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(version = 1)]
    version: u64,
}

fn main() {}
