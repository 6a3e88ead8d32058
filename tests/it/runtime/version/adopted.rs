//! Items without a version, or without the ids of writes, as other programs write them.

use tablewright::prelude::*;
use tablewright::{Item, Value};

use super::super::backends::for_each_backend;
use super::{Raw, ring, stored, with_tables};

#[tokio::test]
async fn items_of_other_programs_are_adopted() {
    for_each_backend(async |db: Dynamo| {
        with_tables(&db).await;
        let raw = |id: u64, version: Option<u64>| {
            let mut rest = Item::default();
            rest.insert("owner".into(), Value::S("eve".into()));
            rest.insert("balance".into(), Value::N(5_u64.into()));
            if let Some(version) = version {
                rest.insert("version".into(), Value::N(version.into()));
            }
            Raw { id, rest }
        };
        for id in 1..=3 {
            db.put(&raw(id, None)).await.unwrap();
            db.put(&raw(id + 10, Some(7))).await.unwrap();
        }
        let item = stored(&db, 1).await.unwrap();
        assert_eq!(item.version, 0, "an item without a version has version 0");
        assert_eq!(db.put(&item).returning_new().await.unwrap().version, 1);
        assert!(db.put(&item).await.is_err(), "version 0 is used up");
        let item = stored(&db, 2).await.unwrap();
        assert_eq!(db.update(&item).increment(|a| a.balance, 1).returning_new().await.unwrap().version, 1);
        assert_eq!(ring(&db, 2).await.2, ["1"]);
        db.delete(&stored(&db, 3).await.unwrap()).await.unwrap();
        let item = stored(&db, 11).await.unwrap();
        assert_eq!(db.put(&item).returning_new().await.unwrap().version, 8);
        let item = stored(&db, 12).await.unwrap();
        let item = db.update(&item).increment(|a| a.balance, 1).returning_new().await.unwrap();
        assert_eq!((item.version, ring(&db, 12).await), (8, ("8".into(), Some("8".into()), vec!["2".into()])));
        let item = stored(&db, 13).await.unwrap();
        db.transact_write(db.update(&item).increment(|a| a.balance, 1)).await.unwrap();
        assert_eq!(ring(&db, 13).await, ("8".into(), None, vec![]));
    })
    .await;
}
