// `with` names an adapter for the type of the field.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(with = Hex)]
    color: u32,
}

struct Hex;

fn main() {}
