//! What can be wrong with one record, and with a stream.

use core::fmt;

use super::sequence::SequenceNumber;
use crate::codec::DecodeError;
use crate::{Item, Refusal};

/// One record of a stream that could not be read. The other records of its batch are not concerned.
///
/// Neither `Display` nor `Debug` prints a value of the item.
#[derive(Clone, PartialEq)]
pub struct RecordError {
    pub(super) table: &'static str,
    pub(super) event_id: Box<str>,
    pub(super) sequence_number: Option<Box<str>>,
    pub(super) keys: Option<Item>,
    pub(super) problem: RecordProblem,
}

/// What is wrong with a stream, or with what should be a batch of it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum StreamError {
    /// The bytes are not the event of a stream. None of its records was handled.
    Event(DecodeError),
    /// The live table has no stream.
    NoStream {
        /// The table's full name.
        table: Box<str>,
    },
    /// The stream, or a shard of it, is not there any more.
    NotFound(Refusal),
    /// The stream was switched off, and everything in it was handled.
    Disabled {
        /// The table's full name.
        table: Box<str>,
    },
    /// Records that were not handled are older than 24 hours, and gone.
    Trimmed {
        /// The table's full name.
        table: Box<str>,
        /// The shard that held them.
        shard: Box<str>,
        /// The last record of it that was handled, if that is known.
        after: Option<SequenceNumber>,
    },
    /// The stream's iterators expire as soon as they are made.
    Unstable {
        /// The table's full name.
        table: Box<str>,
    },
}

/// What is wrong with a record.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RecordProblem {
    /// The record lacks what every record of a stream has.
    Missing {
        /// The member.
        member: &'static str,
    },
    /// The sequence number is not 1 to 40 digits.
    SequenceNumber,
    /// The event is none of `INSERT`, `MODIFY` and `REMOVE`.
    UnknownEvent {
        /// What it says instead.
        name: Box<str>,
    },
    /// The record lacks an image that the type says the stream carries.
    NoImage {
        /// `NewImage` or `OldImage`.
        image: &'static str,
        /// The stream view type, as the record tells it.
        carried: Option<Box<str>>,
    },
    /// The keys or an image are not the type's: another entity, another version of it, or an item of another program.
    Image {
        /// `Keys`, `NewImage` or `OldImage`.
        image: &'static str,
        /// What is wrong with it.
        error: DecodeError,
    },
}

impl RecordError {
    /// The record's id; empty where it has none.
    #[must_use]
    pub fn event_id(&self) -> &str {
        &self.event_id
    }

    /// The record's sequence number as it came.
    #[must_use]
    pub fn sequence_number(&self) -> Option<&str> {
        self.sequence_number.as_deref()
    }

    /// The attributes of the item's primary key, where they could be read.
    #[must_use]
    pub fn keys(&self) -> Option<&Item> {
        self.keys.as_ref()
    }

    /// What is wrong.
    #[must_use]
    pub fn problem(&self) -> &RecordProblem {
        &self.problem
    }
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a record of the stream of table `{}`", self.table)?;
        if let Some(number) = &self.sequence_number {
            write!(f, " (sequence number {number})")?;
        }
        f.write_str(" cannot be read: ")?;
        fmt::Display::fmt(&self.problem, f)
    }
}

impl fmt::Display for RecordProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { member } => write!(f, "it has no `{member}`, so it is not a record of DynamoDB Streams"),
            Self::SequenceNumber => f.write_str("its `SequenceNumber` is not 1 to 40 digits"),
            Self::UnknownEvent { name } => write!(f, "its event `{name}` is none of INSERT, MODIFY and REMOVE"),
            Self::NoImage { image, carried } => {
                write!(f, "it has no `{image}`")?;
                if let Some(carried) = carried {
                    write!(f, ", because the stream carries {carried}")?;
                }
                f.write_str("; let the stream of the live table be as `stream = …` above the table's type says")
            }
            Self::Image { image, error } => write!(f, "`{image}`: {error}"),
        }
    }
}

impl fmt::Debug for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordError")
            .field("table", &self.table)
            .field("event_id", &self.event_id)
            .field("sequence_number", &self.sequence_number)
            .field("problem", &self.problem)
            .finish_non_exhaustive()
    }
}

impl core::error::Error for RecordError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match &self.problem {
            RecordProblem::Image { error, .. } => Some(error),
            _ => None,
        }
    }
}

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Event(error) => {
                write!(f, "this is not the event of a DynamoDB stream, and nothing of it was handled: {error}")
            }
            Self::NoStream { table } => write!(
                f,
                "table `{table}` has no stream: switch it on as `stream = …` above the table's type says, with the \
                 generated Terraform for example"
            ),
            Self::NotFound(refusal) => write!(
                f,
                "{refusal}: the stream or the shard is not there any more; open the reader again, and check the region and \
                 the endpoint"
            ),
            Self::Disabled { table } => write!(
                f,
                "the stream of table `{table}` was switched off, and everything in it was handled; a stream that is \
                 switched on again is another one: open a new reader for it"
            ),
            Self::Trimmed { table, shard, after } => {
                write!(f, "records of the stream of table `{table}` were not handled within 24 hours and are gone: ")?;
                match after {
                    Some(number) => write!(f, "shard `{shard}`, after sequence number {number}")?,
                    None => write!(f, "shard `{shard}`")?,
                }
                f.write_str("; mend what depends on them, and go on without them with `skip_trimmed`")
            }
            Self::Unstable { table } => write!(
                f,
                "the iterators of the stream of table `{table}` expire as soon as they are made; check the endpoint, and try \
                 again later"
            ),
        }
    }
}

impl core::error::Error for StreamError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Event(error) => Some(error),
            _ => None,
        }
    }
}
