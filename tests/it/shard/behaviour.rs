//! What attributes do by themselves, for items of keys in shards: versions, unique values and times to live.

use std::time::{Duration, SystemTime};

use tablewright::prelude::*;
use tablewright::testing::Embedded;
use tablewright::{Error, tables};

use crate::runtime::backends::for_each_backend;

#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(
    table = "accounts",
    partition_key = "TEAM#{team}",
    sort_key = "{id}",
    shard = 8,
    gsi(name = "by-city", partition_key = "CITY#{city}", sort_key = "{id}", shard = 3)
)]
struct Account {
    #[dynamo(key_only)]
    team: String,
    #[dynamo(key_only, id = "ulid")]
    id: String,
    #[dynamo(unique)]
    email: String,
    city: String,
    #[dynamo(version)]
    version: u64,
}

fn account(number: u32) -> Account {
    let city = ["Bern", "Chur"][number as usize % 2].to_owned();
    Account { team: "red".into(), id: String::new(), email: format!("{number}@x"), city, version: 0 }
}

#[tokio::test]
async fn versions_ids_and_unique_values_hold_in_shards() {
    for_each_backend(async |db: Dynamo| {
        db.create_tables(tables![Account]).await.unwrap();
        let mut accounts = Vec::new();
        for number in 0..9 {
            accounts.push(db.create(&account(number)).returning_new().await.unwrap());
        }
        accounts.sort_by(|a, b| a.id.cmp(&b.id));
        assert_eq!(db.query(Account::query("red")).await.unwrap(), accounts, "and no reservation");
        assert_eq!(db.query(Account::query_by_city("Bern")).await.unwrap().len(), 5);

        let taken = db.create(&account(3)).await.unwrap_err();
        assert!(matches!(taken, Error::UniqueViolated { .. }), "{taken:?}");
        let held = accounts[4].clone();
        let newer = db.update(&held).set(|a| a.by_city, ("Genf",)).returning_new().await.unwrap();
        assert_eq!(db.query(Account::query_by_city("Genf")).await.unwrap(), std::slice::from_ref(&newer));
        let stale = db.put(&held).await.unwrap_err();
        assert!(matches!(stale, Error::ConditionFailed(_)), "{stale:?}");
        db.put(&Account { email: "new@x".into(), ..newer.clone() }).await.unwrap();
        let again = Account { email: held.email.clone(), id: String::new(), ..account(0) };
        db.create(&again).await.expect("the value was given up");
        db.delete(Account::key("red", &*held.id)).any_version().await.unwrap();
        assert_eq!(db.query(Account::query("red")).count().await.unwrap(), 9);
    })
    .await;
}

#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "visits", partition_key = "SITE#{site}", sort_key = "{number}", shard = 5)]
struct Visit {
    #[dynamo(key_only)]
    site: String,
    #[dynamo(key_only)]
    number: u16,
    #[dynamo(ttl)]
    expires: EpochSeconds,
}

#[tokio::test]
async fn what_has_expired_is_left_out_of_every_shard() {
    // The handle is ahead of the engine, which has not removed what has expired for the handle.
    let ahead = Duration::from_secs(1_000);
    let engine = Embedded::memory().unwrap();
    let db = Dynamo::builder().clock(move || SystemTime::now() + ahead).executor(engine);
    db.create_tables(tables![Visit]).await.unwrap();
    let now = EpochSeconds::at(SystemTime::now()).0;
    for number in 0..40 {
        let expires = EpochSeconds(now + if number % 4 == 0 { 500 } else { 50_000 });
        db.put(&Visit { site: "a".into(), number, expires }).await.unwrap();
    }
    let numbers = |visits: Vec<Visit>| visits.into_iter().map(|visit| visit.number).collect::<Vec<_>>();
    let ahead: Vec<u16> = (0..40).filter(|number| number % 4 > 0).collect();
    let query = || db.query(Visit::query("a"));
    assert_eq!(numbers(query().await.unwrap()), ahead);
    assert_eq!(numbers(query().take(4).await.unwrap()), ahead[..4]);
    assert_eq!(query().page_size(1).count().await.unwrap(), 30);
    assert_eq!(numbers(query().include_expired().await.unwrap()), (0..40).collect::<Vec<_>>());
    let (mut seen, mut cursor) = (Vec::new(), None);
    loop {
        let page = query().page_size(1).take(3).after(cursor).page().await.unwrap();
        seen.extend(numbers(page.items));
        cursor = page.cursor;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen, ahead);
}
