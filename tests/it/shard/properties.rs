//! Random items, numbers of shards and ways to read them, against an ordered map.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};

use futures_util::TryStreamExt;
use proptest::prelude::*;
use tablewright::prelude::*;
use tablewright::request::PageCursor;

/// A day that no other case has.
fn fresh() -> u32 {
    static DAYS: AtomicU32 = AtomicU32::new(0);
    DAYS.fetch_add(1, Ordering::Relaxed)
}

/// Items of one partition key, and how they are read.
#[derive(Debug, Clone)]
struct Case {
    /// The sort keys' parts, each with what orders the index.
    items: BTreeMap<(u8, String), (i8, bool)>,
    descending: bool,
    page_size: Option<u32>,
    max_pages: Option<u32>,
    take: usize,
    from: u8,
}

fn case() -> impl Strategy<Value = Case> {
    let ids = proptest::sample::select(&["a", "b#", "$", "é", "😀", "zz"][..]).prop_map(str::to_owned);
    let items = proptest::collection::btree_map((0..20_u8, ids), (-2..3_i8, any::<bool>()), 0..60);
    let page_size = prop_oneof![Just(None), (1..5_u32).prop_map(Some)];
    let max_pages = prop_oneof![Just(None), (1..4_u32).prop_map(Some)];
    (items, any::<bool>(), page_size, max_pages, 1..25_usize, 0..20_u8).prop_map(
        |(items, descending, page_size, max_pages, take, from)| Case {
            items,
            descending,
            page_size,
            max_pages,
            take,
            from,
        },
    )
}

macro_rules! in_shards {
    ($($module:ident $table:literal $shards:literal $of_index:literal;)*) => {$(
        mod $module {
            use super::*;

            #[derive(DynamoTable, Debug, Clone, PartialEq)]
            #[dynamo(
                table = $table,
                partition_key = "DAY#{day}",
                sort_key = "{at}#{id}",
                shard = $shards,
                gsi(name = "by-rank", partition_key = "OF#{owner}", sort_key = "rank", shard = $of_index)
            )]
            struct Entry {
                #[dynamo(key_only)]
                day: u32,
                #[dynamo(key_only)]
                at: u8,
                #[dynamo(key_only)]
                id: String,
                owner: u32,
                rank: i8,
                kept: bool,
            }

            type Request<I> = tablewright::request::QueryRequest<Entry, I>;

            fn as_said<I: tablewright::Index<Entry>>(case: &Case, request: Request<I>) -> Request<I> {
                let request = if case.descending { request.descending() } else { request };
                match case.page_size {
                    Some(items) => request.page_size(items),
                    None => request,
                }
            }

            /// Page by page, with a cursor that goes through text.
            async fn by_cursor<I: tablewright::Index<Entry, Reads = tablewright::request::Whole> + 'static>(
                case: &Case,
                request: impl Fn() -> Request<I>,
            ) -> Vec<Entry> {
                let (mut seen, mut cursor) = (Vec::new(), None);
                loop {
                    let mut request = as_said(case, request()).take(case.take).after(cursor);
                    if let Some(pages) = case.max_pages {
                        request = request.max_pages(pages);
                    }
                    let page = request.page().await.unwrap();
                    assert!(page.items.len() <= case.take);
                    seen.extend(page.items);
                    cursor = page.cursor.map(|cursor| PageCursor::from_text(cursor.as_str()));
                    if cursor.is_none() {
                        return seen;
                    }
                }
            }

            async fn check(db: &Dynamo, case: &Case) {
                let day = fresh();
                let mut expected: Vec<Entry> = case
                    .items
                    .iter()
                    .map(|((at, id), (rank, kept))| {
                        Entry { day, at: *at, id: id.clone(), owner: day, rank: *rank, kept: *kept }
                    })
                    .collect();
                db.batch_write_iter(expected.clone()).await.unwrap().complete().unwrap();
                // The order of the keys' text is that of their parts: escapes keep it.
                expected.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
                if case.descending {
                    expected.reverse();
                }
                let kept: Vec<Entry> = expected.iter().filter(|entry| entry.kept).cloned().collect();
                let query = || db.query(Entry::query(day));
                let filtered = || query().filter(|entry| entry.kept.eq(true));

                assert_eq!(as_said(case, query()).await.unwrap(), expected);
                assert_eq!(as_said(case, filtered()).await.unwrap(), kept);
                let budget = |of: &[Entry]| of[..case.take.min(of.len())].to_vec();
                assert_eq!(as_said(case, query()).take(case.take).await.unwrap(), budget(&expected));
                assert_eq!(as_said(case, filtered()).take(case.take).await.unwrap(), budget(&kept));
                let streamed: Vec<Entry> = as_said(case, filtered()).stream().try_collect().await.unwrap();
                assert_eq!(streamed, kept);
                let pages: Vec<_> = as_said(case, query()).pages().try_collect().await.unwrap();
                assert_eq!(pages.iter().map(|page| page.scanned).sum::<u64>(), expected.len() as u64);
                assert_eq!(pages.into_iter().flat_map(|page| page.items).collect::<Vec<_>>(), expected);
                assert_eq!(by_cursor(case, query).await, expected);
                assert_eq!(by_cursor(case, filtered).await, kept);
                assert_eq!(as_said(case, filtered()).count().await.unwrap(), kept.len() as u64);
                let ranged = as_said(case, db.query(Entry::query(day).at().ge(case.from))).await.unwrap();
                assert!(ranged.iter().eq(expected.iter().filter(|entry| entry.at >= case.from)));

                let of_index = || db.query(Entry::query_by_rank(day));
                let all = as_said(case, of_index()).await.unwrap();
                let ranks = |entry: &Entry| if case.descending { -i16::from(entry.rank) } else { i16::from(entry.rank) };
                assert!(all.is_sorted_by_key(ranks), "{all:?}");
                assert_eq!(by_cursor(case, of_index).await, all, "ties have one order on every page");
                let mut sorted = all;
                sorted.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
                if case.descending {
                    sorted.reverse();
                }
                assert_eq!(sorted, expected);
            }

            #[test]
            fn every_item_is_found_once_and_in_order() {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                let db = runtime.block_on(Dynamo::embedded()).unwrap();
                runtime.block_on(db.create_tables(tablewright::tables![Entry])).unwrap();
                let config = ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() };
                proptest!(config, |(case in case())| runtime.block_on(check(&db, &case)));
            }
        }
    )*};
}

in_shards! {
    two "in-two" 2 3;
    three "in-three" 3 2;
    sixteen "in-sixteen" 16 5;
    forty "in-forty" 40 64;
}
