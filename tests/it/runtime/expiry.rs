//! Items whose time to live has passed and that are still stored: what reads, conditions and budgets make of them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use futures_util::TryStreamExt;
use tablewright::prelude::*;
use tablewright::request::IntoAction;
use tablewright::testing::Embedded;
use tablewright::{Error, tables};

#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(
    table = "sessions",
    gsi(name = "by-expiry", partition_key = "owner", sort_key = "expires", sparse),
    gsi(name = "by-day", partition_key = "day", projection = keys_only)
)]
struct Session {
    #[dynamo(partition_key)]
    owner: String,
    #[dynamo(sort_key)]
    id: u64,
    day: u32,
    #[dynamo(ttl)]
    expires: Option<EpochSeconds>,
    hits: u64,
}

/// What is read of a session without its expiry.
#[derive(DynamoAttribute, Debug, Clone, PartialEq)]
struct Hits {
    hits: u64,
}

#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "cache", partition_key = "pk", sort_key = "sk")]
enum Cache {
    Page(Page),
    Link(Link),
}

#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(table = Cache, partition_key = "SITE#{site}", sort_key = "PAGE#{page}")]
struct Page {
    site: String,
    page: u64,
    #[dynamo(ttl)]
    expires: EpochSeconds,
}

#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(table = Cache, partition_key = "SITE#{site}", sort_key = "LINK#{link}")]
struct Link {
    site: String,
    link: u64,
}

/// A handle whose time is ahead of the engine's, so that the engine has not removed what has expired for the handle.
struct World {
    db: Dynamo,
    now: Arc<AtomicU64>,
}

impl World {
    async fn new() -> Self {
        let real = SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs();
        let now = Arc::new(AtomicU64::new(real + 1_000_000));
        let clock = Arc::clone(&now);
        let db = Dynamo::builder()
            .clock(move || SystemTime::UNIX_EPOCH + Duration::from_secs(clock.load(Ordering::Relaxed)))
            .executor(Embedded::memory().unwrap());
        db.create_tables(tables![Session, Cache]).await.unwrap();
        Self { db, now }
    }

    fn at(&self, seconds: i64) -> EpochSeconds {
        EpochSeconds(self.now.load(Ordering::Relaxed).checked_add_signed(seconds).unwrap())
    }

    /// Ten sessions of ann; those with odd numbers have expired.
    async fn with_sessions() -> Self {
        let world = Self::new().await;
        for id in 0..10 {
            world.put(id, Some(world.at(if id % 2 == 1 { -100 + id as i64 } else { 100 + id as i64 }))).await;
        }
        world
    }

    async fn put(&self, id: u64, expires: Option<EpochSeconds>) -> Session {
        let session = Session { owner: "ann".into(), id, day: 1, expires, hits: id };
        self.db.put(&session).await.unwrap();
        session
    }
}

fn key(id: u64) -> tablewright::Key<Session> {
    Session::key("ann", id)
}

fn ids(sessions: impl IntoIterator<Item = Session>) -> Vec<u64> {
    let mut ids: Vec<u64> = sessions.into_iter().map(|session| session.id).collect();
    ids.sort_unstable();
    ids
}

const LIVE: [u64; 5] = [0, 2, 4, 6, 8];
const ALL: [u64; 10] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

#[tokio::test]
async fn reads_by_key_leave_out_what_has_expired() {
    let World { db, .. } = World::with_sessions().await;
    assert_eq!(db.get(key(2)).await.unwrap().map(|it| it.id), Some(2));
    assert_eq!(db.get(key(3)).consistent().await.unwrap(), None);
    assert_eq!(db.get(key(3)).include_expired().await.unwrap().map(|it| it.id), Some(3));
    assert_eq!(db.get(key(2)).read_as::<Hits>().await.unwrap(), Some(Hits { hits: 2 }));
    assert_eq!(db.get(key(3)).read_as::<Hits>().await.unwrap(), None, "the expiry is read though nobody asked for it");
    assert_eq!(db.get(key(3)).include_expired().read_as::<Hits>().await.unwrap(), Some(Hits { hits: 3 }));

    let batch = || db.batch_get(ALL.map(key));
    assert_eq!(ids(batch().await.unwrap().complete().unwrap().into_iter().flatten()), LIVE);
    assert_eq!(ids(batch().include_expired().await.unwrap().complete().unwrap().into_iter().flatten()), ALL);
    let hits = batch().read_as::<Hits>().await.unwrap().complete().unwrap();
    assert_eq!(hits[..3], [Some(Hits { hits: 0 }), None, Some(Hits { hits: 2 })]);
    let lists = || db.batch_get_all(([key(2), key(3)], [key(4), key(5)]));
    let (first, second) = lists().await.unwrap().complete().unwrap();
    assert_eq!((ids(first.into_iter().flatten()), ids(second.into_iter().flatten())), (vec![2], vec![4]));
    let (first, _) = lists().include_expired().await.unwrap().complete().unwrap();
    assert_eq!(ids(first.into_iter().flatten()), [2, 3]);

    let all = (key(2), key(3), db.get(key(7)).include_expired(), db.get(key(5)).read_as::<Hits>());
    let (live, expired, asked_for, part) = db.transact_get(all).await.unwrap();
    assert_eq!(ids([live, expired, asked_for].into_iter().flatten()), [2, 7]);
    assert_eq!(part, None);
}

