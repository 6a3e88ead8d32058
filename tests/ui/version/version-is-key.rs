// A key cannot change with every write, and no more can the key of an index.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(sort_key, version)]
    version: u64,
}

#[derive(DynamoTable)]
#[dynamo(table = "glitter", gsi(name = "by-version", partition_key = "version"))]
struct Glitter {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(version)]
    version: u64,
}

fn main() {}
