//! Whether a history of one item could have happened one operation after the other: the algorithm of Wing and Gong.
//!
//! An operation that was told to be done took effect at one moment between its begin and its end. One whose outcome is
//! unknown did at any moment after its begin, or never does. One that was called not applied never does.

use std::collections::HashSet;

use super::model::State;
use super::op::Op;
use super::world::{Call, Told};

/// Histories are short: what was done is a set of bits.
const MOST: usize = 64;

/// True if there is an order of these calls in which each was told the truth.
pub(super) fn is_linearizable(calls: &[Call]) -> bool {
    let calls: Vec<&Call> = calls.iter().filter(|call| matters(call)).collect();
    assert!(calls.len() <= MOST, "a history is too long");
    let mut seen = HashSet::new();
    go_on(&calls, 0, &State::default(), &mut seen)
}

/// False for what says nothing about the item: writes that were not applied, and reads without an answer or of any age.
fn matters(call: &Call) -> bool {
    match &call.told {
        Told::NotApplied(_) => false,
        Told::Unknown(_) | Told::Cancelled => call.op.is_write(),
        Told::Found(_) | Told::Counted(_) => call.op.is_consistent(),
        Told::Done | Told::ConditionFailed => true,
    }
}

fn is_open(call: &Call) -> bool {
    matches!(call.told, Told::Unknown(_) | Told::Cancelled)
}

/// True if the calls that are not in `done` can follow, from this state.
fn go_on(calls: &[&Call], done: u64, state: &State, seen: &mut HashSet<(u64, State)>) -> bool {
    let left = || calls.iter().enumerate().filter(|(place, _)| done >> place & 1 == 0);
    // Whatever ended before another began goes first.
    let Some(first_end) = left().filter(|(_, call)| !is_open(call)).map(|(_, call)| call.order.1).min() else {
        return true;
    };
    if !seen.insert((done, state.clone())) {
        return false;
    }
    left()
        .filter(|(_, call)| call.order.0 < first_end)
        .any(|(place, call)| effect(call, state).is_some_and(|state| go_on(calls, done | 1 << place, &state, seen)))
}

/// What a call makes of the item; `None` if it would not have been told what it was in this state.
fn effect(call: &Call, state: &State) -> Option<State> {
    let n = state.n();
    let set = |n: u64| Some(State(Some((n, call.tag.clone()))));
    let is_so = |so: bool| so.then(|| state.clone());
    match &call.told {
        Told::Found(found) => is_so(found == state),
        Told::Counted(count) => is_so(*count == u64::from(n.is_some())),
        Told::ConditionFailed => is_so(match call.op {
            Op::Create | Op::CreateOrStored => n.is_some(),
            Op::Guarded => n != Some(call.expected),
            Op::Set | Op::Add => n.is_none(),
            _ => false,
        }),
        _ => match call.op {
            Op::Create | Op::CreateOrStored if n.is_some() => None,
            Op::Create | Op::CreateOrStored | Op::Put | Op::PutReturningOld | Op::Upsert => set(call.expected + 1),
            Op::Set => n.and_then(|_| set(call.expected + 1)),
            Op::Add => n.and_then(|n| set(n + 1)),
            Op::Guarded => n.filter(|n| *n == call.expected).and_then(|n| set(n + 1)),
            Op::UpsertAdd | Op::Transact | Op::Check => set(n.unwrap_or(0) + 1),
            Op::Delete => Some(State(None)),
            other => unreachable!("{other:?} is in no history"),
        },
    }
}
