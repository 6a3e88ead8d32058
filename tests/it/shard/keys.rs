//! What is stored: the shard in the key, from puts, updates, batches, transactions and moves.

use tablewright::prelude::*;
use tablewright::template::shard;
use tablewright::{Error, Item, Key, Operation, Request, tables};

use super::{Event, event, with_events};
use crate::runtime::backends::{for_each_backend, put_json};

/// The keys of an item as they are stored.
async fn stored(db: &Dynamo, key: Key<Event>) -> [Option<String>; 3] {
    let preview = db.get(key).preview().unwrap();
    let request = Request { operation: Operation::GetItem, ..preview };
    let answer: serde_json::Value = serde_json::from_slice(&db.execute_raw(request).await.unwrap().body).unwrap();
    ["pk", "sk", "by_kind_pk"].map(|name| answer["Item"][name]["S"].as_str().map(str::to_owned))
}

#[test]
fn the_shard_ends_the_key() {
    let json = Dynamo::preview_item(&event("2026-11-29", 7)).unwrap();
    let sort_key = "0000000007#i2";
    assert_eq!(shard(sort_key, 16), 0x0c);
    assert!(json.contains(r#""pk":{"S":"DAY#2026-11-29#0c"}"#), "{json}");
    assert!(json.contains(r#""sk":{"S":"0000000007#i2"}"#), "{json}");
    // Of an index it is that of the primary key, spelled with its types and lengths.
    let of_index = shard("S17:DAY#2026-11-29#0cS13:0000000007#i2", 4);
    assert!(json.contains(&format!(r#""by_kind_pk":{{"S":"KIND#k1#{of_index:02x}"}}"#)), "{json}");
    assert_eq!(of_index, 2);
}

#[tokio::test]
async fn every_write_and_read_by_key_knows_the_shard() {
    for_each_backend(async |db: Dynamo| {
        db.create_tables(tables![Event]).await.unwrap();
        let events = with_events(&db, "d", 40).await;
        for event in &events {
            let key = Event::key("d", event.at, &*event.id);
            assert!(key == event.primary_key());
            assert_eq!(db.get(key).await.unwrap().as_ref(), Some(event));
        }
        let found = db.batch_get(events.iter().map(Entity::primary_key)).await.unwrap().complete().unwrap();
        assert_eq!(found.into_iter().flatten().collect::<Vec<_>>(), events);

        // A new kind is another key of the index, in the shard that the item has there.
        let key = || Event::key("d", 7_u32, "i2");
        let [pk, sk, Some(of_kind)] = stored(&db, key()).await else { panic!("all keys are stored") };
        db.update(key()).set(|event| event.by_kind, ("other",)).await.unwrap();
        let moved = of_kind.replace("KIND#k1", "KIND#other");
        assert_eq!(stored(&db, key()).await, [pk.clone(), sk.clone(), Some(moved)]);
        db.update(key()).set(|event| event.by_kind, (None::<String>,)).await.unwrap();
        assert_eq!(stored(&db, key()).await, [pk, sk, None]);
        assert_eq!(db.query(Event::query_by_kind("other")).await.unwrap(), []);

        let fresh = event("e", 1);
        db.transact_write((db.create(&fresh), db.delete(key()))).await.unwrap();
        assert_eq!(db.get(key()).await.unwrap(), None);
        let (first, second) = (db.get(fresh.primary_key()), db.get(Event::key("d", 3_u32, "i3")));
        let (first, second) = db.transact_get((first, second)).await.unwrap();
        assert_eq!((first.as_ref(), second.as_ref()), (Some(&fresh), Some(&events[3])));
        let later = Event { at: 500, ..fresh.clone() };
        assert_eq!(db.rekey(&fresh, &later).await.unwrap(), tablewright::request::Rekeyed::Moved);
        assert_eq!(db.query(Event::query("e")).await.unwrap(), std::slice::from_ref(&later));
        db.upsert(Event::key("f", 1_u32, "x"))
            .set(|event| event.text, "new")
            .set(|event| event.rank, 1)
            .set(|event| event.by_kind, ("k",))
            .await
            .unwrap();
        assert_eq!(db.query(Event::query_by_kind("k")).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_item_in_another_shard_is_an_error_and_never_a_second_one() {
    for_each_backend(async |db: Dynamo| {
        db.create_tables(tables![Event]).await.unwrap();
        let item = |pk: &str| {
            format!(r#"{{"pk":{{"S":"{pk}"}},"sk":{{"S":"0000000007#i2"}},"rank":{{"N":"1"}},"text":{{"S":""}}}}"#)
        };
        put_json::<Event>(&db, &item("DAY#d#0c")).await;
        assert_eq!(db.query(Event::query("d")).await.unwrap().len(), 1);
        // A program with another number of shards has written it.
        put_json::<Event>(&db, &item("DAY#d#0d")).await;
        for read in [db.query(Event::query("d")).await, db.scan::<Event>().await] {
            let error = read.unwrap_err();
            assert!(matches!(error, Error::Decode(_)), "{error:?}");
            let text = error.to_string();
            assert!(text.contains("`DAY#{day}`") && text.contains("one of 16 shards"), "{text}");
        }
        // What is read without its keys is let through.
        let texts: Vec<Item> = db.scan::<Event>().project(|event| event.text).await.unwrap();
        assert_eq!(texts.len(), 2);
    })
    .await;
}

#[test]
fn a_key_of_no_shard_is_refused() {
    let template = Event::KEYS[0].template().unwrap();
    assert_eq!((template.shards(), template.described().as_str()), (Some(16), "DAY#{day} in 16 shards"));
    let parsed = template.parse("DAY#a$cb#0f").unwrap();
    assert_eq!((parsed.get("day"), parsed.shard()), (Some("a#b"), Some(15)));
    for text in ["DAY#a", "DAY#a#", "DAY#a#f", "DAY#a#0F", "DAY#a#0g"] {
        let error = template.parse(text).unwrap_err();
        assert!(error.to_string().starts_with("the key is not of the template `DAY#{day}`: "), "{error}");
    }
    assert_eq!(
        template.parse("DAY#a#0fx").unwrap_err().to_string(),
        "the key is not of the template `DAY#{day}`: more text follows"
    );
    assert!(template.render(&[("day", &"a".to_owned())], tablewright::__private::KeyPart::Partition).is_err());
}
