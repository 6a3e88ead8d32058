//! Histories of one item under faults: that they are linearizable, and that the check finds those that are not.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use tablewright::testing::{Embedded, Rates, seeds};

use super::linearize::is_linearizable;
use super::model::State;
use super::op::Op;
use super::policies::{Policy, caller};
use super::world::{Call, Level, Told, World, engine, paused};

const CLIENTS: u64 = 4;
const OPERATIONS: u64 = 5;

/// Everything but moves, which begin with a look past the faults, and the writes of batches, which may be repeated.
const OPERATIONS_OF_ALL_KINDS: Policy = Policy::OneOf(&[
    Op::Create,
    Op::CreateOrStored,
    Op::Put,
    Op::PutReturningOld,
    Op::Set,
    Op::Add,
    Op::Guarded,
    Op::Upsert,
    Op::UpsertAdd,
    Op::Delete,
    Op::GetConsistent,
    Op::GetConsistent,
    Op::GetConsistent,
    Op::Query,
    Op::Count,
    Op::BatchGet,
    Op::Transact,
    Op::Check,
    Op::TransactGet,
]);

async fn history(engine: &Embedded, seed: u64, policy: Policy, level: Level) -> World {
    let world = World::new(engine, seed, level).with_item().await;
    world.faults.seeded(seed, Rates::new(0.3)).latency(Duration::from_millis(1)..Duration::from_millis(40));
    join_all((0..CLIENTS).map(|client| caller(&world, policy, seed, client, OPERATIONS))).await;
    world.settle().await;
    // What is stored at last has come about somehow.
    world.call(Op::GetConsistent, "", 0).await;
    world
}

/// How many histories there were, and the first that is not linearizable.
fn check(policy: Policy, level: Level, seeds: impl Iterator<Item = u64>) -> (u64, Vec<String>) {
    let (mut histories, mut wrong, mut shared) = (0, Vec::new(), None);
    for seed in seeds {
        fastrand::seed(seed);
        paused(async {
            if shared.is_none() || histories % 50 == 0 {
                shared = Some(engine().await);
            }
            let world = history(shared.as_ref().unwrap(), seed, policy, level).await;
            if !is_linearizable(&world.calls()) {
                let calls: Vec<String> = world.calls().iter().map(|call| format!("{call:?}")).collect();
                let trace = world.faults.trace();
                wrong.push(format!("replay with TABLEWRIGHT_SEED={seed}\n{}\n{trace}", calls.join("\n")));
            }
        });
        histories += 1;
    }
    (histories, wrong)
}

fn holds(policy: Policy, level: Level, share: usize) {
    let begun = Instant::now();
    let seeds = seeds(500);
    let run = seeds.size_hint().0.div_ceil(share);
    let (histories, wrong) = check(policy, level, seeds.take(run));
    println!("| histories | {} | {histories} | {} | {} s |", level.name(), wrong.len(), begun.elapsed().as_secs());
    assert!(wrong.is_empty(), "{} of {histories} histories are not linearizable: {}", wrong.len(), wrong[0]);
}

#[test]
fn histories_are_linearizable_at_the_waist() {
    holds(OPERATIONS_OF_ALL_KINDS, Level::Waist, 1);
}

#[test]
fn histories_are_linearizable_on_the_wire() {
    holds(OPERATIONS_OF_ALL_KINDS, Level::Wire, 20);
}

/// Ways to get it wrong are found, in more than every tenth history.
fn found(policy: Policy, level: Level) {
    let (histories, wrong) = check(policy, level, 0..60);
    println!("{policy:?} {level:?}: {} of {histories} histories are not linearizable", wrong.len());
    assert!(wrong.len() as u64 * 10 > histories);
}

#[test]
fn an_increment_that_is_repeated_is_not_linearizable() {
    found(Policy::OneOf(&[Op::Add, Op::GetConsistent]), Level::Repeating);
}

#[test]
fn a_version_check_that_takes_its_own_write_for_anothers_is_not_linearizable() {
    found(Policy::NaiveVersion, Level::Repeating);
}

#[test]
fn a_lost_answer_taken_for_a_success_is_not_linearizable() {
    found(Policy::OneOf(&[Op::Put, Op::GetConsistent]), Level::Hoping);
}

fn call(op: Op, tag: &str, told: Told, order: (u64, u64)) -> Call {
    let now = tokio::time::Instant::now();
    Call { op, tag: tag.to_owned(), began: now, ended: now, told, expected: 0, order }
}

fn found_n(n: u64, by: &str) -> Told {
    Told::Found(State(Some((n, by.to_owned()))))
}

#[test]
fn the_checker_knows_right_from_wrong() {
    let put = |order| call(Op::Put, "a", Told::Done, order);
    let lost = |order| call(Op::Add, "b", Told::Unknown("lost"), order);
    let read = |told, order| call(Op::GetConsistent, "", told, order);
    // An unknown write may have been applied, later, or never.
    assert!(is_linearizable(&[put((0, 1)), lost((2, 3)), read(found_n(1, "a"), (4, 5))]));
    assert!(is_linearizable(&[
        put((0, 1)),
        lost((2, 3)),
        read(found_n(1, "a"), (4, 5)),
        read(found_n(2, "b"), (6, 7))
    ]));
    assert!(!is_linearizable(&[
        put((0, 1)),
        lost((2, 3)),
        read(found_n(2, "b"), (4, 5)),
        read(found_n(1, "a"), (6, 7))
    ]));
    assert!(
        !is_linearizable(&[put((0, 1)), lost((2, 3)), read(found_n(3, "b"), (4, 5))]),
        "it is applied once at most"
    );
    // Of two that overlap either may be first, and a read sees what is done.
    let overlapping = [put((0, 1)), call(Op::Add, "b", Told::Done, (2, 5)), call(Op::Add, "c", Told::Done, (3, 4))];
    for (n, by, is_so) in [(3, "b", true), (3, "c", true), (2, "b", false), (3, "a", false)] {
        let mut calls = overlapping.to_vec();
        calls.push(read(found_n(n, by), (6, 7)));
        assert_eq!(is_linearizable(&calls), is_so, "{n} by {by}");
    }
    assert!(!is_linearizable(&[read(found_n(1, "a"), (0, 1)), put((2, 3))]), "nothing is read before it is written");
    let refused = call(Op::Create, "d", Told::ConditionFailed, (2, 3));
    assert!(is_linearizable(&[put((0, 1)), refused.clone()]));
    assert!(!is_linearizable(&[refused, put((4, 5))]), "nothing is in the way of this one");
}
