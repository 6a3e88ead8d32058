// The text of a raw key has no order of parts that are not at its end.

use tablewright::prelude::*;

#[derive(DynamoTable)]
#[dynamo(table = "legacy", partition_key(template = "u-{user}", raw), sort_key(template = "{kind}/{title}", raw))]
struct Legacy {
    #[dynamo(key_only)]
    user: String,
    #[dynamo(key_only)]
    kind: String,
    #[dynamo(key_only)]
    title: String,
}

fn main() {
    let _ = Legacy::query("ann").kind().ge("a");
}
