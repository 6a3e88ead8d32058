//! Reads of one entity among items of others: on the table, on an index whose keys two entities share, and in the stream.

use futures_util::StreamExt as _;
use tablewright::Error;
use tablewright::prelude::*;

use crate::runtime::backends::{for_each_backend, put_json};

/// Posts and the marks that readers gave them, which have the same keys in the index.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(
    table = "feed",
    partition_key = "pk",
    sort_key = "sk",
    gsi(name = "by-day", partition_key = "day_pk", sort_key = "day_sk"),
    gsi(name = "keys", partition_key = "day_pk", sort_key = "sk", projection = keys_only),
    lsi(name = "by-weight", sort_key = "weight")
)]
enum Feed {
    Post(Post),
    Mark(Mark),
}

#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(
    table = Feed,
    partition_key = "BLOG#{blog}",
    sort_key = "{number}#POST",
    index(name = "by-day", partition_key = "DAY#{day}", sort_key = "{number}", sparse),
    index(name = "keys", partition_key = "DAY#{day}", sort_key = sort_key, sparse),
    index(name = "by-weight", sort_key = "weight")
)]
struct Post {
    #[dynamo(key_only)]
    blog: String,
    #[dynamo(key_only)]
    number: u16,
    day: Option<u8>,
    weight: i32,
}

#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(
    table = Feed,
    partition_key = "BLOG#{blog}",
    sort_key = "{number}#MARK#{reader}",
    index(name = "by-day", partition_key = "DAY#{day}", sort_key = "{number}"),
    index(name = "keys", partition_key = "DAY#{day}", sort_key = sort_key),
    index(name = "by-weight", sort_key = "weight")
)]
struct Mark {
    #[dynamo(key_only)]
    blog: String,
    #[dynamo(key_only)]
    number: u16,
    #[dynamo(key_only)]
    reader: String,
    day: u8,
    weight: i32,
}

fn post(number: u16) -> Post {
    Post { blog: "b#1".into(), number, day: Some(1), weight: -i32::from(number) }
}

fn mark(number: u16, reader: &str) -> Mark {
    Mark { blog: "b#1".into(), number, reader: reader.into(), day: 1, weight: -i32::from(number) }
}

const POSTS: u16 = 5;

/// Five posts, two marks of each, and before each post a mark that no version of this program can read.
async fn filled(db: &Dynamo) {
    db.create_tables(tablewright::tables![Feed]).await.unwrap();
    for number in 0..POSTS {
        db.create(&post(number)).await.unwrap();
        for reader in ["ann", "z#"] {
            db.create(&mark(number, reader)).await.unwrap();
        }
    }
}

async fn damaged(db: &Dynamo) {
    for number in 0..POSTS {
        let item = format!(
            r##"{{"pk":{{"S":"BLOG#b$c1"}},"sk":{{"S":"{number:05}#MARK#bad"}},"day_pk":{{"S":"DAY#001"}},
                "day_sk":{{"S":"{number:05}"}},"weight":{{"N":"-{number}"}},"day":{{"S":"no number"}}}}"##
        );
        put_json::<Feed>(db, &item).await;
    }
}

fn numbers(posts: &[Post]) -> Vec<u16> {
    posts.iter().map(|post| post.number).collect()
}

