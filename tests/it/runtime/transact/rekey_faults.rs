//! Moving items while answers get lost: an item is never gone, never there twice, and never goes backwards.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;
use tablewright::prelude::*;
use tablewright::request::Rekeyed;
use tablewright::testing::{
    Applied, BoxFuture, Cancellation, Embedded, Fault, Faults, Loss, Rates, Refused, Throttle, seeds,
};
use tablewright::{Dynamo, Error, Executor, Failure, Operation, Request, Response, RetryPolicy, tables};

/// A conversation in a user's list, under the time of its newest message. Two of them may have one time.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "tx-list")]
struct Listed {
    #[dynamo(partition_key)]
    user: u64,
    #[dynamo(sort_key)]
    at: u64,
    group: u64,
    /// The number of the newest message.
    newest: u64,
    moves: u64,
    edits: u64,
}

const fn listed(group: u64, at: u64) -> Listed {
    Listed { user: 7, at, group, newest: 0, moves: 0, edits: 0 }
}

/// Looks at the list after each write that reaches the engine.
#[derive(Debug, Clone)]
struct Witness {
    engine: Embedded,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Debug, Default)]
struct Seen {
    rows: Vec<Listed>,
    /// What must not be, and was.
    wrong: Vec<String>,
}

impl Witness {
    /// The list as it is stored, a conversation after the other.
    fn rows(&self) -> Vec<Listed> {
        let (_, answer) = self.engine.call("Scan", br#"{"TableName":"tx-list","ConsistentRead":true}"#);
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        let number = |item: &Value, name: &str| item[name]["N"].as_str().unwrap().parse::<u64>().unwrap();
        let row = |item: &Value| {
            let [user, at, group] = ["user", "at", "group"].map(|name| number(item, name));
            let [newest, moves, edits] = ["newest", "moves", "edits"].map(|name| number(item, name));
            Listed { user, at, group, newest, moves, edits }
        };
        let mut rows: Vec<Listed> = answer["Items"].as_array().unwrap().iter().map(row).collect();
        rows.sort_by_key(|row| row.group);
        rows
    }

    fn look(&self) {
        let rows = self.rows();
        let mut seen = self.seen.lock().unwrap();
        if let Some(wrong) = violations(&seen.rows, &rows) {
            let wrong = format!("{wrong}: {:?}, and then {rows:?}", seen.rows);
            seen.wrong.push(wrong);
        }
        seen.rows = rows;
    }
}

/// What a write has done to the list that no write may do.
fn violations(before: &[Listed], after: &[Listed]) -> Option<&'static str> {
    let groups = |rows: &[Listed]| rows.iter().map(|row| row.group).collect::<Vec<_>>();
    if !before.is_empty() && groups(before) != groups(after) {
        return Some("a conversation is gone or there twice");
    }
    before.iter().zip(after).find_map(|(before, after)| {
        let moved = after.newest != before.newest;
        match () {
            () if after.newest < before.newest => Some("a conversation went backwards"),
            () if after.edits < before.edits => Some("an edit is lost"),
            () if after.moves != before.moves + u64::from(moved) => Some("a move is lost or doubled"),
            () => None,
        }
    })
}

impl Executor for Witness {
    fn execute(&self, request: Request) -> BoxFuture<'_, Result<Response, Failure>> {
        Box::pin(async move {
            let reads = matches!(request.operation, Operation::Query | Operation::Scan | Operation::GetItem);
            let answer = self.engine.execute(request).await;
            if !reads {
                self.look();
            }
            answer
        })
    }
}

/// A list with these rows, behind faults that have not begun.
async fn world(policy: RetryPolicy, rows: &[Listed]) -> (Dynamo, Faults, Witness) {
    let witness = Witness { engine: Embedded::memory().unwrap(), seen: Arc::default() };
    let faults = Faults::new(witness.clone());
    let begin = Dynamo::with_executor(witness.engine.clone());
    begin.create_tables(tables![Listed]).await.unwrap();
    for row in rows {
        begin.create(row).await.unwrap();
    }
    witness.look();
    let db = Dynamo::builder().retry_policy(policy).jitter(|| fastrand::u64(..)).executor(faults.clone());
    (db, faults, witness)
}

/// A policy that gives a transaction so many attempts.
fn attempts(attempts: u32) -> RetryPolicy {
    let mut policy = RetryPolicy::default();
    policy.attempts = attempts;
    policy
}

const APPLIED: [Applied; 3] = [Applied::Never, Applied::Before, Applied::Later(Duration::from_secs(2))];

