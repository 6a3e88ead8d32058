//! The entity, and the map that is its table.

use std::collections::BTreeMap;

use tablewright::Key;
use tablewright::prelude::*;

/// An item with a sort key that has a sign, and an index that not every item is in.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "entries", gsi(name = "by-color", partition_key = "color", sort_key = "score", sparse))]
pub(super) struct Entry {
    #[dynamo(partition_key)]
    pub(super) group: u64,
    #[dynamo(sort_key)]
    pub(super) at: i64,
    pub(super) color: Option<String>,
    pub(super) score: u64,
    pub(super) text: String,
}

pub(super) type Place = (u64, i64);

impl Entry {
    pub(super) fn place(&self) -> Place {
        (self.group, self.at)
    }
}

pub(super) fn key((group, at): Place) -> Key<Entry> {
    Entry::key(group, at)
}

/// All items, in the order of their keys.
#[derive(Debug, Default)]
pub(super) struct Store(pub(super) BTreeMap<Place, Entry>);

impl Store {
    pub(super) fn get(&self, place: Place) -> Option<&Entry> {
        self.0.get(&place)
    }

    pub(super) fn put(&mut self, entry: Entry) -> Option<Entry> {
        self.0.insert(entry.place(), entry)
    }

    pub(super) fn delete(&mut self, place: Place) -> Option<Entry> {
        self.0.remove(&place)
    }

    pub(super) fn has(&self, place: Place) -> bool {
        self.0.contains_key(&place)
    }
}

/// Compares what was answered with what the map says.
pub(super) fn same<T: PartialEq + std::fmt::Debug>(answered: T, expected: T) -> Result<(), String> {
    if answered == expected { Ok(()) } else { Err(format!("answered {answered:?}, expected {expected:?}")) }
}