#[tokio::test]
async fn another_entitys_items_are_never_decoded_wherever_they_lie() {
    for_each_backend(async |db| {
        filled(&db).await;
        damaged(&db).await;
        let all: Vec<u16> = (0..POSTS).collect();
        let backwards: Vec<u16> = all.iter().rev().copied().collect();
        assert_eq!(numbers(&db.query(Post::query("b#1")).await.unwrap()), all);
        assert_eq!(numbers(&db.query(Post::query("b#1")).descending().await.unwrap()), backwards);
        assert_eq!(numbers(&db.query(Post::query_by_day(1_u8)).await.unwrap()), all);
        assert_eq!(numbers(&db.query(Post::query_by_day(1_u8).number().ge(3_u16)).await.unwrap()), [3, 4]);
        assert_eq!(numbers(&db.query(Post::query_by_weight("b#1").weight().lt(-1)).await.unwrap()), [4, 3, 2]);
        assert_eq!(numbers(&db.query(Post::query_keys(1_u8)).hydrate().await.unwrap()), all);
        let mut scanned = numbers(&db.scan::<Post>().await.unwrap());
        scanned.sort_unstable();
        assert_eq!(scanned, all);
        assert_eq!(db.query(Post::query_by_day(1_u8)).count().await.unwrap(), 5);
        assert_eq!(db.query(Mark::query_by_day(1_u8)).count().await.unwrap(), 15, "keys tell the entity");
        // Whoever asks for the damaged items is told.
        assert!(matches!(db.query(Mark::query_by_day(1_u8)).await, Err(Error::Decode(_))));
        assert!(matches!(db.query(Post::query_by_day(1_u8).collection()).await, Err(Error::Decode(_))));
        assert!(matches!(db.query(Post::query("b#1").collection()).await, Err(Error::Decode(_))));
    })
    .await;
}

