//! The invariants: what the callers were told against what the engine did.

use std::collections::HashMap;

use tablewright::{CallSettings, RetryPolicy};
use tokio::time::Instant;

use super::model::State;
use super::witness::Seen;
use super::world::{Call, Told, World};

/// What is wrong with a run, in words; empty if all is well.
pub(super) fn violations(world: &World) -> Vec<String> {
    let seen = world.witness.seen();
    let calls = world.calls();
    let mut wrong: Vec<String> = Vec::new();
    // One operation of a caller may be several calls, of which each has the mark of the operation.
    let mut by_tag: HashMap<&str, Vec<&Call>> = HashMap::new();
    for call in &calls {
        by_tag.entry(&call.tag).or_default().push(call);
    }
    for (tag, calls) in by_tag {
        let own: Vec<&Seen> = seen.iter().filter(|seen| seen.tag == tag).collect();
        if calls.iter().any(|call| call.op.is_write()) {
            wrong.extend(write(tag, &calls, &own));
        }
    }
    wrong.extend(calls.iter().filter_map(|call| read(call, &seen)));
    wrong.extend(calls.iter().filter_map(overdue));
    let retried = calls.iter().any(|call| call.op.is_retried());
    let attempts = CallSettings::default().attempts as usize;
    if !retried && world.faults.trace().requests() > attempts * calls.len() {
        wrong.push("there are more attempts than the settings say".to_owned());
    }
    let last = seen.iter().rev().find_map(|seen| seen.outcome.clone().ok()).unwrap_or_default();
    if world.witness.stored() != last {
        wrong.push("what is stored is not what the last write left".to_owned());
    }
    if world.faults.in_flight() != 0 {
        wrong.push(format!("{} requests are still open", world.faults.in_flight()));
    }
    let trace = world.faults.trace().to_string();
    if trace.contains(super::witness::MARK) {
        wrong.push("an item's value is in the trace".to_owned());
    }
    wrong
}

/// A write is applied exactly once if it is acknowledged, never if it is refused, and at most once if it is unknown.
fn write(tag: &str, calls: &[&Call], seen: &[&Seen]) -> Option<String> {
    let applied: Vec<&&Seen> = seen.iter().filter(|seen| seen.outcome.is_ok()).collect();
    let done = calls.iter().find(|call| matches!(call.told, Told::Done));
    let unknown = calls.iter().any(|call| matches!(call.told, Told::Unknown(_) | Told::Cancelled));
    let told: Vec<&Told> = calls.iter().map(|call| &call.told).collect();
    // A batch's writes are sent again after a lost answer; its report says so.
    let repeated = calls.iter().any(|call| call.op.is_repeated());
    let what = match (done, applied.len()) {
        (_, 2..) if !repeated => "doubled",
        (Some(_), 0) => "acknowledged, and lost",
        (Some(call), 1)
            if applied.iter().any(|seen| seen.at < call.began || seen.at > call.ended)
                && calls.len() == 1
                && !repeated =>
        {
            "applied after it was acknowledged"
        }
        (None, 1..) if !unknown => "called not applied, and applied",
        _ if calls.iter().any(|call| matches!(call.told, Told::ConditionFailed)) && !condition_failed(seen) => {
            "called a conflict, and no condition failed"
        }
        _ => return None,
    };
    Some(format!(
        "{what}: {:?} {tag}, told {told:?}, applied {} times",
        calls.first().map(|call| call.op),
        applied.len()
    ))
}

/// A call ends when the time is over that the handle's settings give it.
fn overdue(call: &Call) -> Option<String> {
    let most =
        if call.op.is_retried() { RetryPolicy::default().deadline } else { CallSettings::default().call_timeout };
    let took = call.ended - call.began;
    (took > most).then(|| format!("{:?} took {took:?}", call.op))
}

fn condition_failed(seen: &[&Seen]) -> bool {
    seen.iter().any(|seen| matches!(&seen.outcome, Err(code) if &**code == "ConditionalCheckFailedException"))
}

/// A read finds what was stored at some moment while it ran; one that is not consistent, at some moment before its end.
fn read(call: &Call, seen: &[Seen]) -> Option<String> {
    let since = if call.op.is_consistent() { call.began } else { seen.first().map_or(call.began, |seen| seen.at) };
    let stored = stored_between(seen, since, call.ended, !call.op.is_consistent());
    let is_there = match &call.told {
        Told::Found(found) => stored.contains(found),
        Told::Counted(count) => stored.iter().any(|state| u64::from(state.0.is_some()) == *count),
        _ => return None,
    };
    (!is_there).then(|| format!("{:?} found {:?}, which was not stored then: {stored:?}", call.op, call.told))
}

/// The states between two moments, with the one at the first of them; `from_nothing` has the empty table as well.
fn stored_between(seen: &[Seen], from: Instant, to: Instant, from_nothing: bool) -> Vec<State> {
    let mut states = vec![State::default()];
    for seen in seen.iter().filter(|seen| seen.at <= to) {
        let Ok(state) = &seen.outcome else { continue };
        if seen.at < from && !from_nothing {
            states.clear();
        }
        states.push(state.clone());
    }
    states
}
