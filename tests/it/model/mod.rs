//! Sequences of operations against the simplest thing that could do the same: a map in memory.

mod op;
mod reads;
mod store;
mod writes;

use proptest::collection::vec;
use proptest::prelude::ProptestConfig;
use proptest::test_runner::{RngAlgorithm, TestCaseError, TestRng, TestRunner};
use tablewright::prelude::*;
use tablewright::tables;
use tablewright::testing::seeds;

use op::Op;
use store::{Entry, Store};

/// A sequence has as many operations on average.
const OPERATIONS: usize = 50;

async fn run(ops: &[Op]) -> Result<(), TestCaseError> {
    let db = Dynamo::embedded().await.unwrap();
    db.create_tables(tables![Entry]).await.unwrap();
    let mut store = Store::default();
    for (number, op) in ops.iter().enumerate() {
        let fail = |what: String| TestCaseError::fail(format!("operation {number}, {op:?}: {what}"));
        match op {
            Op::Write(write) => writes::check(&db, &mut store, write).await.map_err(fail)?,
            Op::Read(read) => reads::check(&db, &store, read).await.map_err(fail)?,
        }
    }
    // Whatever no operation looked at is as it should be as well.
    reads::check_all(&db, &store).await.map_err(TestCaseError::fail)
}

/// A tenth of what `.ci/run` does unless more are asked for.
fn sequences() -> u32 {
    let schedules = seeds(1_000).size_hint().0;
    u32::try_from(schedules / 5).unwrap_or(u32::MAX).max(1)
}

#[test]
fn sequences_do_what_a_map_does() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let config = ProptestConfig { cases: sequences(), failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let sequence = vec(op::operation(), 1..2 * OPERATIONS);
    runner.run(&sequence, |ops| runtime.block_on(run(&ops))).unwrap();
    println!("| sequences against a map | | {} | 0 | |", sequences());
}

#[tokio::test]
async fn a_difference_is_found() {
    let db = Dynamo::embedded().await.unwrap();
    db.create_tables(tables![Entry]).await.unwrap();
    let mut store = Store::default();
    let entry = Entry { group: 1, at: -1, color: Some("red".into()), score: 3, text: String::new() };
    writes::check(&db, &mut store, &op::Write::Put(entry.clone())).await.unwrap();
    let read = op::Read::Index("red".into(), op::Range::All, false);
    reads::check(&db, &store, &read).await.unwrap();
    store.delete(entry.place());
    reads::check(&db, &store, &read).await.unwrap_err();
    reads::check(&db, &store, &op::Read::Get(entry.place(), false)).await.unwrap_err();
    writes::check(&db, &mut store, &op::Write::Create(entry.clone())).await.unwrap_err();
    reads::check_all(&db, &store).await.unwrap_err();
}