#[tokio::test]
async fn budgets_and_pages_count_the_entitys_own_items() {
    for_each_backend(async |db| {
        filled(&db).await;
        damaged(&db).await;
        let query = || db.query(Post::query_by_day(1_u8));
        assert_eq!(numbers(&query().take(3).await.unwrap()), [0, 1, 2]);
        assert_eq!(numbers(&query().descending().page_size(2).take(2).await.unwrap()), [4, 3]);
        assert_eq!(query().descending().first().await.unwrap(), Some(post(4)));
        assert!(matches!(query().one().await, Err(Error::NotUnique { .. })));
        let two: Vec<_> = query().take(2).stream().map(Result::unwrap).collect().await;
        assert_eq!(numbers(&two), [0, 1]);
        assert_eq!(query().take(2).count().await.unwrap(), 2);
        // A page of one item of the index at a time: most hold no post, and no post is lost at their ends.
        for descending in [false, true] {
            let (mut found, mut pages, mut cursor) = (Vec::new(), 0, None);
            loop {
                let page = if descending { query().descending() } else { query() };
                let page = page.page_size(1).after(cursor).page().await.unwrap();
                (pages, cursor) = (pages + 1, page.cursor);
                found.extend(page.items);
                if cursor.is_none() {
                    break;
                }
            }
            let expected: Vec<u16> = if descending { (0..POSTS).rev().collect() } else { (0..POSTS).collect() };
            assert_eq!(numbers(&found), expected);
            assert!(pages >= 20, "{pages}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_page_of_every_index_goes_on_where_it_ended() {
    for_each_backend(async |db| {
        filled(&db).await;
        macro_rules! paged {
            ($query:expr) => {{
                let (mut found, mut cursor) = (Vec::new(), None);
                loop {
                    let page = db.query($query).page_size(1).after(cursor).page().await.unwrap();
                    found.extend(page.items);
                    cursor = page.cursor;
                    if cursor.is_none() {
                        break;
                    }
                }
                assert_eq!(found, db.query($query).await.unwrap());
                found.len()
            }};
        }
        assert_eq!(paged!(Post::query("b#1").collection()), 15);
        assert_eq!(paged!(Post::query_by_day(1_u8).collection()), 15);
        assert_eq!(paged!(Post::query_by_weight("b#1").collection()), 15);
        assert_eq!(paged!(Mark::query("b#1").number().eq(2_u16)), 2);
        assert_eq!(paged!(Post::query_keys(1_u8)), 5);
        assert_eq!(paged!(Mark::query_by_weight("b#1").weight().between(-3, -2)), 4);
    })
    .await;
}

#[tokio::test]
async fn items_are_gathered_by_entity_in_their_order() {
    for_each_backend(async |db| {
        filled(&db).await;
        let all: Vec<Feed> = db.query(Post::query("b#1").collection()).descending().await.unwrap();
        let mut kinds = all.iter().map(|item| matches!(item, Feed::Post(_)));
        assert_eq!(kinds.by_ref().take(6).collect::<Vec<_>>(), [true, false, false, true, false, false]);
        let (first, second) = all.split_at(7);
        let mut grouped: FeedByEntity = first.iter().cloned().collect();
        grouped.extend(second.iter().cloned());
        assert_eq!(grouped.post, (0..POSTS).rev().map(post).collect::<Vec<_>>());
        let marks = (0..POSTS).rev().flat_map(|number| [mark(number, "z#"), mark(number, "ann")]);
        assert_eq!(grouped.mark, marks.collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test]
async fn fields_that_only_keys_have_come_back_from_every_read_and_write() {
    for_each_backend(async |db| {
        filled(&db).await;
        let key = || Post::key("b#1", 2_u16);
        let expected = post(2);
        assert_eq!(db.get(key()).await.unwrap().as_ref(), Some(&expected));
        assert_eq!(db.query(Post::query("b#1").number().eq(2_u16)).await.unwrap(), std::slice::from_ref(&expected));
        assert_eq!(
            db.query(Post::query_by_day(1_u8).number().eq(2_u16)).await.unwrap(),
            std::slice::from_ref(&expected)
        );
        assert_eq!(
            db.query(Post::query_by_weight("b#1").weight().eq(-2)).await.unwrap(),
            std::slice::from_ref(&expected)
        );
        let hydrated = db.query(Post::query_keys(1_u8).number().eq(2_u16)).hydrate().await.unwrap();
        assert_eq!(hydrated, std::slice::from_ref(&expected));
        let fetched = db.batch_get([key()]).await.unwrap().complete().unwrap();
        assert_eq!(fetched, [Some(expected.clone())]);
        let (read,) = db.transact_get((key(),)).await.unwrap();
        assert_eq!(read.as_ref(), Some(&expected));
        let updated = db.update(key()).set(|post| post.weight, 9).returning_new().await.unwrap();
        assert_eq!(updated, Post { weight: 9, ..expected.clone() });
        let old = db.put(&expected).returning_old().await.unwrap();
        assert_eq!(old, Some(updated));
        let Err(Error::ConditionFailed(failed)) = db.create(&expected).await else { panic!("it is there") };
        assert_eq!(failed.stored().unwrap(), Some(expected.clone()));
        assert_eq!(db.delete(key()).returning_old().await.unwrap(), Some(expected));
    })
    .await;
}

#[tokio::test]
async fn every_way_of_writing_rewrites_the_keys_of_indexes() {
    for_each_backend(async |db| {
        db.create_tables(tablewright::tables![Feed]).await.unwrap();
        let of_day = async |day: u8| numbers(&db.query(Post::query_by_day(day)).await.unwrap());
        let of_keys = async |day: u8| db.query(Post::query_keys(day)).await.unwrap().len();
        let is = async |post: &Post, in_first: bool, in_second: bool| {
            let answer = db.execute_raw(db.get(post.primary_key()).preview().unwrap()).await.unwrap().body;
            let answer: serde_json::Value = serde_json::from_slice(&answer).unwrap();
            let put: serde_json::Value = serde_json::from_str(&Dynamo::preview_item(post).unwrap()).unwrap();
            assert_eq!(answer["Item"], put);
            assert_eq!((of_day(1).await.len(), of_day(2).await.len()), (in_first.into(), in_second.into()));
            assert_eq!((of_keys(1).await, of_keys(2).await), (in_first.into(), in_second.into()));
        };
        let (first, second, none) = (post(0), Post { day: Some(2), ..post(0) }, Post { day: None, ..post(0) });
        db.create(&first).await.unwrap();
        is(&first, true, false).await;
        db.put(&second).await.unwrap();
        is(&second, false, true).await;
        db.put(&Feed::from(none.clone())).await.unwrap();
        is(&none, false, false).await;
        db.transact_write((db.update(first.primary_key()).set(|post| post.by_day, (Some(1_u8),)),)).await.unwrap();
        is(&first, true, false).await;
        db.transact_write((db.update(first.primary_key()).set(|post| post.by_day, (None::<u8>,)),)).await.unwrap();
        is(&none, false, false).await;
        db.batch_write().put_all([&second]).await.unwrap().complete().unwrap();
        is(&second, false, true).await;
        db.transact_write((db.put(&first),)).await.unwrap();
        is(&first, true, false).await;
    })
    .await;
}
