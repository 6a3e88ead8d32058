// The attributes of a document have names.

use tablewright::DynamoAttribute;

#[derive(DynamoAttribute)]
struct Point(i64, i64);

fn main() {}
