// A key of the table is not optional, under whatever name.

use tablewright::DynamoTable;

type Maybe = Option<String>;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: Maybe,
}

fn main() {}
