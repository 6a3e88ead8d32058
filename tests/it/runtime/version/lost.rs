//! What the stored item tells about a write whose answer was lost, while others wrote.

use std::sync::atomic::{AtomicBool, Ordering};

use tablewright::testing::{BoxFuture, Embedded};
use tablewright::{Dynamo, Error, Executor, Failure, Request, Response};

use super::{account, stored, with_tables};

/// How others write meanwhile.
#[derive(Clone, Copy, Debug)]
enum Others {
    /// So many updates, each of which leaves its id beside those of the writes before.
    Updates(u32),
    /// So many puts, each of which leaves its own id only.
    Puts(u32),
}

/// Loses the answer to the first write, which may be applied, and lets others write before the next request.
#[derive(Debug)]
struct Loses {
    engine: Embedded,
    applied: bool,
    others: Others,
    lost: AtomicBool,
}

impl Executor for Loses {
    fn execute(&self, request: Request) -> BoxFuture<'_, Result<Response, Failure>> {
        Box::pin(async move {
            if request.operation.is_read() || self.lost.swap(true, Ordering::Relaxed) {
                return self.engine.execute(request).await;
            }
            if self.applied {
                self.engine.execute(request).await.expect("the write is applied");
            }
            self.others().await.expect("others write");
            Err(Failure::TimedOut)
        })
    }
}

impl Loses {
    async fn others(&self) -> tablewright::Result<()> {
        let db = Dynamo::with_executor(self.engine.clone());
        let (Others::Updates(writes) | Others::Puts(writes)) = self.others;
        for _ in 0..writes {
            match (stored(&db, 1).await, self.others) {
                (None, _) => db.create(&account(1)).await?,
                (Some(item), Others::Updates(_)) => db.update(&item).increment(|a| a.balance, 1).await?,
                (Some(item), Others::Puts(_)) => db.put(&item).await?,
            }
        }
        Ok(())
    }
}

/// A handle that loses the answer to its first write, and one that loses nothing.
async fn handles(applied: bool, others: Others) -> [Dynamo; 2] {
    let engine = Embedded::memory().unwrap();
    let sound = Dynamo::with_executor(engine.clone());
    with_tables(&sound).await;
    [Dynamo::with_executor(Loses { engine, applied, others, lost: AtomicBool::new(false) }), sound]
}

/// What a write is told.
fn told(result: Result<(), Error>) -> &'static str {
    match result {
        Ok(()) => "done",
        Err(error) => error.class(),
    }
}

#[tokio::test(start_paused = true)]
async fn a_write_is_found_as_long_as_the_ring_of_three_reaches_back() {
    for (applied, others, expected) in [
        (false, Others::Updates(0), "done"),
        (true, Others::Updates(0), "done"),
        (true, Others::Updates(2), "done"),
        (true, Others::Updates(3), "outcome_unknown"),
        (false, Others::Updates(1), "condition_failed"),
        (false, Others::Updates(3), "condition_failed"),
        (false, Others::Updates(4), "outcome_unknown"),
        // A put leaves no ids of the writes before it.
        (true, Others::Puts(1), "outcome_unknown"),
        (false, Others::Puts(1), "condition_failed"),
        (false, Others::Puts(2), "outcome_unknown"),
    ] {
        let [db, sound] = handles(applied, others).await;
        let item = sound.create(&account(1)).returning_new().await.unwrap();
        let result = db.update(&item).set(|a| a.owner, "bob").await;
        assert_eq!(told(result), expected, "applied: {applied}, {others:?}");
        let found = stored(&sound, 1).await.unwrap();
        assert_eq!(found.owner == "bob", applied || expected == "done", "applied: {applied}, {others:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn another_condition_that_fails_uses_no_version_up() {
    let [db, sound] = handles(false, Others::Updates(0)).await;
    let item = sound.create(&account(1)).returning_new().await.unwrap();
    let result = db.update(&item).set(|a| a.owner, "bob").condition(|a| a.balance.eq(99)).await;
    assert_eq!(told(result), "condition_failed");
}

#[tokio::test(start_paused = true)]
async fn a_lost_create_is_found_or_unknown() {
    for (applied, others, expected) in [
        (true, 0, "done"),
        (true, 2, "done"),
        (true, 3, "outcome_unknown"),
        // It may still arrive, after the other item is deleted.
        (false, 0, "outcome_unknown"),
        (false, 1, "outcome_unknown"),
    ] {
        let [db, _] = handles(applied, Others::Updates(others)).await;
        let result = db.create(&account(1)).await;
        assert_eq!(told(result), expected, "applied: {applied}, {others} writes of others");
    }
}
