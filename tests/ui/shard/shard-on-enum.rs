// The table says what its keys are called, and its entities how they are made.

use tablewright::{DynamoEntity, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(
    table = "feed",
    partition_key = "pk",
    sort_key = "sk",
    shard = 16,
    gsi(name = "by-kind", partition_key = "kind_pk", shard = 4)
)]
enum Feed {
    Post(Post),
}

#[derive(DynamoEntity)]
#[dynamo(table = Feed, partition_key = "FEED", sort_key = "{at}", index(name = "by-kind", partition_key = "KIND#{kind}"))]
struct Post {
    #[dynamo(key_only)]
    at: u64,
    kind: String,
}

fn main() {}
