// A feed whose posts and replies are in one item collection.

use tablewright::{DynamoEntity, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(
    table = "feed",
    partition_key = "pk",
    sort_key = "sk",
    gsi(name = "by-author", partition_key = "author_pk", sort_key = "sk")
)]
enum Feed {
    Post(Post),
    Reply(Reply),
    Note(Note),
}

#[derive(DynamoEntity)]
#[dynamo(
    table = Feed,
    partition_key = "FEED#{topic}",
    sort_key = "POST#{at}",
    shard = 16,
    index(name = "by-author", partition_key = "AUTHOR#{author}", sort_key = sort_key, shard = 4)
)]
struct Post {
    #[dynamo(key_only)]
    topic: String,
    #[dynamo(key_only)]
    at: u64,
    author: String,
}

#[derive(DynamoEntity)]
#[dynamo(
    table = Feed,
    partition_key = "FEED#{about}",
    sort_key = "REPLY#{at}",
    shard = 8,
    index(name = "by-author", partition_key = "AUTHOR#{author}", sort_key = sort_key, shard = 4)
)]
struct Reply {
    #[dynamo(key_only)]
    about: String,
    #[dynamo(key_only)]
    at: u64,
    author: String,
}

#[derive(DynamoEntity)]
#[dynamo(
    table = Feed,
    partition_key = "NOTE#{id}",
    sort_key = "NOTE",
    index(name = "by-author", partition_key = "AUTHOR#{author}", sort_key = sort_key)
)]
struct Note {
    #[dynamo(key_only)]
    id: u64,
    author: String,
}

fn main() {}
