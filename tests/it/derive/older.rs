//! Items of older shapes that are changed: under older names of attributes, and with older tags.

use serde_json::Value as Json;
use tablewright::Error;
use tablewright::codec::{Cursor, FromItem};
use tablewright::prelude::*;
use tablewright::request::Rekeyed;

use crate::runtime::backends::{for_each_backend, put_json};

/// Accounts and their notes, with a tag on each item.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(
    table = "older",
    partition_key = "pk",
    sort_key = "sk",
    tag = "kind",
    gsi(name = "by-name", partition_key = "name_pk")
)]
enum Older {
    Account(Account),
    Note(Note),
}

#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(
    table = Older,
    partition_key = "ACCOUNT#{id}",
    sort_key = "PROFILE",
    tag = "account-2",
    upgrades(AccountV1, AccountV0),
    index(name = "by-name", partition_key = "NAME#{name}")
)]
struct Account {
    #[dynamo(key_only)]
    id: u64,
    name: String,
    visits: u32,
}

/// As it was: without visits.
#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(
    table = Older,
    partition_key = "ACCOUNT#{id}",
    sort_key = "PROFILE",
    tag = "account",
    index(name = "by-name", partition_key = "NAME#{name}")
)]
struct AccountV1 {
    #[dynamo(key_only)]
    id: u64,
    name: String,
}

/// As it was before that: under another key.
#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(
    table = Older,
    partition_key(template = "acc/{id:04}", raw),
    sort_key(template = "profile", raw),
    tag = "acc",
    index(name = "by-name", partition_key = "NAME#{name}")
)]
struct AccountV0 {
    #[dynamo(key_only)]
    id: u64,
    name: String,
}

/// A note whose attributes had other names.
#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(table = Older, partition_key = "NOTE#{id}", sort_key = "{place}")]
struct Note {
    #[dynamo(key_only)]
    id: u64,
    #[dynamo(key_only)]
    place: u8,
    #[dynamo(alias = "body", alias = "content")]
    text: String,
    #[dynamo(alias = "stars")]
    likes: Option<u32>,
}

/// What a list shows of a note.
#[derive(DynamoAttribute, Debug, Clone, PartialEq)]
struct Shown {
    #[dynamo(alias = "body", alias = "content")]
    text: String,
    #[dynamo(alias = "stars")]
    likes: Option<u32>,
}

impl From<AccountV1> for Account {
    fn from(AccountV1 { id, name }: AccountV1) -> Self {
        Self { id, name, visits: 0 }
    }
}

impl From<AccountV0> for Account {
    fn from(AccountV0 { id, name }: AccountV0) -> Self {
        Self { id, name, visits: 0 }
    }
}

fn account(id: u64, name: &str, visits: u32) -> Account {
    Account { id, name: name.into(), visits }
}

