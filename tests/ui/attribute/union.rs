// An attribute is a struct or an enum.

use tablewright::DynamoAttribute;

#[derive(DynamoAttribute)]
union Either {
    number: u64,
    signed: i64,
}

fn main() {}
