//! Attributes that are set once, counted, or made when the item is created.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use tablewright::prelude::*;
use tablewright::testing::Embedded;
use tablewright::{Error, InvalidRequest, tables};
use uuid::Uuid;

use super::backends::for_each_backend;

#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "posts", gsi(name = "by-author", partition_key = "author", sort_key = "likes"))]
struct Post {
    #[dynamo(partition_key, id = "uuid-v7")]
    id: Uuid,
    #[dynamo(write_once)]
    author: String,
    #[dynamo(write_once)]
    place: Option<Place>,
    #[dynamo(counter)]
    likes: u64,
    text: String,
}

#[derive(DynamoAttribute, Debug, Clone, PartialEq)]
struct Place {
    city: String,
}

#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "tasks", partition_key = "TASK#{id}", gsi(name = "by-owner", partition_key = "OWNER#{owner}#{id}"))]
struct Task {
    #[dynamo(key_only, id = "ulid")]
    id: String,
    owner: String,
}

async fn with_tables(db: &Dynamo) {
    db.create_tables(tables![Post, Task]).await.expect("the tables are made");
}

fn post() -> Post {
    Post { id: Uuid::nil(), author: "ann".into(), place: None, likes: 2, text: "hello".into() }
}

async fn stored(db: &Dynamo, id: Uuid) -> Post {
    db.get(Post::key(id)).consistent().await.unwrap().expect("the post is there")
}

#[tokio::test]
async fn what_is_set_once_stays() {
    for_each_backend(async |db: Dynamo| {
        with_tables(&db).await;
        let first = db.create(&post()).returning_new().await.unwrap();
        let error = db.put(&Post { author: "bob".into(), ..first.clone() }).await.unwrap_err();
        assert_eq!(error.condition_failed().unwrap().stored::<Post>().unwrap().as_ref(), Some(&first));
        db.put(&Post { text: "hello!".into(), ..first.clone() }).await.unwrap();
        db.update(&first).set_if_not_exists(|p| p.author, "bob").set(|p| p.text, "bye").await.unwrap();
        let place = |city: &str| Place { city: city.into() };
        let placed = Post { text: "bye".into(), ..first.clone() };
        assert_eq!(stored(&db, first.id).await, placed);
        db.put(&Post { place: Some(place("Rome")), ..placed.clone() }).await.unwrap();
        assert!(db.put(&placed).await.is_err(), "and is not taken away again");
        assert!(db.put(&Post { place: Some(place("Bonn")), ..placed.clone() }).await.is_err());
        db.put(&Post { place: Some(place("Rome")), text: "ciao".into(), ..placed }).await.unwrap();
        let inside = db.update(&first).set(|p| p.place.at(|place| place.city), "Bonn").await.unwrap_err();
        assert!(
            matches!(inside, Error::Invalid(InvalidRequest::WrittenOnce { entity: "Post", attribute: "place" })),
            "{inside:?}"
        );
        assert_eq!(stored(&db, first.id).await.place, Some(place("Rome")));
        let found = db.query(Post::query_by_author("ann").likes().ge(1)).filter(|p| p.place.exists()).await.unwrap();
        assert_eq!(found.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_put_takes_nothing_back_that_others_counted() {
    for_each_backend(async |db: Dynamo| {
        with_tables(&db).await;
        let read = db.create(&post()).returning_new().await.unwrap();
        db.update(Post::key(read.id)).increment(|p| p.likes, 3).await.unwrap();
        let error = db.put(&Post { text: "late".into(), ..read.clone() }).await.unwrap_err();
        let newer = error.condition_failed().unwrap().stored::<Post>().unwrap().unwrap();
        assert_eq!((newer.likes, newer.text.as_str()), (5, "hello"));
        db.put(&Post { text: "in time".into(), ..newer }).await.unwrap();
        db.update(Post::key(read.id)).decrement(|p| p.likes, 1).await.unwrap();
        assert_eq!(stored(&db, read.id).await, Post { likes: 4, text: "in time".into(), ..read });
    })
    .await;
}

/// A handle whose clock and ids are what the test says.
async fn predictable() -> Dynamo {
    let next = Arc::new(AtomicU64::new(0));
    let builder = Dynamo::builder().clock(|| UNIX_EPOCH + Duration::from_millis(1_700_000_000_000));
    let db = builder
        .id_source(move || u128::from(next.fetch_add(1, Ordering::Relaxed)))
        .executor(Embedded::memory().expect("the engine starts"));
    with_tables(&db).await;
    db
}

#[tokio::test]
async fn an_id_is_made_where_none_is_given() {
    let db = predictable().await;
    let made = db.create(&post()).returning_new().await.unwrap();
    assert_eq!(made.id.to_string(), "018bcfe5-6800-7000-8000-000000000000");
    let made = db.create(&post()).returning_new().await.unwrap();
    assert_eq!(made.id.to_string(), "018bcfe5-6800-7000-8000-000000000001");
    assert_eq!(made.id.get_version_num(), 7);
    let given = Post { id: Uuid::from_u128(77), ..post() };
    assert_eq!(db.create(&given).returning_new().await.unwrap(), given);
    let error = db.put(&post()).await.unwrap_err();
    assert!(matches!(&error, Error::Encode(_)) && error.to_string().contains("only `create` makes one"), "{error}");
    db.put(&Post { text: "again".into(), ..made.clone() }).await.unwrap();
    assert_eq!(stored(&db, made.id).await.text, "again");
}

#[tokio::test]
async fn an_id_in_a_key_template_is_the_same_everywhere() {
    let db = predictable().await;
    let create = db.create(&Task { id: String::new(), owner: "ann".into() }).returning_new();
    let request: serde_json::Value = serde_json::from_str(create.preview().unwrap().json()).unwrap();
    let id = "01HF7YAT000000000000000000";
    assert_eq!(request["Item"]["pk"]["S"], format!("TASK#{id}"));
    let task = create.await.unwrap();
    assert_eq!(task, Task { id: id.into(), owner: "ann".into() });
    assert_eq!(db.get(Task::key(id)).await.unwrap().as_ref(), Some(&task));
    assert_eq!(db.query(Task::query_by_owner("ann", id)).await.map(|found| found.len()).ok(), Some(1));
    db.transact_write(db.create(&Task { id: String::new(), owner: "bob".into() })).await.unwrap();
    assert_eq!(db.scan::<Task>().await.unwrap().len(), 2);
    let spy = tablewright::testing::Spy::new().answer("{}").answer("{}");
    let random = Dynamo::with_executor(spy);
    let [one, two] =
        [random.create(&post()).returning_new().await.unwrap(), random.create(&post()).returning_new().await.unwrap()];
    assert_ne!(one.id, two.id);
}