/// A note as an older program wrote it.
async fn older_note(db: &Dynamo) {
    let key = r#""pk":{"S":"NOTE#00000000000000000001"},"sk":{"S":"007"},"kind":{"S":"Note"}"#;
    put_json::<Older>(db, &format!(r#"{{{key},"body":{{"S":"old"}},"stars":{{"N":"3"}}}}"#)).await;
}

fn note(text: &str, likes: Option<u32>) -> Note {
    Note { id: 1, place: 7, text: text.into(), likes }
}

/// The items of the table as they are stored.
async fn stored(db: &Dynamo) -> Vec<Json> {
    let answer = db.execute_raw(db.scan::<Older>().preview().unwrap()).await.unwrap().body;
    let mut answer: Json = serde_json::from_slice(&answer).unwrap();
    serde_json::from_value(answer["Items"].take()).unwrap()
}

/// The names of the attributes of the only item, but for the keys and the tag.
async fn names(db: &Dynamo) -> Vec<String> {
    let [Json::Object(item)] = &stored(db).await[..] else { panic!("one item") };
    item.keys().filter(|name| !["pk", "sk", "kind"].contains(&name.as_str())).cloned().collect()
}

#[test]
fn the_name_is_read_before_older_names_whatever_the_order() {
    let read = |members: &str| {
        let json = format!(r#"{{"pk":{{"S":"NOTE#00000000000000000001"}},"sk":{{"S":"007"}},{members}}}"#);
        Note::decode_item(&mut Cursor::new(json.as_bytes()).unwrap()).map(|note| note.text)
    };
    let [now, body, content] = [r#""text":{"S":"now"}"#, r#""body":{"S":"body"}"#, r#""content":{"S":"content"}"#];
    for (members, text) in [
        (format!("{now},{body}"), "now"),
        (format!("{body},{now}"), "now"),
        (format!("{content},{now},{body}"), "now"),
        (format!("{content},{body}"), "body"),
        (content.to_owned(), "content"),
    ] {
        assert_eq!(read(&members).unwrap(), text, "{members}");
    }
    assert!(read(r#""likes":{"N":"1"}"#).unwrap_err().to_string().contains("`text`"));
    assert!(read(&format!("{now},{now}")).is_err(), "no attribute comes twice");
}

#[tokio::test]
async fn an_update_leaves_no_older_name_behind() {
    for_each_backend(async |db| {
        db.create_tables(tablewright::tables![Older]).await.unwrap();
        older_note(&db).await;
        let key = || Note::key(1_u64, 7_u8);
        db.update(key()).set(|note| note.text, "new").await.unwrap();
        assert_eq!(db.get(key()).await.unwrap(), Some(note("new", Some(3))));
        db.update(key()).remove(|note| note.likes).await.unwrap();
        assert_eq!(db.get(key()).await.unwrap(), Some(note("new", None)));
        assert_eq!(names(&db).await, ["text"]);
    })
    .await;
}

#[tokio::test]
async fn an_update_that_counts_on_the_old_value_is_refused_until_the_item_is_put() {
    for_each_backend(async |db| {
        db.create_tables(tablewright::tables![Older]).await.unwrap();
        older_note(&db).await;
        let count = || db.update(Note::key(1_u64, 7_u8)).increment(|note| note.likes, 1);
        let Err(Error::ConditionFailed(_)) = count().await else { panic!("it counted from zero") };
        let stored = db.get(Note::key(1_u64, 7_u8)).await.unwrap().unwrap();
        assert_eq!(stored, note("old", Some(3)));
        db.put(&stored).await.unwrap();
        assert_eq!(names(&db).await, ["likes", "text"]);
        count().await.unwrap();
        assert_eq!(db.get(Note::key(1_u64, 7_u8)).await.unwrap(), Some(note("old", Some(4))));
    })
    .await;
}

#[tokio::test]
async fn an_item_under_older_names_is_read_in_part_and_moved() {
    for_each_backend(async |db| {
        db.create_tables(tablewright::tables![Older]).await.unwrap();
        older_note(&db).await;
        let shown = db.query(Note::query(1_u64)).read_as::<Shown>().await.unwrap();
        assert_eq!(shown, [Shown { text: "old".into(), likes: Some(3) }], "what was not asked for is not absent");
        let old = note("old", Some(3));
        let new = Note { place: 8, ..old.clone() };
        let changed = Note { text: "other".into(), ..old.clone() };
        assert!(matches!(db.rekey(&changed, &new).await, Err(Error::Cancelled(_))), "it is not the stored one");
        let lacking = Note { likes: None, ..old.clone() };
        assert!(matches!(db.rekey(&lacking, &new).await, Err(Error::Cancelled(_))), "it has likes");
        assert_eq!(db.rekey(&old, &new).await.unwrap(), Rekeyed::Moved);
        assert_eq!(db.query(Note::query(1_u64)).await.unwrap(), [new]);
    })
    .await;
}

#[tokio::test]
async fn an_item_of_an_older_shape_is_changed_after_it_was_put_in_the_new_one() {
    for_each_backend(async |db| {
        db.create_tables(tablewright::tables![Older]).await.unwrap();
        db.put(&AccountV1 { id: 1, name: "ann".into() }).await.unwrap();
        let visit = || db.update(Account::key(1_u64)).set(|account| account.visits, 5);
        // With the old tag it would be read as the old shape, and the visits would be lost.
        let Err(Error::ConditionFailed(failed)) = visit().await else { panic!("half of the item is of the new shape") };
        assert_eq!(failed.stored().unwrap(), Some(account(1, "ann", 0)));
        assert!(visit().if_met().await.unwrap().is_none());
        let read = db.get(Account::key(1_u64)).await.unwrap().unwrap();
        assert_eq!(read, account(1, "ann", 0));
        db.put(&read).await.unwrap();
        visit().await.unwrap();
        assert_eq!(db.get(Account::key(1_u64)).await.unwrap(), Some(account(1, "ann", 5)));
        assert_eq!(db.scan::<AccountV1>().await.unwrap(), []);
        // A program that knows the old shape alone does not write over the new one either.
        let old = db.update(AccountV1::key(1_u64)).set(|account| account.by_name, ("bob",)).await;
        assert!(matches!(old, Err(Error::ConditionFailed(_))), "{old:?}");
    })
    .await;
}

#[tokio::test]
async fn an_update_of_an_older_shape_sets_its_keys() {
    for_each_backend(async |db| {
        db.create_tables(tablewright::tables![Older]).await.unwrap();
        db.put(&AccountV1 { id: 1, name: "ann".into() }).await.unwrap();
        db.update(AccountV1::key(1_u64)).set(|account| account.by_name, ("bob",)).await.unwrap();
        assert_eq!(db.query(Account::query_by_name("bob")).await.unwrap(), [account(1, "bob", 0)]);
    })
    .await;
}

#[tokio::test]
async fn an_upsert_writes_the_tag_and_no_half_of_an_older_shape() {
    for_each_backend(async |db| {
        db.create_tables(tablewright::tables![Older]).await.unwrap();
        let upsert = |id: u64| {
            let upsert = db.upsert(Account::key(id)).set(|account| account.by_name, ("ann",));
            upsert.set(|account| account.visits, 1)
        };
        upsert(1).await.unwrap();
        let put: Json = serde_json::from_str(&Dynamo::preview_item(&account(1, "ann", 1)).unwrap()).unwrap();
        assert_eq!(stored(&db).await, [put], "as a put writes it");
        upsert(1).await.unwrap();
        db.put(&AccountV1 { id: 2, name: "ann".into() }).await.unwrap();
        assert!(matches!(upsert(2).await, Err(Error::ConditionFailed(_))));
        db.transact_write((upsert(1), upsert(3))).await.unwrap();
        assert!(matches!(db.transact_write((upsert(2), upsert(4))).await, Err(Error::Cancelled(_))));
        assert_eq!(db.scan::<Account>().await.unwrap().len(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_shape_under_another_key_becomes_the_new_one_in_one_transaction() {
    for_each_backend(async |db| {
        db.create_tables(tablewright::tables![Older]).await.unwrap();
        db.put(&AccountV0 { id: 3, name: "cy".into() }).await.unwrap();
        let [read] = &db.scan::<Account>().await.unwrap()[..] else { panic!("one account") };
        assert_eq!(*read, account(3, "cy", 0));
        db.transact_write((db.delete(AccountV0::key(3_u64)), db.create(read))).await.unwrap();
        let all: OlderByEntity = db.scan::<Older>().await.unwrap().into_iter().collect();
        assert_eq!((all.account, all.note), (vec![account(3, "cy", 0)], vec![]));
        assert_eq!(db.get(Account::key(3_u64)).await.unwrap(), Some(account(3, "cy", 0)));
    })
    .await;
}
