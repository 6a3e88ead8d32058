//! Pages that are short, empty, late and lost: a read finds every item once, or says that it did not.

use std::time::Duration;

use futures_util::TryStreamExt;
use tablewright::prelude::*;
use tablewright::testing::{Applied, Embedded, Fault, Faults, Loss, Rates, Refused, Throttle, seeds};
use tablewright::{Dynamo, Result, tables};

use super::world::paused;

#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "lines")]
struct Line {
    #[dynamo(partition_key)]
    owner: String,
    #[dynamo(sort_key)]
    at: u64,
    kept: bool,
}

/// The same lines of ann in three shards.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "divided", partition_key = "OWNER#{owner}", sort_key = "{at}", shard = 3)]
struct Divided {
    #[dynamo(key_only)]
    owner: String,
    #[dynamo(key_only)]
    at: u64,
    kept: bool,
}

const LINES: u64 = 7;

async fn engine() -> Embedded {
    let engine = Embedded::memory().unwrap();
    let db = Dynamo::with_executor(engine.clone());
    db.create_tables(tables![Line, Divided]).await.unwrap();
    for at in 0..LINES {
        db.put(&Line { owner: "ann".into(), at, kept: true }).await.unwrap();
        db.put(&Divided { owner: "ann".into(), at, kept: true }).await.unwrap();
    }
    engine
}

fn numbers(lines: Vec<Line>) -> Vec<u64> {
    lines.into_iter().map(|line| line.at).collect()
}

fn of_divided(lines: Vec<Divided>) -> Vec<u64> {
    lines.into_iter().map(|line| line.at).collect()
}

/// Every way to read all lines that are in shards.
async fn read_divided(db: &Dynamo, way: usize) -> Result<Vec<u64>> {
    let query = || db.query(Divided::query("ann"));
    Ok(match way {
        0 => of_divided(query().await?),
        1 => of_divided(query().page_size(1).stream().try_collect().await?),
        2 => {
            let pages: Vec<_> = query().page_size(2).pages().try_collect().await?;
            pages.into_iter().flat_map(|page| of_divided(page.items)).collect()
        }
        3 => (0..query().count().await?).collect(),
        4 => {
            let (mut all, mut cursor) = (Vec::new(), None);
            loop {
                let page = query().take(2).after(cursor).page().await?;
                all.extend(of_divided(page.items));
                cursor = page.cursor;
                if cursor.is_none() {
                    break all;
                }
            }
        }
        _ => {
            let mut all = of_divided(query().descending().filter(|line| line.kept.eq(true)).take(99).await?);
            all.reverse();
            all
        }
    })
}

/// Every way to read all lines; `by` counts them.
async fn read(db: &Dynamo, way: usize) -> Result<Vec<u64>> {
    let query = || db.query(Line::query("ann"));
    Ok(match way {
        0 => numbers(query().await?),
        1 => numbers(query().page_size(2).stream().try_collect().await?),
        2 => {
            let pages: Vec<_> = query().page_size(3).pages().try_collect().await?;
            pages.into_iter().flat_map(|page| numbers(page.items)).collect()
        }
        3 => (0..query().count().await?).collect(),
        4 => numbers(db.scan::<Line>().page_size(4).await?),
        5 => {
            let (mut all, mut cursor) = (Vec::new(), None);
            loop {
                let page = query().take(2).after(cursor).page().await?;
                all.extend(numbers(page.items));
                cursor = page.cursor;
                if cursor.is_none() {
                    break all;
                }
            }
        }
        7.. => read_divided(db, way - 7).await?,
        _ => {
            let mut all = numbers(query().descending().filter(|line| line.kept.eq(true)).take(99).await?);
            all.reverse();
            all
        }
    })
}

const WAYS: usize = 7 + 6;

fn check(way: usize, read: Result<Vec<u64>>, trace: impl Fn() -> String) -> bool {
    match read {
        Ok(found) => assert_eq!(found, (0..LINES).collect::<Vec<_>>(), "way {way}: {}", trace()),
        Err(error) => {
            assert!(matches!(error.class(), "interrupted" | "throttled" | "corrupt" | "access_denied"), "{error}");
            return false;
        }
    }
    true
}

#[tokio::test(start_paused = true)]
async fn every_script_of_two_pages() {
    let engine = engine().await;
    let faults = [
        Fault::None,
        Fault::ShortPage(1),
        Fault::ShortPage(3),
        Fault::EmptyPage,
        Fault::Refused(Refused::ProvisionedThroughputExceeded(Throttle::Provisioned)),
        Fault::Lost(Loss::Reset, Applied::Before),
        Fault::Lost(Loss::Truncated, Applied::Before),
        Fault::Lost(Loss::Empty, Applied::Before),
    ];
    for way in 0..WAYS {
        for first in faults {
            for second in faults {
                let wrapped = Faults::new(engine.clone());
                wrapped.inject_all([first, second]);
                let whole = [first, second]
                    .iter()
                    .all(|fault| matches!(fault, Fault::None | Fault::ShortPage(_) | Fault::EmptyPage));
                let result = read(&Dynamo::with_executor(wrapped.clone()), way).await;
                let done = check(way, result, || format!("{first} {second} {}", wrapped.trace()));
                assert!(done || !whole, "way {way}, {first}, {second}: short pages are no failure");
            }
        }
    }
}

#[test]
fn random_pages() {
    let mut shared = None;
    for seed in seeds(200) {
        paused(async {
            if shared.is_none() {
                shared = Some(engine().await);
            }
            let faults = Faults::new(shared.clone().unwrap());
            faults.seeded(seed, Rates::new(0.4)).latency(Duration::ZERO..Duration::from_millis(9));
            for way in 0..WAYS {
                check(way, read(&Dynamo::with_executor(faults.clone()), way).await, || faults.trace().to_string());
            }
        });
    }
}
