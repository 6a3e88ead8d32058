//! Items with versions: three callers read one item and write it back, each write at most once, and each conflict a true one.

mod world;

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use tablewright::testing::{Embedded, Rates, seeds};
use tablewright::{Dynamo, tables};

use self::world::{Epoch, Item, Ledger, Level, Op, Told, World};
use super::schedules::{Counts, PER_ENGINE, print};
use super::witness::MARK;
use super::world::paused;

/// Schedules of one policy: what they came to.
#[derive(Default)]
struct Tally {
    schedules: u64,
    told: Counts,
    /// What is wrong with each schedule.
    wrong: Vec<String>,
    /// The first that went wrong: its seed, what is wrong, and its trace.
    first: Option<String>,
}

fn run<T: Item>(ops: &[Op], level: Level, seeds: impl Iterator<Item = u64>) -> Tally {
    let (mut tally, mut shared) = (Tally::default(), None);
    for seed in seeds {
        fastrand::seed(seed);
        paused(async {
            if shared.is_none() || tally.schedules.is_multiple_of(PER_ENGINE) {
                shared = Some(engine().await);
            }
            let world = schedule::<T>(shared.as_ref().unwrap(), ops, level, seed).await;
            tally.add(seed, &world, world.violations::<T>(ops).await);
        });
    }
    tally
}

async fn engine() -> Embedded {
    let engine = Embedded::memory().expect("the engine starts");
    let tables = Dynamo::with_executor(engine.clone()).create_tables(tables![Ledger, Epoch]).await;
    tables.expect("the tables are made");
    engine
}

/// One schedule, on an item of its own.
async fn schedule<T: Item>(engine: &Embedded, ops: &[Op], level: Level, seed: u64) -> World {
    let world = World::new::<T>(engine, seed, level);
    world.db.create(&T::new(seed, &format!("{MARK}begin"))).await.expect("there is no fault yet");
    world.faults.seeded(seed, Rates::new(0.3)).latency(Duration::from_millis(1)..Duration::from_millis(40));
    let dice = |client| fastrand::Rng::with_seed(seed.wrapping_mul(4).wrapping_add(client));
    join_all((0..3).map(|client| world.caller::<T>(ops, client, dice(client)))).await;
    world.faults.stop();
    world.faults.settle().await;
    world
}

impl Tally {
    fn add(&mut self, seed: u64, world: &World, found: Vec<String>) {
        self.schedules += 1;
        self.told.requests += world.faults.trace().requests();
        for (_, told) in world.told.lock().unwrap().iter() {
            self.told.done += u64::from(told.contains(&Told::Done));
            self.told.unknown += u64::from(told.contains(&Told::Unknown));
            self.told.refused += told.iter().filter(|told| **told == Told::NotApplied).count() as u64;
        }
        if !found.is_empty() {
            let first = || {
                let trace = world.faults.trace();
                format!("replay with TABLEWRIGHT_SEED={seed}\n{}\n{trace}", found.join("\n"))
            };
            self.first.get_or_insert_with(first);
            self.wrong.push(found.join("\n"));
        }
    }
}

fn holds<T: Item>(ops: &[Op], level: Level) {
    let seeds = seeds(100);
    let run_of = if matches!(level, Level::Waist) { usize::MAX } else { seeds.size_hint().0.div_ceil(10) };
    let (name, begun) = (format!("versions of {} {ops:?}", T::NAME), Instant::now());
    let Tally { schedules, told, wrong, first } = run::<T>(ops, level, seeds.take(run_of));
    print(&name, &format!("{level:?}").to_lowercase(), schedules, wrong.len() as u64, &told, begun);
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
    let Tally { schedules, wrong, .. } = run::<T>(ops, level, 0..60 * (share / 8).max(1));
    println!("versions of {} {ops:?} {level:?}: {} of {schedules} schedules are wrong", T::NAME, wrong.len());
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
        let world = World::new::<Ledger>(&engine().await, 1, Level::Waist);
        let item = world.db.create(&Ledger::new(1, "a")).returning_new().await.unwrap();
        let before = world.faults.trace().requests();
        let item = item.update(&world.db, "b").await.unwrap();
        world.db.put(&item).await.unwrap();
        assert_eq!(world.faults.trace().requests() - before, 2);
    });
}
