//! Versions: which write is applied, what it makes, and what the next one needs.

use tablewright::prelude::*;
use tablewright::{Error, InvalidRequest, Item, Value, tables};

use super::backends::for_each_backend;

mod adopted;
mod lost;

#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "accounts")]
pub(crate) struct Account {
    #[dynamo(partition_key)]
    pub(crate) id: u64,
    pub(crate) owner: String,
    pub(crate) balance: i64,
    pub(crate) note: Option<String>,
    #[dynamo(version(ring = 3, starts_at = 1))]
    pub(crate) version: u64,
}

/// The same items as they are stored.
#[derive(DynamoTable, Debug)]
#[dynamo(table = "accounts")]
struct Raw {
    #[dynamo(partition_key)]
    id: u64,
    #[dynamo(rest)]
    rest: Item,
}

/// Everything that a field can do by itself, beside a map that keeps what is left.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "kept")]
struct Kept {
    #[dynamo(partition_key)]
    id: u64,
    #[dynamo(version(attribute = "changes"))]
    version: i64,
    #[dynamo(rest)]
    rest: Item,
}

pub(crate) fn account(id: u64) -> Account {
    Account { id, owner: "ann".into(), balance: 5, note: None, version: 0 }
}

async fn with_tables(db: &Dynamo) {
    db.create_tables(tables![Account, Kept]).await.expect("the tables are made");
}

async fn stored(db: &Dynamo, id: u64) -> Option<Account> {
    db.get(Account::key(id)).consistent().await.expect("the item is read")
}

/// The version of the item whose ring is looked at, the version since which it is whole, and the places that are filled.
async fn ring(db: &Dynamo, id: u64) -> (String, Option<String>, Vec<String>) {
    let raw = db.get(Raw::key(id)).consistent().await.unwrap().expect("the item is there");
    let Some(Value::N(version)) = raw.rest.get("version") else { panic!("there is no version") };
    let Some(Value::M(ring)) = raw.rest.get("version_writes") else { panic!("there is no ring") };
    let since = ring.get("since").map(|since| match since {
        Value::N(since) => since.to_string(),
        other => panic!("{other:?}"),
    });
    let places = ring.iter().filter(|(_, value)| matches!(value, Value::B(id) if id.len() == 16));
    (version.to_string(), since, places.map(|(name, _)| name.clone()).collect())
}

fn stored_of(error: &Error) -> Option<Account> {
    assert!(error.is_definitely_not_applied());
    error.condition_failed().expect("the condition failed").stored().unwrap()
}

