//! Ways to get it wrong, which the checks must find: a harness that finds nothing may be blind.

use tablewright::testing::Rates;

use super::op::Op;
use super::policies::Policy;
use super::schedules::{Tally, tally};
use super::world::Level;

fn found(policy: Policy, level: Level, what: &str) -> Tally {
    let tally = tally(policy, level, 0..60, &Rates::new(0.3));
    println!("{policy:?} {level:?}: {} of {} schedules are wrong", tally.violated, tally.schedules);
    assert!(tally.violated * 4 > tally.schedules, "{policy:?} {level:?}: found in {} only", tally.violated);
    let all = tally.wrong.join("\n");
    assert!(all.contains(what), "{policy:?} {level:?}: not for the expected reason: {all}");
    tally
}

#[test]
fn an_increment_that_is_repeated() {
    let tally = found(Policy::OneOf(&[Op::Add]), Level::Repeating, "doubled");
    let first = tally.first.unwrap();
    assert!(first.contains("TABLEWRIGHT_SEED=") && first.contains("UpdateItem counters"), "{first}");
}

#[test]
fn a_version_check_that_takes_a_conflict_for_someone_elses() {
    found(Policy::NaiveVersion, Level::Repeating, "doubled");
}

#[test]
fn a_put_that_is_repeated_and_acknowledged() {
    found(Policy::OneOf(&[Op::Put]), Level::Repeating, "doubled");
}

#[test]
fn writes_that_the_handle_repeats() {
    found(Policy::OneOf(&[Op::Put, Op::Set]), Level::WireRepeating, "doubled");
}

#[test]
fn the_last_attempts_refusal_taken_for_all() {
    found(Policy::OneOf(&[Op::Add]), Level::Repeating, "called not applied, and applied");
}

#[test]
fn a_lost_answer_taken_for_a_request_that_was_not_sent() {
    found(Policy::OneOf(&[Op::Add]), Level::Lying, "called not applied, and applied");
}

#[test]
fn a_lost_answer_taken_for_a_success() {
    found(Policy::OneOf(&[Op::Put]), Level::Hoping, "acknowledged, and lost");
}

#[test]
fn an_absent_item_for_an_answer_that_was_not_read() {
    found(Policy::OneOf(&[Op::GetConsistent, Op::Add]), Level::Hoping, "which was not stored then");
}

#[test]
fn a_transaction_without_a_token_that_is_repeated() {
    found(Policy::OneOf(&[Op::Transact]), Level::Tokenless, "doubled");
}
