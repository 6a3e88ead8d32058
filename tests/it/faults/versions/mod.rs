//! Items with versions: three callers read one item and write it back, each write at most once, and each conflict a true one.

mod world;

use std::time::Duration;

use futures_util::future::join_all;
use tablewright::tables;
use tablewright::testing::{Embedded, Rates, seeds};

use self::world::{Epoch, Item, Ledger, Level, Op, Told, World};
use super::witness::MARK;
use super::world::paused;

/// Runs schedules; gives their number, what is wrong, and the first that went wrong.
fn run<T: Item>(ops: &[Op], level: Level, seeds: impl Iterator<Item = u64>) -> (u64, Vec<String>, Option<String>) {
    let (mut schedules, mut wrong, mut first) = (0, Vec::new(), None);
    let (mut done, mut unknown, mut refused) = (0, 0, 0);
    let begun = std::time::Instant::now();
    for seed in seeds {
        fastrand::seed(seed);
        paused(async {
            let engine = Embedded::memory().expect("the engine starts");
            let world = World::new(&engine, level).await;
            world.db.create_tables(tables![Ledger, Epoch]).await.expect("the tables are made");
            world.db.create(&T::new(1, &format!("{MARK}begin"))).await.expect("there is no fault yet");
            world.faults.seeded(seed, Rates::new(0.3)).latency(Duration::from_millis(1)..Duration::from_millis(40));
            let dice = |client| fastrand::Rng::with_seed(seed.wrapping_mul(4).wrapping_add(client));
            join_all((0..3).map(|client| world.caller::<T>(1, ops, client, dice(client)))).await;
            world.faults.stop();
            world.faults.settle().await;
            schedules += 1;
            for (_, told) in world.told.lock().unwrap().iter() {
                done += u64::from(told.contains(&Told::Done));
                unknown += u64::from(told.contains(&Told::Unknown));
                refused += told.iter().filter(|told| **told == Told::NotApplied).count();
            }
            let found = world.violations::<T>(1, ops).await;
            if !found.is_empty() {
                let trace = world.faults.trace();
                first.get_or_insert(format!("replay with TABLEWRIGHT_SEED={seed}\n{}\n{trace}", found.join("\n")));
                wrong.push(found.join("\n"));
            }
        });
    }
    let (name, seconds) = (T::NAME, begun.elapsed().as_secs());
    println!(
        "| versions of {name} {ops:?} | {level:?} | {schedules} | {} | {done} | {refused} | {unknown} | {seconds} s |",
        wrong.len()
    );
    (schedules, wrong, first)
}

fn holds<T: Item>(ops: &[Op], level: Level) {
    let seeds = seeds(100);
    let run_of = if matches!(level, Level::Waist) { usize::MAX } else { seeds.size_hint().0.div_ceil(10) };
    let (schedules, wrong, first) = run::<T>(ops, level, seeds.take(run_of));
    if let Some(first) = first {
        panic!("{ops:?}, {level:?}: {} of {schedules} schedules are wrong, the first: {first}", wrong.len());
    }
}

#[test]
fn updates() {
    holds::<Ledger>(&[Op::Update], Level::Waist);
    holds::<Ledger>(&[Op::Update], Level::Wire);
    holds::<Ledger>(&[Op::Update], Level::WireRepeating);
}

#[test]
fn puts() {
    holds::<Ledger>(&[Op::Put], Level::Waist);
    holds::<Ledger>(&[Op::Put], Level::Wire);
    holds::<Ledger>(&[Op::Put], Level::WireRepeating);
}

#[test]
fn updates_puts_and_transactions() {
    holds::<Ledger>(&[Op::Update, Op::Put, Op::Transact], Level::Waist);
    holds::<Ledger>(&[Op::Update, Op::Put, Op::Transact], Level::Wire);
}

#[test]
fn deletes_and_creates() {
    let ops = &[Op::Update, Op::Put, Op::DeleteOrCreate];
    holds::<Epoch>(ops, Level::Waist);
    holds::<Epoch>(ops, Level::Wire);
}

/// A way to get it wrong, which has to be found.
fn found<T: Item>(ops: &[Op], level: Level, share: u64, what: &str) {
    let (schedules, wrong, _) = run::<T>(ops, level, 0..60 * (share / 8).max(1));
    assert!(wrong.len() as u64 * share > schedules, "{level:?}: found in {} of {schedules} only", wrong.len());
    assert!(wrong.join("\n").contains(what), "{level:?}: not for the expected reason: {}", wrong.join("\n"));
}

#[test]
fn a_conflict_that_is_always_taken_for_someone_elses_is_found() {
    found::<Ledger>(&[Op::Update], Level::Naive, 4, "doubled");
}

#[test]
fn ids_that_are_not_each_writes_own_are_found() {
    found::<Ledger>(&[Op::Update], Level::OneId, 8, "acknowledged, and lost");
}

#[test]
fn versions_that_are_met_again_are_found() {
    found::<Ledger>(&[Op::Update, Op::Put, Op::DeleteOrCreate], Level::Waist, 60, "called not applied, and applied");
}

#[test]
fn the_operations_of_writes_with_versions_are_single_calls() {
    paused(async {
        let engine = Embedded::memory().unwrap();
        let world = World::new(&engine, Level::Waist).await;
        world.db.create_tables(tables![Ledger, Epoch]).await.unwrap();
        let item = world.db.create(&Ledger::new(1, "a")).returning_new().await.unwrap();
        let before = world.faults.trace().requests();
        let item = item.update(&world.db, "b").await.unwrap();
        world.db.put(&item).await.unwrap();
        assert_eq!(world.faults.trace().requests() - before, 2);
    });
}
