//! What attributes of an entity do by themselves when an item is written.

use std::time::{SystemTime, UNIX_EPOCH};

/// The version of an entity's items: the number that every write counts up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct VersionSchema {
    /// The attribute that holds the number.
    pub attribute: &'static str,
    /// The attribute that holds the ids of the last writes.
    pub writes: &'static str,
    /// How many ids of writes an item keeps.
    pub ring: u8,
    /// The first version of an item; `None` for the time in microseconds since 1970, which no earlier item under the key had.
    pub starts_at: Option<u64>,
    /// True if the table may have replicas in other regions.
    pub global_tables: bool,
}

/// An attribute that a write of a whole item leaves as it is, or fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct GuardSchema {
    /// The attribute's name.
    pub attribute: &'static str,
    /// Why.
    pub guard: Guard,
}

/// Why a write of a whole item may not change an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Guard {
    /// It is set once.
    WriteOnce,
    /// It is only added to.
    Counter,
}

impl VersionSchema {
    /// A version in that attribute, that keeps the ids of the last `ring` writes in another one.
    #[must_use]
    pub const fn new(attribute: &'static str, writes: &'static str, ring: u8) -> Self {
        Self { attribute, writes, ring, starts_at: None, global_tables: false }
    }

    /// The same version with this as the first.
    #[must_use]
    pub const fn starting_at(mut self, first: u64) -> Self {
        self.starts_at = Some(first);
        self
    }

    /// The same version in a table that may have replicas.
    #[must_use]
    pub const fn in_global_tables(mut self) -> Self {
        self.global_tables = true;
        self
    }

    /// The version of an item that is new now.
    pub(crate) fn first(&self, now: SystemTime) -> u64 {
        if let Some(first) = self.starts_at {
            return first.max(1);
        }
        let since = now.duration_since(UNIX_EPOCH).map_or(1, |since| since.as_micros());
        u64::try_from(since).map_or(1, |since| since.max(1))
    }

    /// The version after that one; `None` after the last.
    pub(crate) fn after(&self, held: u64, now: SystemTime) -> Option<u64> {
        if held == 0 { Some(self.first(now)) } else { held.checked_add(1) }
    }

    /// The name of the place in the ring where the write of a version leaves its id.
    pub(crate) fn place(&self, version: u64) -> String {
        version.checked_rem(u64::from(self.ring)).unwrap_or(0).to_string()
    }
}

impl GuardSchema {
    /// An attribute of that name, guarded for that reason.
    #[must_use]
    pub const fn new(attribute: &'static str, guard: Guard) -> Self {
        Self { attribute, guard }
    }
}
