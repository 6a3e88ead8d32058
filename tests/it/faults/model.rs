//! The item that everybody writes, and what is stored of it.

use serde_json::Value;
use tablewright::prelude::*;

/// A counter, with the mark of who wrote it last.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "counters")]
pub(super) struct Counter {
    #[dynamo(partition_key)]
    pub(super) id: u64,
    pub(super) n: u64,
    pub(super) by: String,
}

/// The counter that transactions on another one also write.
pub(super) const fn partner(id: u64) -> u64 {
    id + (1 << 40)
}

/// An item that is always there, for transactions that need one.
pub(super) const ANCHOR: u64 = u64::MAX;

/// The counter that is never there.
pub(super) const fn nowhere(id: u64) -> u64 {
    id + (1 << 41)
}

/// What is stored, or nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub(super) struct State(pub(super) Option<(u64, String)>);

impl State {
    /// The state that an answer of `GetItem` shows.
    pub(super) fn read(answer: &Value) -> Self {
        let item = &answer["Item"];
        let n = item["n"]["N"].as_str().and_then(|n| n.parse().ok());
        Self(item["by"]["S"].as_str().map(|by| (n.unwrap_or(0), by.to_owned())))
    }

    pub(super) fn of(counter: Option<Counter>) -> Self {
        Self(counter.map(|counter| (counter.n, counter.by)))
    }

    pub(super) fn n(&self) -> Option<u64> {
        self.0.as_ref().map(|(n, _)| *n)
    }
}
