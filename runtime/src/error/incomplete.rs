//! What a batch did not finish.

use core::fmt;

use super::Error;
use crate::exec::Operation;

/// A batch that was not finished: how much of it was, and why not the rest.
pub struct Incomplete {
    pub(crate) operation: Operation,
    pub(crate) tables: Box<str>,
    pub(crate) done: u64,
    pub(crate) unprocessed: u64,
    pub(crate) unknown: u64,
    pub(crate) cause: Option<Box<Error>>,
}

impl Incomplete {
    /// How many items were read, or written.
    #[must_use]
    pub const fn done(&self) -> u64 {
        self.done
    }

    /// How many items were certainly not read, or not written.
    #[must_use]
    pub const fn unprocessed(&self) -> u64 {
        self.unprocessed
    }

    /// How many items may or may not have been written. Of a read it is always 0.
    #[must_use]
    pub const fn unknown(&self) -> u64 {
        self.unknown
    }

    /// The error that ended it; none if DynamoDB only left items unprocessed until attempts or time were used up.
    #[must_use]
    pub fn cause(&self) -> Option<&Error> {
        self.cause.as_deref()
    }
}

impl fmt::Display for Incomplete {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, tables, done, unprocessed, unknown, cause } = self;
        let all = done + unprocessed + unknown;
        write!(f, "{operation} on table `{tables}` is incomplete: of {all} items {done} were ")?;
        match (operation.is_read(), unknown) {
            (true, _) => write!(f, "read and {unprocessed} were not, and reading these again is safe")?,
            (false, 0) => write!(f, "written and {unprocessed} were not")?,
            (false, _) => write!(f, "written, {unprocessed} were not, and {unknown} may or may not have been")?,
        }
        match cause {
            Some(cause) => write!(f, "; the cause: {cause}"),
            None => f.write_str("; DynamoDB left them unprocessed until the attempts or the time were used up"),
        }
    }
}

impl fmt::Debug for Incomplete {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
