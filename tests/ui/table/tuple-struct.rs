// The attributes of a table have names.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle(u64, String);

fn main() {}
