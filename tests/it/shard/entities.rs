//! Shards in a table of several entities: item collections, tags and indexes that entities share.

use std::cell::RefCell;

use tablewright::prelude::*;
use tablewright::stream::{Change, StreamRecord};
use tablewright::{Error, tables};

use crate::runtime::backends::for_each_backend;

#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(
    table = "feed",
    partition_key = "pk",
    sort_key = "sk",
    gsi(name = "by-author", partition_key = "author_pk", sort_key = "sk"),
    lsi(name = "by-length", sort_key = "length"),
    stream = new_and_old_images
)]
pub(crate) enum Feed {
    Post(Post),
    Reply(Reply),
    Author(Author),
}

#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(
    table = Feed,
    partition_key = "FEED",
    sort_key = "{at}#POST#{id}",
    shard = 8,
    index(name = "by-author", partition_key = "AUTHOR#{author}", sort_key = sort_key, shard = 3),
    index(name = "by-length", sort_key = "length"),
    access(name = "since", range(at >= since), take = 5, doc = "The next posts."),
    access(name = "newest_of", index = "by-author", partition(author), order = descending, take = 2)
)]
pub(crate) struct Post {
    #[dynamo(key_only)]
    at: u32,
    #[dynamo(key_only)]
    id: u32,
    author: String,
    length: u32,
}

#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(
    table = Feed,
    partition_key = "FEED",
    sort_key = "{at}#REPLY#{id}",
    shard = 8,
    index(name = "by-author", partition_key = "AUTHOR#{author}", sort_key = sort_key, shard = 3)
)]
pub(crate) struct Reply {
    #[dynamo(key_only)]
    at: u32,
    #[dynamo(key_only)]
    id: u32,
    #[dynamo(key_only)]
    author: String,
}

#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(table = Feed, partition_key = "AUTHOR#{name}", sort_key = "PROFILE")]
pub(crate) struct Author {
    #[dynamo(key_only)]
    name: String,
    age: u8,
}

async fn filled(db: &Dynamo) -> Vec<Feed> {
    db.create_tables(tables![Feed]).await.unwrap();
    let author = |at: u32| if at.is_multiple_of(3) { "ann" } else { "bob" }.to_owned();
    let items: Vec<Feed> = (0..30)
        .map(|at| match at % 2 {
            0 => Post { at, id: 9 - at % 10, author: author(at), length: at % 4 }.into(),
            _ => Reply { at, id: at, author: author(at) }.into(),
        })
        .collect();
    for item in &items {
        db.put(item).await.unwrap();
    }
    db.put(&Author { name: "ann".into(), age: 7 }).await.unwrap();
    items
}

#[tokio::test]
async fn a_collection_is_read_over_all_shards() {
    for_each_backend(async |db: Dynamo| {
        let items = filled(&db).await;
        assert_eq!(db.query(Post::query().collection()).await.unwrap(), items);
        let posts: Vec<Feed> =
            db.query(Post::query()).page_size(2).await.unwrap().into_iter().map(Feed::from).collect();
        assert!(posts.iter().eq(items.iter().step_by(2)));
        let mut page = db.query(Reply::query()).take(4).page().await.unwrap();
        let mut replies = page.items;
        while let Some(cursor) = page.cursor {
            page = db.query(Reply::query()).take(4).after(cursor).page().await.unwrap();
            replies.extend(page.items);
        }
        assert!(
            replies.into_iter().map(Feed::from).eq(items.iter().skip(1).step_by(2).cloned()),
            "other entities are no end"
        );
        assert_eq!(db.query(Reply::query()).count().await.unwrap(), 15);
        let some = db.query(Post::query().at().eq(4_u32).collection()).await.unwrap();
        assert_eq!(some, [items[4].clone()]);
        let by_ann = db.query(Post::query_by_author("ann").collection()).await.unwrap();
        assert!(by_ann.iter().eq(items.iter().step_by(3)), "{by_ann:?}");
        let replies = db.query(Reply::query_by_author("ann")).await.unwrap();
        assert_eq!(replies.iter().map(|reply| reply.at).collect::<Vec<_>>(), [3, 9, 15, 21, 27]);
        let everything = db.scan::<Feed>().await.unwrap();
        assert_eq!(everything.len(), 31);
    })
    .await;
}

#[tokio::test]
async fn access_patterns_and_local_indexes_ask_every_shard() {
    for_each_backend(async |db: Dynamo| {
        filled(&db).await;
        let since = db.query(Post::since(11_u32)).await.unwrap();
        assert_eq!(since.iter().map(|post| post.at).collect::<Vec<_>>(), [12, 14, 16, 18, 20]);
        let newest = db.query(Post::newest_of("ann")).await.unwrap();
        assert_eq!(newest.iter().map(|post| post.at).collect::<Vec<_>>(), [24, 18]);
        let short = db.query(Post::query_by_length().length().lt(2_u32)).consistent().await.unwrap();
        assert!(short.iter().all(|post| post.length == 0) && short.len() == 8, "{short:?}");
        assert_eq!(db.query(Post::query_by_length()).await.unwrap().len(), 15);
        db.update(Post::key(4_u32, 5_u32)).set(|post| post.by_author, ("cat",)).await.unwrap();
        assert_eq!(db.query(Post::query_by_author("cat")).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn records_of_a_stream_are_told_apart() {
    for_each_backend(async |db: Dynamo| {
        let items = filled(&db).await;
        db.delete(Post::key(0_u32, 9_u32)).await.unwrap();
        let seen = RefCell::new(Vec::new());
        let handler = async |record: StreamRecord<Feed>| {
            match record.change {
                Change::Insert { new } => seen.borrow_mut().push(new),
                Change::Remove { old } => seen.borrow_mut().retain(|item| *item != old),
                Change::Modify { .. } => panic!("nothing is changed"),
            }
            Ok::<_, Error>(())
        };
        db.stream::<Feed>().open().await.unwrap().drain(handler).await.unwrap();
        let seen = seen.take();
        assert_eq!(seen.len(), 30, "with the author, and without the first post");
        assert!(items[1..].iter().all(|item| seen.contains(item)));
    })
    .await;
}
