//! Reads, and what they find.

use futures_util::TryStreamExt;
use tablewright::request::{Page, PageCursor};
use tablewright::{Dynamo, Error};

use super::op::{How, Query, Range, Read};
use super::store::{Entry, Place, Store, key, same};

fn told<T>(result: Result<T, Error>) -> Result<T, String> {
    result.map_err(|error| error.to_string())
}

/// Compares what is read with what the map holds.
pub(super) async fn check(db: &Dynamo, store: &Store, read: &Read) -> Result<(), String> {
    let stored = |places: &[Place]| places.iter().map(|place| store.get(*place).cloned()).collect::<Vec<_>>();
    match read {
        Read::Get(place, consistent) => {
            let get = db.get(key(*place));
            let found = told(if *consistent { get.consistent().await } else { get.await })?;
            same(found.as_ref(), store.get(*place))
        }
        Read::Query(query, how) => by_query(db, store, query, *how).await,
        Read::Index(color, range, descending) => by_color(db, store, color, range, *descending).await,
        Read::Scan { page_size, at_least, segments } => scan(db, store, *page_size, *at_least, *segments).await,
        Read::Batch(places) => {
            let keys = places.iter().map(|place| key(*place));
            let found = told(told(db.batch_get(keys).await)?.complete())?;
            same(found, stored(places))
        }
        Read::Transaction(places) => {
            let mut places = places.clone();
            places.sort_unstable();
            places.dedup();
            let keys: Vec<_> = places.iter().map(|place| key(*place)).collect();
            same(told(db.transact_get(keys).await)?, stored(&places))
        }
    }
}

/// All items, by a scan.
pub(super) async fn check_all(db: &Dynamo, store: &Store) -> Result<(), String> {
    scan(db, store, None, None, None).await
}

async fn by_query(db: &Dynamo, store: &Store, asked: &Query, how: How) -> Result<(), String> {
    let of_group = || Entry::query(asked.group);
    let query = |take: Option<usize>| {
        let query = match asked.range {
            Range::All => db.query(of_group()),
            Range::Eq(at) => db.query(of_group().at().eq(at)),
            Range::Lt(at) => db.query(of_group().at().lt(at)),
            Range::Le(at) => db.query(of_group().at().le(at)),
            Range::Gt(at) => db.query(of_group().at().gt(at)),
            Range::Ge(at) => db.query(of_group().at().ge(at)),
            Range::Between(low, high) => db.query(of_group().at().between(low, high)),
        };
        let query = if asked.descending { query.descending() } else { query };
        let query = match asked.at_least {
            Some(score) => query.filter(|e| e.score.ge(score)),
            None => query,
        };
        let query = match take {
            Some(items) => query.take(items),
            None => query,
        };
        match asked.page_size {
            Some(items) => query.page_size(items),
            None => query,
        }
    };
    let expected = expected(store, asked);
    let whole = || query(asked.take);
    let found = match how {
        How::Await => told(whole().await)?,
        How::Stream => told(whole().stream().try_collect().await)?,
        How::Pages => {
            let pages: Vec<_> = told(whole().pages().try_collect().await)?;
            pages.into_iter().flat_map(|page| page.items).collect()
        }
        How::Cursors => by_cursors(asked.take, async |take, cursor| query(take).after(cursor).page().await).await?,
        How::Count => return same(told(whole().count().await)?, expected.len() as u64),
        How::First => return same(told(whole().first().await)?, expected.into_iter().next()),
    };
    same(found, expected)
}

/// What a query has to find, in its order.
fn expected(store: &Store, asked: &Query) -> Vec<Entry> {
    let matches = |entry: &&Entry| {
        entry.group == asked.group
            && asked.range.holds(&entry.at)
            && asked.at_least.is_none_or(|score| entry.score >= score)
    };
    let mut expected: Vec<Entry> = store.0.values().filter(matches).cloned().collect();
    if asked.descending {
        expected.reverse();
    }
    expected.truncate(asked.take.unwrap_or(usize::MAX));
    expected
}

/// Every page begins where the one before ended, and takes no more than what is left.
async fn by_cursors(
    take: Option<usize>,
    page: impl AsyncFn(Option<usize>, Option<PageCursor>) -> tablewright::Result<Page<Entry>>,
) -> Result<Vec<Entry>, String> {
    let (mut found, mut cursor) = (Vec::new(), None);
    for _ in 0..100 {
        let left = take.map(|take| take - found.len());
        if left == Some(0) {
            return Ok(found);
        }
        let page = told(page(left, cursor).await)?;
        found.extend(page.items);
        cursor = page.cursor;
        if cursor.is_none() {
            return Ok(found);
        }
    }
    Err("the pages do not end".to_owned())
}

async fn by_color(db: &Dynamo, store: &Store, color: &str, range: &Range<u64>, descending: bool) -> Result<(), String> {
    let of_color = || Entry::query_by_color(color);
    let query = match *range {
        Range::All => db.query(of_color()),
        Range::Eq(score) => db.query(of_color().score().eq(score)),
        Range::Lt(score) => db.query(of_color().score().lt(score)),
        Range::Le(score) => db.query(of_color().score().le(score)),
        Range::Gt(score) => db.query(of_color().score().gt(score)),
        Range::Ge(score) => db.query(of_color().score().ge(score)),
        Range::Between(low, high) => db.query(of_color().score().between(low, high)),
    };
    let query = if descending { query.descending() } else { query };
    let found: Vec<Entry> = told(query.page_size(2).await)?;
    let scores = || found.iter().map(|entry| entry.score);
    let in_order = if descending { scores().rev().is_sorted() } else { scores().is_sorted() };
    same(in_order, true)?;
    // Items of one score come in any order.
    let matches = |entry: &&Entry| entry.color.as_deref() == Some(color) && range.holds(&entry.score);
    same(sorted(found), store.0.values().filter(matches).cloned().collect())
}

async fn scan(
    db: &Dynamo,
    store: &Store,
    page_size: Option<u32>,
    at_least: Option<u64>,
    segments: Option<u32>,
) -> Result<(), String> {
    let mut scan = db.scan::<Entry>();
    if let Some(items) = page_size {
        scan = scan.page_size(items);
    }
    if let Some(score) = at_least {
        scan = scan.filter(|e| e.score.ge(score));
    }
    let found = told(match segments {
        Some(segments) => scan.segments(segments).await,
        None => scan.await,
    })?;
    let matches = |entry: &&Entry| at_least.is_none_or(|score| entry.score >= score);
    same(sorted(found), store.0.values().filter(matches).cloned().collect())
}

fn sorted(mut entries: Vec<Entry>) -> Vec<Entry> {
    entries.sort_by_key(Entry::place);
    entries
}