#[tokio::test]
async fn queries_and_scans_leave_out_what_has_expired() {
    let World { db, .. } = World::with_sessions().await;
    let query = || db.query(Session::query("ann"));
    assert_eq!(ids(query().await.unwrap()), LIVE);
    assert_eq!(ids(query().include_expired().await.unwrap()), ALL);
    assert_eq!(ids(query().filter(|it| it.hits.ge(4).or(it.hits.eq(0))).await.unwrap()), [0, 4, 6, 8]);
    assert_eq!(query().read_as::<Hits>().await.unwrap().len(), 5);
    assert_eq!(ids(db.scan::<Session>().await.unwrap()), LIVE);
    assert_eq!(ids(db.scan::<Session>().include_expired().await.unwrap()), ALL);
    assert_eq!(ids(db.scan::<Session>().segments(3).await.unwrap()), LIVE);
    assert_eq!(query().count().await.unwrap(), 5);
    assert_eq!(query().include_expired().count().await.unwrap(), 10);
    let page: Vec<Session> = query().page_bytes().await.unwrap().items().unwrap();
    assert_eq!(ids(page), LIVE);
}

/// The key of the index is the expiry, which no filter of the query can name.
#[tokio::test]
async fn an_index_by_the_expiry_leaves_out_what_has_expired() {
    let World { db, .. } = World::with_sessions().await;
    let query = || db.query(Session::query_by_expiry("ann"));
    assert_eq!(ids(query().await.unwrap()), LIVE);
    assert_eq!(ids(query().include_expired().await.unwrap()), ALL);
    assert_eq!(query().count().await.unwrap(), 5);
    assert_eq!(ids(query().take(2).await.unwrap()), [0, 2], "the expired come first, and do not count");
    assert_eq!(query().read_as::<Hits>().await.unwrap().len(), 5);
    let page: Vec<Session> = query().page_bytes().await.unwrap().items().unwrap();
    assert_eq!(ids(page), LIVE);
    assert_eq!(ids(db.scan_index::<Session, SessionByExpiryQuery>().await.unwrap()), LIVE);
}

#[tokio::test]
async fn the_items_of_a_narrow_index_are_told_when_they_are_read_whole() {
    let World { db, .. } = World::with_sessions().await;
    let query = || db.query(Session::query_by_day(1));
    assert_eq!(query().await.unwrap().len(), 10, "the index does not carry the expiry");
    assert_eq!(ids(query().hydrate().await.unwrap()), LIVE);
    assert_eq!(ids(query().include_expired().hydrate().await.unwrap()), ALL);
}

#[tokio::test]
async fn budgets_and_pages_count_what_is_left() {
    let World { db, now } = World::with_sessions().await;
    let query = || db.query(Session::query("ann"));
    for take in 1..=5 {
        assert_eq!(ids(query().take(take).await.unwrap()), LIVE[..take], "{take}");
        assert_eq!(query().take(take).count().await.unwrap(), take as u64);
    }
    assert_eq!(query().descending().first().await.unwrap().unwrap().id, 8, "9 has expired");
    let (mut seen, mut cursor) = (Vec::new(), None);
    loop {
        let page = query().page_size(3).after(cursor).page().await.unwrap();
        seen.extend(page.items.into_iter().map(|session| session.id));
        cursor = page.cursor;
        // Time goes on between pages, and the cursor is still the same query's.
        now.fetch_add(1, Ordering::Relaxed);
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen, LIVE);
    let streamed: Vec<Session> = query().page_size(1).stream().try_collect().await.unwrap();
    assert_eq!(ids(streamed), LIVE);
}

