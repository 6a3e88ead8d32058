//! Random schedules: each seed is other faults, other moments and other operations.

use std::time::{Duration, Instant};

use tablewright::testing::{Rates, seeds};

use super::check::violations;
use super::op::Op;
use super::policies::{Policy, run};
use super::world::{Level, Told, World, engine, paused};

/// What callers were told of their writes, and how many requests those took.
#[derive(Default)]
pub(super) struct Counts {
    pub(super) done: u64,
    pub(super) refused: u64,
    pub(super) unknown: u64,
    pub(super) requests: usize,
}

/// Schedules of one policy: what they came to.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) schedules: u64,
    pub(super) violated: u64,
    told: Counts,
    /// The first schedule that went wrong: its seed, what is wrong, and its trace.
    pub(super) first: Option<String>,
    /// What is wrong with each schedule.
    pub(super) wrong: Vec<String>,
}

/// An engine serves this many schedules, on an item each, so that scans stay short.
pub(super) const PER_ENGINE: u64 = 50;

pub(super) fn tally(policy: Policy, level: Level, seeds: impl Iterator<Item = u64>, rates: &Rates) -> Tally {
    let mut tally = Tally::default();
    let mut shared = None;
    for seed in seeds {
        // The SDK's pauses between attempts are drawn from here.
        fastrand::seed(seed);
        paused(async {
            if shared.is_none() || tally.schedules.is_multiple_of(PER_ENGINE) {
                shared = Some(engine().await);
            }
            let world = World::new(shared.as_ref().unwrap(), seed, level).with_item().await;
            world.faults.seeded(seed, rates.clone()).latency(Duration::from_millis(1)..Duration::from_millis(40));
            run(&world, policy, seed).await;
            world.settle().await;
            tally.add(seed, &world);
        });
    }
    tally
}

impl Tally {
    fn add(&mut self, seed: u64, world: &World) {
        let wrong = violations(world);
        let trace = world.faults.trace();
        self.schedules += 1;
        self.told.requests += trace.requests();
        for call in world.calls().iter().filter(|call| call.op.is_write()) {
            match call.told {
                Told::Done | Told::Found(_) | Told::Counted(_) => self.told.done += 1,
                Told::ConditionFailed | Told::NotApplied(_) => self.told.refused += 1,
                Told::Unknown(_) | Told::Cancelled => self.told.unknown += 1,
            }
        }
        if !wrong.is_empty() {
            self.violated += 1;
            let first = || format!("replay with TABLEWRIGHT_SEED={seed}\n{}\n{trace}", wrong.join("\n"));
            self.first.get_or_insert_with(first);
            self.wrong.extend(wrong);
        }
    }
}

/// Prints a line of the table in `docs/reliability.md`.
pub(super) fn print(name: &str, level: &str, schedules: u64, wrong: u64, told: &Counts, begun: Instant) {
    let Counts { done, refused, unknown, requests } = told;
    let seconds = begun.elapsed().as_secs();
    println!(
        "| {name} | {level} | {schedules} | {wrong} | {done} | {refused} | {unknown} | {requests} | {seconds} s |"
    );
}

/// Of each policy; `.ci/run` asks for more.
const SCHEDULES: u64 = 500;

/// Runs a policy of the runtime, which no schedule may break. On the wire a schedule takes much longer, and fewer run.
fn holds(name: &str, policy: Policy, level: Level) {
    let begun = Instant::now();
    let seeds = seeds(SCHEDULES);
    let run = if level == Level::Wire { seeds.size_hint().0.div_ceil(20) } else { usize::MAX };
    let tally = tally(policy, level, seeds.take(run), &Rates::new(0.3));
    print(name, &level.name(), tally.schedules, tally.violated, &tally.told, begun);
    if let Some(first) = tally.first {
        panic!("{name}, {level:?}: {} of {} schedules are wrong, the first: {first}", tally.violated, tally.schedules);
    }
}

macro_rules! policies {
    ($($name:ident: $policy:expr;)*) => {
        mod waist {
            use super::*;
            $( #[test] fn $name() { holds(stringify!($name), $policy, Level::Waist); } )*
        }
        mod wire {
            use super::*;
            $( #[test] fn $name() { holds(stringify!($name), $policy, Level::Wire); } )*
        }
    };
}

policies! {
    add: Policy::OneOf(&[Op::Add]);
    upsert_add: Policy::OneOf(&[Op::UpsertAdd]);
    set: Policy::OneOf(&[Op::Set, Op::Upsert]);
    put: Policy::OneOf(&[Op::Put]);
    create_and_delete: Policy::OneOf(&[Op::Create, Op::Delete]);
    guarded: Policy::Guarded;
    transact: Policy::OneOf(&[Op::Transact]);
    transact_among_others: Policy::OneOf(&[Op::Transact, Op::Transact, Op::Add, Op::TransactGet]);
    transact_with_checks: Policy::OneOf(&[Op::Check]);
    rekey: Policy::OneOf(&[Op::Rekey]);
    rekey_among_others: Policy::OneOf(&[Op::Rekey, Op::Rekey, Op::Add, Op::Put, Op::TransactGet]);
    batch: Policy::OneOf(&[Op::BatchWrite, Op::BatchWriteStream, Op::BatchGet]);
    mixed: Policy::OneOf(Op::ALL);
}
