//! What the commands do.

mod rows;
mod show;
mod tables;
mod work;

use core::fmt;
use std::io;

use messaging::store::Refused;

pub(crate) use work::run;

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
        match error {
            tablewright::Error::TableNotFound(refusal) => Self::Failed(format!(
                "there is no table `{}`; `messaging schema-load` makes it, `setup` fills it too",
                refusal.table()
            )),
            error => Self::Failed(error.to_string()),
        }
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
