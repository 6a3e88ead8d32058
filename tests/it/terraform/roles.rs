//! The policy of a role against what the runtime calls for it: with less it would be refused, with more it could do what it
//! need not.

use tablewright::prelude::*;
use tablewright::request::Rekeyed;
use tablewright::{DynamoAs, Error, Item, Role, tables};

use super::iam::{Iam, allowed};

/// An entity with an index and a stream, and nothing that its writes have to ask about.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(
    table = "asked-plain",
    stream = new_and_old_images,
    gsi(name = "by-state", partition_key = "state", projection = keys_only)
)]
struct Plain {
    #[dynamo(partition_key)]
    id: u64,
    state: String,
}

#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "asked-versioned", point_in_time_recovery = days(7))]
struct Versioned {
    #[dynamo(partition_key)]
    id: u64,
    text: String,
    #[dynamo(version)]
    version: u64,
}

#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "asked-unique")]
struct Unique {
    #[dynamo(partition_key)]
    id: String,
    #[dynamo(unique)]
    mail: String,
}

tablewright::access! {
    role AskedGet { Plain: get; }
    role AskedBatchGet { Plain: batch_get; }
    role AskedQuery { Plain: query; }
    role AskedIndex { Plain: query_by_state; }
    role AskedHydrate { Plain: query_by_state, batch_get; }
    role AskedScan { Plain: scan; }
    role AskedScanIndex { Plain: scan_by_state; }
    role AskedCreate { Plain: create; }
    role AskedPut { Plain: put; }
    role AskedUpdate { Plain: update; }
    role AskedUpsert { Plain: upsert; }
    role AskedRekey { Plain: rekey; }
    role AskedDelete { Plain: delete; }
    role AskedBatchWrite { Plain: batch_write; }
    role AskedCheck { Plain: check; }
    role AskedStream { Plain: stream; }
    role AskedDescribe { Plain: describe; }
    role AskedVersionedCreate { Versioned: create; }
    role AskedVersionedPut { Versioned: put; }
    role AskedVersionedUpdate { Versioned: update; }
    role AskedVersionedDelete { Versioned: delete; }
    role AskedVersionedDescribe { Versioned: describe; }
    role AskedUniqueCreate { Unique: create; }
    role AskedUniquePut { Unique: put; }
    role AskedUniqueUpdate { Unique: update; }
    role AskedUniqueUpsert { Unique: upsert; }
    role AskedUniqueRekey { Unique: rekey; }
    role AskedUniqueDelete { Unique: delete; }
}

fn plain(id: u64) -> Plain {
    Plain { id, state: "open".into() }
}

fn unique(id: &str) -> Unique {
    Unique { id: id.into(), mail: format!("{id}@example.com") }
}

struct World {
    db: Dynamo,
    iam: Iam,
}

impl World {
    async fn new() -> Self {
        let iam = Iam::new();
        let db = Dynamo::with_executor(iam.clone());
        db.create_tables(tables![Plain, Versioned, Unique]).await.unwrap();
        db.create(&plain(1)).await.unwrap();
        for id in ["1", "2", "3"] {
            db.create(&unique(id)).await.unwrap();
        }
        Self { db, iam }
    }

    /// Does something in a role, and compares what IAM is asked for it with the role's policy.
    async fn asks<R: Role>(&self, what: impl AsyncFnOnce(DynamoAs<R>) -> Result<(), Error>) {
        self.iam.take();
        what(self.db.acting_as()).await.unwrap_or_else(|error| panic!("{}: {error}", R::SCHEMA.name));
        let tables = [*Plain::TABLE, *Versioned::TABLE, *Unique::TABLE];
        assert_eq!(self.iam.take(), allowed::<R>(tables), "{}", R::SCHEMA.name);
    }
}

#[tokio::test]
async fn reads_ask_for_what_the_policy_allows() {
    let world = World::new().await;
    world
        .asks::<AskedGet>(async |db| {
            assert!(db.get(Plain::key(1)).await?.is_some());
            let (one,): (Option<Plain>,) = db.transact_get((Plain::key(1),)).await?;
            let more = db.transact_get([db.get(Plain::key(1)), db.get(Plain::key(2))]).await?;
            assert_eq!((one, more[1].is_some()), (Some(plain(1)), false));
            Ok(())
        })
        .await;
    world
        .asks::<AskedBatchGet>(async |db| {
            assert_eq!(db.batch_get([Plain::key(1)]).await?.complete()?, [Some(plain(1))]);
            let (found, _) = db.batch_get_all(([Plain::key(1)], [Plain::key(2)])).await?.complete()?;
            assert_eq!(found, [Some(plain(1))]);
            Ok(())
        })
        .await;
    world
        .asks::<AskedQuery>(async |db| db.query(Plain::query(1)).await.map(|found| assert_eq!(found, [plain(1)])))
        .await;
    world
        .asks::<AskedIndex>(async |db| {
            let found: Vec<Item> = db.query(Plain::query_by_state("open")).await?;
            assert_eq!((found.len(), db.query(Plain::query_by_state("open")).count().await?), (1, 1));
            Ok(())
        })
        .await;
    let hydrated = async |db: DynamoAs<AskedHydrate>| db.query(Plain::query_by_state("open")).hydrate().await;
    world.asks(async |db| hydrated(db).await.map(|found| assert_eq!(found, [plain(1)]))).await;
    world.asks::<AskedScan>(async |db| db.scan::<Plain>().await.map(|found| assert_eq!(found, [plain(1)]))).await;
    world
        .asks::<AskedScanIndex>(async |db| {
            let found = db.scan_index::<Plain, PlainByStateQuery>().await?;
            assert_eq!(found.len(), 1);
            Ok(())
        })
        .await;
    world
        .asks::<AskedStream>(async |db| {
            let mut stream = db.stream::<Plain>().from_beginning().open().await?;
            assert!(stream.next_batch().await?.is_some());
            Ok(())
        })
        .await;
    world.asks::<AskedDescribe>(async |db| db.verify_table::<Plain>().await).await;
    world.asks::<AskedVersionedDescribe>(async |db| db.verify_table::<Versioned>().await).await;
}