#[tokio::test]
async fn every_write_counts_the_version_up_and_gives_it_back() {
    for_each_backend(async |db: Dynamo| {
        with_tables(&db).await;
        let mut item = db.create(&Account { version: 77, ..account(1) }).returning_new().await.unwrap();
        assert_eq!(item.version, 1, "what is new has the first version, whatever its field says");
        item.balance = 6;
        let mut item = db.put(&item).returning_new().await.unwrap();
        assert_eq!((item.version, item.balance), (2, 6));
        item.balance = 7;
        db.put(&item).await.unwrap();
        let item = stored(&db, 1).await.unwrap();
        assert_eq!((item.version, item.balance), (3, 7));
        let item = db.update(&item).increment(|a| a.balance, 3).returning_new().await.unwrap();
        assert_eq!((item.version, item.balance), (4, 10));
        db.update(Account::key(1)).expect_version(4).set(|a| a.note, "five").await.unwrap();
        let item = db.update(Account::key(1)).any_version().set(|a| a.owner, "bob").returning_new().await.unwrap();
        assert_eq!((item.version, item.owner.as_str(), item.note.as_deref()), (6, "bob", Some("five")));
        let item = db.upsert(Account::key(1)).set(|a| a.owner, "cat").returning_new().await.unwrap();
        assert_eq!(item.version, 7);
        db.delete(&item).await.unwrap();
        assert_eq!(stored(&db, 1).await, None);
        assert_eq!(db.create(&item).returning_new().await.unwrap().version, 1);
        db.delete(Account::key(1)).expect_version(1).await.unwrap();
        let new =
            db.upsert(Account::key(2)).set(|a| a.owner, "dan").set(|a| a.balance, 1).returning_new().await.unwrap();
        assert_eq!(new.version, 1, "an upsert makes a first version too");
        assert_eq!(db.update(&new).set(|a| a.balance, 2).returning_new().await.unwrap().version, 2);
        db.delete(Account::key(2)).any_version().await.unwrap();
        db.delete(Account::key(2)).any_version().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_write_of_an_older_version_is_refused_and_shows_the_newer_one() {
    for_each_backend(async |db: Dynamo| {
        with_tables(&db).await;
        let first = db.create(&account(1)).returning_new().await.unwrap();
        let second = db.update(&first).set(|a| a.balance, 6).returning_new().await.unwrap();
        let errors = [
            db.put(&first).await.unwrap_err(),
            db.put(&account(1)).await.unwrap_err(),
            db.update(&first).set(|a| a.balance, 9).await.unwrap_err(),
            db.update(Account::key(1)).expect_version(3).set(|a| a.balance, 9).await.unwrap_err(),
            db.delete(&first).await.unwrap_err(),
            db.create(&first).await.unwrap_err(),
        ];
        for error in errors {
            assert_eq!(stored_of(&error), Some(second.clone()));
            assert!(error.to_string().contains("another version than the one that was read"), "{error}");
            assert!(!format!("{error} {error:?}").contains("ann"));
        }
        assert_eq!(db.put(&first).if_met().await.unwrap(), None);
        let more = db.update(&second).set(|a| a.balance, 9).condition(|a| a.owner.eq("bob")).await.unwrap_err();
        assert_eq!(stored_of(&more), Some(second.clone()), "another condition has to hold as well");
        assert_eq!(stored(&db, 1).await, Some(second.clone()));
        db.delete(&second).await.unwrap();
        for gone in [
            db.put(&second).await.unwrap_err(),
            db.update(&second).set(|a| a.balance, 9).await.unwrap_err(),
            db.delete(&second).await.unwrap_err(),
        ] {
            assert_eq!(stored_of(&gone), None, "an item that is gone has no version");
        }
        assert_eq!(stored(&db, 1).await, None);
    })
    .await;
}

#[tokio::test]
async fn a_write_by_key_says_which_version_it_is_for() {
    for_each_backend(async |db: Dynamo| {
        with_tables(&db).await;
        db.create(&account(1)).await.unwrap();
        for (error, verb) in [
            (db.update(Account::key(1)).set(|a| a.balance, 9).await.unwrap_err(), "update"),
            (db.delete(Account::key(1)).await.unwrap_err(), "delete"),
            (db.transact_write(db.delete(Account::key(1))).await.unwrap_err(), "delete"),
        ] {
            assert!(
                matches!(&error, Error::Invalid(InvalidRequest::VersionNotSaid { entity: "Account", verb: said }) if *said == verb),
                "{error:?}"
            );
            assert!(error.to_string().contains(&format!("`db.{verb}(&item)`")), "{error}");
        }
        let raw = tablewright::expr::RawUpdate::set("version = :one").value(":one", &1_u64);
        let error = db.update(Account::key(1)).any_version().raw(raw).await.unwrap_err();
        assert!(matches!(error, Error::Invalid(InvalidRequest::VersionSet { attribute: "version", .. })), "{error:?}");
        assert_eq!(stored(&db, 1).await.unwrap(), Account { version: 1, ..account(1) });
    })
    .await;
}

#[tokio::test]
async fn the_ring_has_one_place_for_each_of_the_last_writes() {
    for_each_backend(async |db: Dynamo| {
        with_tables(&db).await;
        let text = |places: &[&str]| places.iter().map(|place| (*place).to_owned()).collect::<Vec<_>>();
        let mut item = db.create(&account(1)).returning_new().await.unwrap();
        assert_eq!(ring(&db, 1).await, ("1".into(), Some("1".into()), text(&["1"])));
        for (version, places) in [(2, &["1", "2"][..]), (3, &["0", "1", "2"]), (4, &["0", "1", "2"])] {
            item = db.update(&item).increment(|a| a.balance, 1).returning_new().await.unwrap();
            assert_eq!(ring(&db, 1).await, (version.to_string(), Some("1".into()), text(places)));
        }
        let item = db.put(&item).returning_new().await.unwrap();
        assert_eq!(ring(&db, 1).await, ("5".into(), Some("5".into()), text(&["2"])), "a put knows no earlier writes");
        db.update(Account::key(1)).any_version().increment(|a| a.balance, 1).await.unwrap();
        assert_eq!(ring(&db, 1).await, ("6".into(), Some("5".into()), text(&["2"])));
        assert!(db.update(&item).increment(|a| a.balance, 1).await.is_err());
        db.upsert(Account::key(2)).set(|a| a.owner, "bob").set(|a| a.balance, 1).await.unwrap();
        assert_eq!(ring(&db, 2).await, ("1".into(), None, text(&[])));
        db.update(Account::key(2)).expect_version(1).increment(|a| a.balance, 1).await.unwrap();
        assert_eq!(ring(&db, 2).await, ("2".into(), Some("2".into()), text(&["2"])));
    })
    .await;
}

#[tokio::test]
async fn transactions_check_and_count_versions() {
    for_each_backend(async |db: Dynamo| {
        with_tables(&db).await;
        db.transact_write((db.create(&account(1)), db.create(&account(2)), db.create(&account(3)))).await.unwrap();
        let [one, two, three] = [1, 2, 3].map(|id| Account { version: 1, ..account(id) });
        let transfer = |from: &Account, to: &Account| {
            let (take, give) = (db.update(from).decrement(|a| a.balance, 1), db.update(to).increment(|a| a.balance, 1));
            db.transact_write((
                take,
                give,
                db.delete(&three),
                db.put(&Account { note: Some("x".into()), ..account(4) }),
            ))
        };
        transfer(&one, &two).await.unwrap();
        for (id, version, balance) in [(1, 2, 4), (2, 2, 6), (4, 1, 5)] {
            let item = stored(&db, id).await.unwrap();
            assert_eq!((item.version, item.balance), (version, balance));
        }
        assert_eq!(stored(&db, 3).await, None);
        let error = transfer(&one, &stored(&db, 2).await.unwrap()).await.unwrap_err();
        let cancelled = error.cancelled().expect("the transaction is cancelled");
        assert!(cancelled.is_condition_failed());
        assert_eq!(cancelled.reason(0).unwrap().stored_as::<Account>().unwrap().unwrap().version, 2);
        assert!(cancelled.reason(1).is_none(), "the other account has the version that was read");
        assert_eq!(stored(&db, 2).await.unwrap().balance, 6);
        let (old, new) = (stored(&db, 1).await.unwrap(), Account { id: 9, ..stored(&db, 1).await.unwrap() });
        let _ = db.rekey(&old, &new).await.unwrap();
        assert_eq!(stored(&db, 9).await.unwrap(), Account { version: 3, ..new.clone() });
        assert!(db.rekey(&old, &new).await.is_err(), "it moved already");
        let (old, new) = (Account { version: 3, ..new.clone() }, Account { version: 3, balance: 1, ..new });
        let _ = db.rekey(&old, &new).await.unwrap();
        assert_eq!(stored(&db, 9).await.unwrap(), Account { version: 4, ..new });
    })
    .await;
}

#[tokio::test]
async fn the_first_version_is_the_time_and_rest_leaves_the_ring_out() {
    for_each_backend(async |db: Dynamo| {
        with_tables(&db).await;
        let before = micros(&db);
        let item = Kept { id: 1, version: 0, rest: Item::default() };
        let first = db.create(&item).returning_new().await.unwrap();
        assert!((before..=micros(&db)).contains(&first.version), "{}", first.version);
        assert_eq!(first.rest, Item::default());
        let second = db.put(&first).returning_new().await.unwrap();
        assert_eq!(second.version, first.version + 1);
        db.delete(&second).await.unwrap();
        let later = db.upsert(Kept::key(1)).returning_new().await.unwrap();
        assert!(later.version > second.version, "an item under a used key has later versions");
        assert_eq!(
            db.update(Kept::key(1)).any_version().raw(empty()).returning_new().await.unwrap().version,
            later.version + 1
        );
        assert_eq!(
            db.get(Kept::key(1)).consistent().await.unwrap().unwrap().rest.keys().collect::<Vec<_>>(),
            ["touched"]
        );
    })
    .await;
}

fn empty() -> tablewright::expr::RawUpdate {
    tablewright::expr::RawUpdate::set("touched = :yes").value(":yes", &true)
}

fn micros(db: &Dynamo) -> i64 {
    let since = db.now().duration_since(std::time::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_micros()).unwrap()
}

#[tokio::test]
async fn there_is_no_version_after_the_last_and_none_below_zero() {
    #[derive(DynamoTable, Debug)]
    #[dynamo(table = "small")]
    struct Small {
        #[dynamo(partition_key)]
        id: u64,
        #[dynamo(version(starts_at = 1))]
        version: i32,
    }

    let db = Dynamo::with_executor(tablewright::testing::Spy::new());
    for version in [i32::MAX, -1] {
        let error = db.put(&Small { id: 1, version }).await.unwrap_err();
        assert!(matches!(error, Error::Encode(_)) && error.to_string().contains("`version`"), "{error}");
    }
}
