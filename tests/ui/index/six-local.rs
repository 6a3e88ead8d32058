// A table has at most 5 local secondary indexes.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(
    table = "sparkle",
    lsi(name = "by-field-o", sort_key = "o"),
    lsi(name = "by-field-p", sort_key = "p"),
    lsi(name = "by-field-q", sort_key = "q"),
    lsi(name = "by-field-r", sort_key = "r"),
    lsi(name = "by-field-s", sort_key = "s"),
    lsi(name = "by-field-t", sort_key = "t"),
)]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(sort_key)]
    handle: String,
    o: u64,
    p: u64,
    q: u64,
    r: u64,
    s: u64,
    t: u64,
}

fn main() {}
