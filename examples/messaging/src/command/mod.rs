//! What the commands do.

mod show;
mod work;

use core::fmt;
use std::io;

use clap::ValueEnum;
use messaging::store::{Refused, Store};
use tablewright::Dynamo;

pub(crate) use work::run;

/// How the items are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Model {
    /// Keys that never change, and an index for what changes.
    Stable,
    /// The keys of the existing table, where a conversation's row moves with each message.
    Original,
}

/// Why a command ends before its time.
pub(crate) enum Stop {
    /// It was not asked for rightly. Nothing was done.
    Usage(String),
    /// It was, and did not succeed.
    Failed(String),
}

impl From<Refused> for Stop {
    fn from(refused: Refused) -> Self {
        Self::Usage(refused.to_string())
    }
}

impl From<tablewright::Error> for Stop {
    fn from(error: tablewright::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Failed(format!("the output cannot be written: {error}"))
    }
}

impl Stop {
    fn usage(reason: impl fmt::Display) -> Self {
        Self::Usage(reason.to_string())
    }
}