#[tokio::test(start_paused = true)]
async fn a_lost_answer_is_asked_for_again() {
    for loss in Loss::ALL {
        for applied in APPLIED {
            for at in [5, 1] {
                let (db, faults, witness) = world(RetryPolicy::default(), &[listed(0, 1)]).await;
                faults.inject(Fault::Lost(loss, applied));
                let new = Listed { at, newest: 1, moves: 1, ..listed(0, 1) };
                let moved = db.rekey(&listed(0, 1), &new).await;
                assert_eq!(moved.unwrap(), Rekeyed::Moved, "{loss:?} {applied:?}");
                faults.settle().await;
                assert_eq!((witness.rows(), faults.left()), (vec![new], 0), "{loss:?} {applied:?}");
                assert_eq!(witness.seen.lock().unwrap().wrong, [""; 0]);
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_move_that_nobody_heard_of_is_found_by_reading() {
    for loss in Loss::ALL {
        for applied in APPLIED {
            let (db, faults, witness) = world(attempts(1), &[listed(0, 1)]).await;
            faults.inject(Fault::Lost(loss, applied));
            let new = Listed { at: 5, newest: 1, moves: 1, ..listed(0, 1) };
            let error = db.rekey(&listed(0, 1), &new).await.unwrap_err();
            let Error::OutcomeUnknown(call) = &error else { panic!("{loss:?} {applied:?}: {error}") };
            // Sent again it is applied once, also if it arrives late by itself.
            call.transaction().unwrap().send().await.unwrap();
            faults.settle().await;
            assert_eq!(witness.rows(), [new], "{loss:?} {applied:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_a_cancellation_says_is_tried_again_or_told() {
    let busy = [
        Fault::Cancelled(Cancellation::Conflict, 0b01),
        Fault::Cancelled(Cancellation::Conflict, 0b10),
        Fault::Cancelled(Cancellation::Throttling, 0b11),
        Fault::Cancelled(Cancellation::ProvisionedThroughputExceeded, 0b01),
        Fault::Refused(Refused::TransactionInProgress),
        Fault::Refused(Refused::Throttling(Throttle::KeyRange)),
    ];
    let new = Listed { at: 5, newest: 1, moves: 1, ..listed(0, 1) };
    for fault in busy {
        let (db, faults, witness) = world(RetryPolicy::default(), &[listed(0, 1)]).await;
        faults.inject(fault).inject(fault);
        assert_eq!(db.rekey(&listed(0, 1), &new).await.unwrap(), Rekeyed::Moved, "{fault}");
        assert_eq!((witness.rows(), faults.trace().requests()), (vec![new.clone()], 3), "{fault}");
    }
    for (mask, places) in [(0b01, vec![0]), (0b10, vec![1]), (0b11, vec![0, 1])] {
        let (db, faults, witness) = world(attempts(3), &[listed(0, 1)]).await;
        for _ in 0..3 {
            faults.inject(Fault::Cancelled(Cancellation::Conflict, mask));
        }
        let error = db.rekey(&listed(0, 1), &new).await.unwrap_err();
        let cancelled = error.cancelled().unwrap();
        assert!(cancelled.is_conflict() && !cancelled.is_condition_failed());
        let told: Vec<_> = cancelled.reasons().iter().map(|reason| reason.index()).collect();
        assert_eq!((told, witness.rows()), (places, vec![listed(0, 1)]));
    }
}

/// Shows that message `newest` was written, until the list shows it or a newer one.
async fn announce(db: &Dynamo, group: u64, newest: u64) {
    for _ in 0..200 {
        tokio::time::sleep(Duration::from_millis(20)).await;
        let Ok(rows) = db.query(Listed::query(7)).consistent().await else { continue };
        let Some(old) = rows.iter().find(|row| row.group == group) else { continue };
        // Two messages of one time; and another conversation may be there, so that this one takes the next.
        let taken = |at: &u64| rows.iter().any(|row| row.at == *at && row.group != group);
        let at = (10 + newest / 2..).find(|at| !taken(at)).unwrap();
        let new = Listed { at, newest, moves: old.moves + 1, ..old.clone() };
        if db.rekey(old, &new).forward_by(|row| row.newest).await.is_ok() {
            return;
        }
    }
    panic!("message {newest} of conversation {group} was never shown");
}

/// Changes the row of a conversation where it is, if it still is there.
async fn edit(db: &Dynamo, group: u64) {
    let Ok(rows) = db.query(Listed::query(7)).consistent().await else { return };
    let Some(row) = rows.iter().find(|row| row.group == group) else { return };
    let edit = db.update(Listed::key(7, row.at)).increment(|row| row.edits, 1);
    // Whether it was done is for the witness to see.
    let _ = edit.condition(|row| row.group.eq(group)).await;
}

/// One schedule: each message twice, in any order, and edits among them.
async fn schedule(seed: u64) -> Vec<String> {
    let (db, faults, witness) = world(attempts(4), &[listed(0, 1), listed(1, 2)]).await;
    faults.seeded(seed, Rates::new(0.3)).latency(Duration::from_millis(1)..Duration::from_millis(40));
    let mut random = fastrand::Rng::with_seed(seed);
    let mut work = tokio::task::JoinSet::new();
    for (group, newest) in (0..2).flat_map(|group| (0..=6).chain(0..=6).map(move |newest| (group, newest))) {
        let (db, pause) = (db.clone(), Duration::from_millis(random.u64(..1500)));
        work.spawn(async move {
            tokio::time::sleep(pause).await;
            if newest == 0 { edit(&db, group).await } else { announce(&db, group, newest).await }
        });
    }
    while let Some(done) = work.join_next().await {
        done.unwrap();
    }
    faults.stop();
    faults.settle().await;
    let mut wrong = core::mem::take(&mut witness.seen.lock().unwrap().wrong);
    let shown: Vec<_> = witness.rows().iter().map(|row| (row.group, row.newest)).collect();
    if shown != [(0, 6), (1, 6)] {
        wrong.push(format!("the newest messages are not shown: {:?}", witness.rows()));
    }
    if !wrong.is_empty() {
        wrong.push(faults.trace().to_string());
    }
    wrong
}

#[test]
fn no_schedule_loses_doubles_or_reverses() {
    let mut run = 0;
    for seed in seeds(100) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
        fastrand::seed(seed);
        let wrong = runtime.block_on(schedule(seed));
        assert!(wrong.is_empty(), "replay with TABLEWRIGHT_SEED={seed}\n{}", wrong.join("\n"));
        run += 1;
    }
    assert!(run > 0);
}
