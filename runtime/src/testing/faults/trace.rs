//! What happened to the requests, for a message that can be read and compared.

use core::fmt;
use core::time::Duration;

use super::fault::Fault;
use crate::Operation;

/// What happened to the requests, in order. It holds no value of an item.
///
/// Two runs with the same seed under Tokio's paused clock have equal traces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    pub(super) seed: Option<u64>,
    pub(super) events: Vec<Event>,
}

/// One thing that happened to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event {
    /// The time since the first request, in the time of the Tokio runtime.
    pub at: Duration,
    /// The request, counted from 1.
    pub request: u32,
    /// What happened.
    pub happening: Happening,
}

/// What can happen to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Happening {
    /// It arrived, and this fault was chosen for it.
    Arrived {
        /// The operation.
        operation: Operation,
        /// The full names of the tables, with commas between them.
        tables: Box<str>,
        /// The fault.
        fault: Fault,
    },
    /// It was applied, or refused with this code.
    Applied(Option<Box<str>>),
    /// The caller has its answer or its failure.
    Ended,
    /// The caller dropped it before the end.
    Dropped,
}

impl Trace {
    /// What happened, oldest first.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The seed, if the faults are random.
    #[must_use]
    pub const fn seed(&self) -> Option<u64> {
        self.seed
    }

    /// How many requests arrived.
    #[must_use]
    pub fn requests(&self) -> usize {
        self.faults().count()
    }

    /// The fault of each request, in order; [`Fault::None`] for one that went through.
    pub fn faults(&self) -> impl Iterator<Item = Fault> {
        self.events.iter().filter_map(|event| match &event.happening {
            Happening::Arrived { fault, .. } => Some(*fault),
            _ => None,
        })
    }
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(seed) = self.seed {
            write!(f, "seed {seed}, ")?;
        }
        let faults = self.faults().filter(|fault| *fault != Fault::None).count();
        writeln!(f, "{} requests, {faults} with a fault", self.requests())?;
        self.events.iter().try_for_each(|event| writeln!(f, "{event}"))
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>7} ms  #{:<3} ", self.at.as_millis(), self.request)?;
        match &self.happening {
            Happening::Arrived { operation, tables, fault: Fault::None } => write!(f, "{operation} {tables}"),
            Happening::Arrived { operation, tables, fault } => write!(f, "{operation} {tables}: {fault}"),
            Happening::Applied(None) => f.write_str("applied"),
            Happening::Applied(Some(code)) => write!(f, "refused by the table: {code}"),
            Happening::Ended => f.write_str("ended"),
            Happening::Dropped => f.write_str("dropped by the caller"),
        }
    }
}
