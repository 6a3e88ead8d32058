// A field that collects attributes has no text.

use tablewright::{DynamoTable, Item};

#[derive(DynamoTable)]
#[dynamo(table = "users", partition_key = "USER#{id}", sort_key = "{more}")]
struct User {
    id: u64,
    #[dynamo(rest)]
    more: Item,
}

fn main() {}
