//! Callers who give up what is not about one item: tables, frozen transactions, and streams.

use std::time::Duration;

use futures_util::TryStreamExt;
use tablewright::prelude::*;
use tablewright::testing::{Applied, Embedded, Fault, Faults, Loss};
use tablewright::{Error, tables};

use super::cancel::poll_times;
use super::model::{Counter, partner};
use super::world::{engine, handle, paused};

fn slow(engine: Embedded) -> Faults {
    let faults = Faults::new(engine);
    faults.latency(Duration::from_millis(2)..Duration::from_millis(9));
    faults
}

/// Runs this with more and more polls until it says that the operation was done; gives how many places that were.
async fn at_every_place(mut run: impl AsyncFnMut(u32) -> bool) -> u32 {
    for polls in 0..500 {
        if run(polls).await {
            return polls;
        }
    }
    panic!("an operation ends");
}

/// Ticks of a day, in four shards.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "ticks", partition_key = "DAY#{day}", sort_key = "{at}", shard = 4)]
struct Tick {
    #[dynamo(key_only)]
    day: u32,
    #[dynamo(key_only)]
    at: u32,
}

async fn read_ticks(db: &Dynamo, way: u32) -> tablewright::Result<Vec<Tick>> {
    let query = || db.query(Tick::query(1_u32));
    match way {
        0 => query().page_size(2).await,
        1 => query().page_size(1).stream().try_collect().await,
        2 => {
            let page = query().take(3).page().await?;
            let rest = query().after(page.cursor).await?;
            Ok([page.items, rest].concat())
        }
        _ => {
            assert_eq!(query().page_size(2).count().await?, 9);
            query().await
        }
    }
}

#[test]
fn a_query_of_shards_leaves_no_call_and_no_task_behind() {
    paused(async {
        let engine = Embedded::memory().unwrap();
        let db = Dynamo::with_executor(engine.clone());
        db.create_tables(tables![Tick]).await.unwrap();
        let ticks: Vec<Tick> = (0..9).map(|at| Tick { day: 1, at }).collect();
        for tick in &ticks {
            db.put(tick).await.unwrap();
        }
        for way in 0..4 {
            let places = at_every_place(async |polls| {
                let faults = slow(engine.clone());
                let db = Dynamo::with_executor(faults.clone());
                let read = poll_times(read_ticks(&db, way), polls).await;
                assert_eq!(faults.in_flight(), 0, "way {way}, {polls} polls: a request outlives its caller");
                let tasks = tokio::runtime::Handle::current().metrics().num_alive_tasks();
                assert_eq!(tasks, 0, "way {way}, {polls} polls: a task outlives its caller");
                assert_eq!(read_ticks(&db, way).await.unwrap(), ticks, "the handle goes on as if nothing had happened");
                read.inspect(|read| assert_eq!(read.as_ref().unwrap(), &ticks)).is_some()
            })
            .await;
            assert!(places > 4, "way {way}: each shard is waited for");
        }
    });
}

#[test]
fn tables_are_made_and_deleted_after_all() {
    paused(async {
        let made = at_every_place(async |polls| {
            let faults = slow(Embedded::memory().unwrap());
            let db = Dynamo::with_executor(faults.clone());
            let done = poll_times(db.create_tables(tables![Counter]), polls).await;
            assert_eq!(faults.in_flight(), 0);
            db.ensure_tables(tables![Counter]).await.unwrap();
            db.verify_tables(tables![Counter]).await.unwrap();
            done.inspect(|made| assert!(made.is_ok())).is_some()
        });
        let ensured = at_every_place(async |polls| {
            let db = Dynamo::with_executor(slow(Embedded::memory().unwrap()));
            let done = poll_times(db.ensure_tables(tables![Counter]), polls).await;
            db.ensure_tables(tables![Counter]).await.unwrap();
            let verified = poll_times(db.verify_tables(tables![Counter]), polls).await;
            assert!(verified.is_none_or(|verified| verified.is_ok()));
            done.is_some()
        });
        let deleted = at_every_place(async |polls| {
            let faults = slow(engine().await);
            let db = Dynamo::with_executor(faults.clone());
            let done = poll_times(db.delete_table::<Counter>(), polls).await;
            assert_eq!(faults.in_flight(), 0);
            match db.delete_table::<Counter>().await {
                Ok(()) | Err(Error::TableNotFound(_)) => {}
                Err(error) => panic!("{error}"),
            }
            done.is_some()
        });
        let places = [made.await, ensured.await, deleted.await];
        assert!(places.iter().all(|places| *places > 2), "{places:?}");
    });
}

#[test]
fn a_frozen_transaction_is_applied_once() {
    paused(async {
        for script in
            [vec![], vec![Fault::Lost(Loss::Reset, Applied::Before)], vec![Fault::Lost(Loss::Hang, Applied::Never)]]
        {
            let engine = engine().await;
            let places = at_every_place(async |polls| {
                let faults = slow(engine.clone());
                let db = handle().executor(faults.clone());
                let id = u64::from(polls);
                let add = |id| db.upsert(Counter::key(id)).increment(|c| c.n, 1).set(|c| c.by, "ann");
                let frozen = db.transact_write((add(id), add(partner(id)))).freeze().unwrap();
                faults.inject_all(script.iter().copied());
                let done = poll_times(frozen.send(), polls).await;
                faults.stop();
                frozen.send().await.unwrap();
                for id in [id, partner(id)] {
                    assert_eq!(
                        db.get(Counter::key(id)).await.unwrap().map(|c| c.n),
                        Some(1),
                        "{script:?}, {polls} polls"
                    );
                    db.delete(Counter::key(id)).await.unwrap();
                }
                done.is_some()
            });
            assert!(places.await > 2, "{script:?}");
        }
    });
}

#[test]
fn finding_out_about_a_write_can_be_given_up() {
    paused(async {
        let engine = engine().await;
        let places = at_every_place(async |polls| {
            let faults = slow(engine.clone());
            let db = Dynamo::with_executor(faults.clone());
            faults.inject(Fault::Lost(Loss::Reset, Applied::Before));
            let lost = db.put(&Counter { id: 1, n: 7, by: String::new() }).await;
            let Err(Error::OutcomeUnknown(call)) = lost else { panic!("the answer is lost") };
            let done = poll_times(call.stored::<Counter>(&db), polls).await;
            assert_eq!(call.stored::<Counter>(&db).await.unwrap().map(|c| c.n), Some(7));
            done.is_some()
        });
        assert!(places.await > 1);
    });
}
