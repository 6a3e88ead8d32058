//! What a batch read gives.

use core::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;

use super::Used;
use super::fetch::RawAnswer;
use crate::codec::{ItemOwned, decode_unexpired_item};
use crate::entity::{Entity, Expiry};
use crate::error::Incomplete;
use crate::exec::Operation;
use crate::{Error, Result};

/// What became of one key of a batch read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Answer<T> {
    /// The item.
    Item(T),
    /// There is no item under the key.
    Absent,
    /// The key was not read: whether there is an item is not known.
    Unread,
}

/// The answers to one list of keys, or to several.
pub trait Answers: sealed::Sealed {
    /// The items in the places of their keys, `None` where there is no item.
    type Items;
    /// The items, if there is no key that was not read.
    #[doc(hidden)]
    fn into_items(self) -> Self::Items;
    /// How many keys were read, and how many were not.
    #[doc(hidden)]
    fn read_and_unread(&self) -> (u64, u64);
}

/// What `db.batch_get(…)` read: an answer for each key, in the order of the keys.
///
/// [`complete`](Self::complete) gives the items, or an error if there are keys that were not read. A program that can do
/// with some of the items takes [`into_answers`](Self::into_answers).
#[must_use = "some keys may not have been read: `complete()?` gives the items, or an error if so"]
pub struct BatchItems<A> {
    pub(super) answers: A,
    pub(super) tables: Arc<str>,
    pub(super) used: Used,
    pub(super) cause: Option<Error>,
}

impl<A: Answers> BatchItems<A> {
    /// The items in the places of their keys, and `None` where there is no item under a key.
    ///
    /// # Errors
    /// [`Error::Incomplete`] if keys were not read, because DynamoDB left them unprocessed, or did not answer, until the
    /// attempts or the time of the batch were used up.
    pub fn complete(self) -> Result<A::Items> {
        match self.answers.read_and_unread() {
            (_, 0) => Ok(self.answers.into_items()),
            (done, unprocessed) => Err(Error::Incomplete(Incomplete {
                operation: Operation::BatchGetItem,
                tables: (&*self.tables).into(),
                done,
                unprocessed,
                unknown: 0,
                cause: self.cause.map(Box::new),
            })),
        }
    }

    /// The answer to each key, in the order of the keys: an item, none, or that the key was not read.
    pub fn into_answers(self) -> A {
        self.answers
    }

    /// True if every key was read.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.unread() == 0
    }

    /// How many keys were not read. A key that was given several times counts as often.
    #[must_use]
    pub fn unread(&self) -> u64 {
        self.answers.read_and_unread().1
    }

    /// The error that left keys unread, if it was one.
    #[must_use]
    pub const fn cause(&self) -> Option<&Error> {
        self.cause.as_ref()
    }

    /// The read units that were used.
    #[must_use]
    pub const fn capacity_units(&self) -> f64 {
        self.used.units
    }

    /// How many calls were answered.
    #[must_use]
    pub const fn calls(&self) -> u64 {
        self.used.calls
    }
}

impl<T> Answers for Vec<Answer<T>> {
    type Items = Vec<Option<T>>;
    fn into_items(self) -> Vec<Option<T>> {
        let item = |answer| match answer {
            Answer::Item(item) => Some(item),
            Answer::Absent | Answer::Unread => None,
        };
        self.into_iter().map(item).collect()
    }
    fn read_and_unread(&self) -> (u64, u64) {
        let unread = self.iter().filter(|answer| matches!(answer, Answer::Unread)).count();
        ((self.len() - unread) as u64, unread as u64)
    }
}

macro_rules! of_tuples {
    ($(($($list:ident $place:tt),*))*) => {$(
        impl<$($list: Answers),*> Answers for ($($list,)*) {
            type Items = ($($list::Items,)*);
            fn into_items(self) -> Self::Items {
                ($(self.$place.into_items(),)*)
            }
            fn read_and_unread(&self) -> (u64, u64) {
                let mut sum = (0, 0);
                $(
                    let (read, unread) = self.$place.read_and_unread();
                    sum = (sum.0 + read, sum.1 + unread);
                )*
                sum
            }
        }
        impl<$($list: Answers),*> sealed::Sealed for ($($list,)*) {}
    )*};
}

of_tuples! {
    (A 0, B 1)
    (A 0, B 1, C 2)
    (A 0, B 1, C 2, D 3)
    (A 0, B 1, C 2, D 3, E 4)
    (A 0, B 1, C 2, D 3, E 4, F 5)
}

/// Reads the items of one list. One that has expired at that moment is not there.
pub(super) fn decode<E: Entity, T: ItemOwned>(
    answers: Vec<RawAnswer>,
    expired_at: Option<SystemTime>,
) -> Result<Vec<Answer<T>>> {
    let expiry = expired_at.and_then(|moment| Expiry::of(E::TABLE, moment));
    let item = |json: Bytes| match decode_unexpired_item(&json, expiry) {
        Ok(item) => Ok(item.map_or(Answer::Absent, Answer::Item)),
        Err(error) => Err(Error::Decode(error.of_entity(E::NAME))),
    };
    let answer = |answer| match answer {
        RawAnswer::Item(json) => item(json),
        RawAnswer::Absent => Ok(Answer::Absent),
        RawAnswer::Unread => Ok(Answer::Unread),
    };
    answers.into_iter().map(answer).collect()
}

mod sealed {
    pub trait Sealed {}
    impl<T> Sealed for Vec<super::Answer<T>> {}
}

impl<T> fmt::Debug for Answer<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Item(_) => "Item(..)",
            Self::Absent => "Absent",
            Self::Unread => "Unread",
        })
    }
}

impl<A: Answers> fmt::Debug for BatchItems<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (read, unread) = self.answers.read_and_unread();
        f.debug_struct("BatchItems")
            .field("tables", &self.tables)
            .field("read", &read)
            .field("unread", &unread)
            .field("used", &self.used)
            .field("cause", &self.cause)
            .finish()
    }
}