#[tokio::test]
async fn an_expired_item_counts_as_absent_for_conditions() {
    let World { db, now } = World::with_sessions().await;
    let new = |id| Session { owner: "ann".into(), id, day: 2, expires: None, hits: 0 };
    assert!(matches!(db.create(&new(2)).await, Err(Error::ConditionFailed(_))));
    db.create(&new(3)).await.unwrap();
    assert_eq!(db.get(key(3)).await.unwrap(), Some(new(3)));
    db.transact_write([db.create(&new(5))]).await.unwrap();
    assert_eq!(db.get(key(5)).await.unwrap(), Some(new(5)));

    let hit = |id| db.update(key(id)).increment(|it| it.hits, 1);
    hit(2).await.unwrap();
    let refused = hit(7).await.unwrap_err();
    let stored: Option<Session> = refused.condition_failed().unwrap().stored().unwrap();
    assert_eq!(stored.map(|it| it.hits), Some(7), "the error tells what is stored");
    let checks = [db.check_exists(key(2)).into_action(), db.check_absent(key(7)).into_action()];
    db.transact_write(checks.into_iter().collect::<Vec<_>>()).await.unwrap();
    // An upsert meets the item as it is.
    assert_eq!(db.upsert(key(7)).increment(|it| it.hits, 1).returning_new().await.unwrap().hits, 8);

    let old = db.get(key(2)).await.unwrap().unwrap();
    let moved = Session { id: 9, ..old.clone() };
    let _ = db.rekey(&old, &moved).await.unwrap();
    assert_eq!((db.get(key(2)).await.unwrap(), db.get(key(9)).await.unwrap()), (None, Some(moved.clone())));
    now.fetch_add(1_000, Ordering::Relaxed);
    assert!(matches!(db.rekey(&moved, &old).await, Err(Error::Cancelled(_))), "it has expired since");
}

#[tokio::test]
async fn what_dynamodb_never_deletes_is_never_hidden() {
    let world = World::new().await;
    let ago = world.at(-5 * 365 * 24 * 60 * 60 - 1);
    for (id, expires) in [(1, None), (2, Some(EpochSeconds(0))), (3, Some(ago)), (4, Some(world.at(0)))] {
        world.put(id, expires).await;
    }
    assert_eq!(ids(world.db.query(Session::query("ann")).await.unwrap()), [1, 2, 3]);
    assert_eq!(
        ids(world.db.batch_get([1, 2, 3, 4].map(key)).await.unwrap().complete().unwrap().into_iter().flatten()),
        [1, 2, 3]
    );
}

#[tokio::test]
async fn milliseconds_are_no_expiry() {
    let World { db, now } = World::new().await;
    let milliseconds = EpochSeconds(now.load(Ordering::Relaxed) * 1000);
    let session = Session { owner: "ann".into(), id: 1, day: 1, expires: Some(milliseconds), hits: 0 };
    let errors = [
        db.put(&session).await.unwrap_err(),
        db.create(&session).await.unwrap_err(),
        db.upsert(key(1)).set(|it| it.expires, milliseconds).await.unwrap_err(),
        db.batch_write().put(&session).await.unwrap_err(),
        db.transact_write([db.put(&session)]).await.unwrap_err(),
    ];
    for error in errors {
        let text = error.to_string();
        assert!(text.contains("`expires` of `Session`") && text.contains("milliseconds"), "{text}");
        assert!(matches!(error, Error::Encode(_)), "{error:?}");
    }
}

#[tokio::test]
async fn entities_of_one_table_expire_too() {
    let world = World::new().await;
    let db = &world.db;
    for page in 0..4 {
        let expires = world.at(if page < 2 { -1 } else { 60 });
        db.put(&Page { site: "a".into(), page, expires }).await.unwrap();
    }
    db.put(&Link { site: "a".into(), link: 1 }).await.unwrap();
    assert_eq!(db.get(Page::key("a", 1)).await.unwrap(), None);
    let pages: Vec<Page> = db.query(Page::query("a")).await.unwrap();
    assert_eq!(pages.iter().map(|page| page.page).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(db.query(Page::query("a")).count().await.unwrap(), 2);
    assert_eq!(db.query(Page::query("a")).include_expired().count().await.unwrap(), 4);
    assert_eq!(db.scan::<Cache>().await.unwrap().len(), 3);
    assert_eq!(db.scan::<Link>().await.unwrap().len(), 1);
}