#[tokio::test]
async fn writes_ask_for_what_the_policy_allows() {
    let world = World::new().await;
    world
        .asks::<AskedCreate>(async |db| {
            assert_eq!(db.create(&plain(1)).or_stored().await?, Some(plain(1)));
            db.transact_write(db.create(&plain(2))).await
        })
        .await;
    world.asks::<AskedPut>(async |db| db.put(&plain(2)).returning_old().await.map(drop)).await;
    world.asks::<AskedUpdate>(async |db| db.update(Plain::key(2)).set(|item| item.state, "shut").await).await;
    world
        .asks::<AskedUpsert>(async |db| {
            db.transact_write([db.upsert(Plain::key(3)).set(|item| item.state, "open")]).await
        })
        .await;
    world
        .asks::<AskedRekey>(async |db| {
            assert_eq!(db.rekey(&plain(3), &plain(4)).await?, Rekeyed::Moved);
            let (old, new) = (plain(4), plain(5));
            db.transact_write(vec![db.rekey(&old, &new)]).await
        })
        .await;
    world.asks::<AskedDelete>(async |db| db.delete(Plain::key(5)).returning_old().await.map(drop)).await;
    world
        .asks::<AskedBatchWrite>(async |db| {
            db.batch_write().put(&plain(6)).delete(Plain::key(7)).await?.complete()?;
            let writes = [db.put_request(&plain(8))?, db.delete_request(Plain::key(8))?];
            db.batch_write_iter(writes).await?.complete()?;
            db.batch_write_iter([plain(9)]).await?.complete().map(drop)
        })
        .await;
    world
        .asks::<AskedCheck>(async |db| {
            let open = db.condition_check(Plain::key(1), |item| item.state.eq("open"));
            db.transact_write((open, db.check_absent(Plain::key(99)), db.check_exists(Plain::key(6)))).await
        })
        .await;
}

#[tokio::test]
async fn writes_of_versions_ask_for_what_the_policy_allows() {
    let world = World::new().await;
    let new = |id| Versioned { id, text: "new".into(), version: 0 };
    // What became of the write whose answer was lost, the item itself tells.
    world.iam.lose_an_answer();
    world.asks::<AskedVersionedCreate>(async |db| db.create(&new(1)).await).await;
    world.iam.lose_an_answer();
    world.asks::<AskedVersionedPut>(async |db| db.put(&new(2)).await).await;
    world.iam.lose_an_answer();
    let stored = world.db.get(Versioned::key(1)).await.unwrap().unwrap();
    world.asks::<AskedVersionedUpdate>(async |db| db.update(&stored).set(|item| item.text, "newer").await).await;
    let stored = world.db.get(Versioned::key(1)).await.unwrap().unwrap();
    world.asks::<AskedVersionedDelete>(async |db| db.delete(&stored).await).await;
}

#[tokio::test]
async fn writes_of_unique_values_ask_for_what_the_policy_allows() {
    let world = World::new().await;
    world.asks::<AskedUniqueCreate>(async |db| db.create(&unique("4")).await).await;
    let other = |id: &str, mail: &str| Unique { id: id.into(), mail: mail.into() };
    world.asks::<AskedUniquePut>(async |db| db.put(&other("1", "a@example.com")).await).await;
    world
        .asks::<AskedUniqueUpdate>(async |db| db.update(Unique::key("1")).set(|item| item.mail, "b@example.com").await)
        .await;
    world
        .asks::<AskedUniqueUpsert>(async |db| db.upsert(Unique::key("2")).set(|item| item.mail, "c@example.com").await)
        .await;
    let (old, new) = (unique("3"), other("5", "d@example.com"));
    world
        .asks::<AskedUniqueRekey>(async |db| db.rekey(&old, &new).await.map(|moved| assert_eq!(moved, Rekeyed::Moved)))
        .await;
    world.asks::<AskedUniqueDelete>(async |db| db.delete(Unique::key("5")).await).await;
}
