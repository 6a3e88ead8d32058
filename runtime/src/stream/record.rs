//! Records: one change of one item.

use core::fmt;
use std::time::SystemTime;

use super::raw::RawRecord;
use super::{RecordError, SequenceNumber, Streamed};
use crate::entity::Entity;
use crate::{Item, Key};

/// One change of one item of a table, as its stream tells it.
///
/// `T` is the type of the table's items: a struct, or an enum of several entities.
///
/// `Debug` shows what identifies the record and never a value of the item.
#[non_exhaustive]
pub struct StreamRecord<T: Streamed> {
    /// The record's id, unique among all records. It is empty where the source has none.
    pub event_id: Box<str>,
    /// The record's place among the changes of its item.
    pub sequence_number: SequenceNumber,
    /// What happened to the item.
    pub change: Change<T>,
    /// The attributes of the item's primary key.
    pub keys: Item,
    /// When the change was made, within a second. `None` where the record does not say so in a form that is known.
    pub created_at: Option<SystemTime>,
    /// Who made the change, where it was not a caller of the table: DynamoDB itself, after an item's time to live.
    pub user_identity: Option<UserIdentity>,
    /// The region of the stream.
    pub region: Option<Box<str>>,
    /// The stream's ARN. Records that are read from the stream itself do not have it.
    pub stream_arn: Option<Box<str>>,
    /// The size of the record in bytes, as the stream counts it.
    pub size_bytes: Option<u64>,
}

/// What happened to an item: the item before and after it, as far as the stream carries them.
///
/// ```
/// use tablewright::prelude::*;
/// use tablewright::stream::Change;
///
/// #[derive(DynamoTable)]
/// #[dynamo(table = "orders", stream = new_and_old_images)]
/// struct Order {
///     #[dynamo(partition_key)]
///     id: u64,
///     total: u64,
/// }
///
/// fn difference(change: &Change<Order>) -> i128 {
///     match change {
///         Change::Insert { new } => new.total.into(),
///         Change::Modify { old, new } => i128::from(new.total) - i128::from(old.total),
///         Change::Remove { old } => -i128::from(old.total),
///     }
/// }
/// ```
///
/// `Debug` shows which of the three it is and never a value of the item.
pub enum Change<T: Streamed> {
    /// The item was added.
    Insert {
        /// The item.
        new: T::New,
    },
    /// The item was changed, or replaced by another of the same key.
    Modify {
        /// The item as it was.
        old: T::Old,
        /// The item as it is now.
        new: T::New,
    },
    /// The item was deleted.
    Remove {
        /// The item as it was.
        old: T::Old,
    },
}

/// Who made a change that no caller of the table made.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UserIdentity {
    /// `Service` for DynamoDB itself.
    pub identity_type: Box<str>,
    /// `dynamodb.amazonaws.com` for DynamoDB itself.
    pub principal_id: Box<str>,
}

impl<T: Streamed> StreamRecord<T> {
    pub(super) fn read(raw: RawRecord<'_>) -> Result<Self, RecordError> {
        let (envelope, images) = raw.open(T::TABLE)?;
        let change = images.change::<T>().map_err(|problem| envelope.error(problem))?;
        Ok(Self {
            event_id: envelope.event_id,
            sequence_number: envelope.sequence_number,
            change,
            keys: envelope.keys,
            created_at: envelope.created_at,
            user_identity: envelope.user_identity,
            region: envelope.region,
            stream_arn: envelope.stream_arn,
            size_bytes: envelope.size_bytes,
        })
    }

    /// True if the item was deleted because its time to live was over.
    ///
    /// In a global table it is true in the region where the item expired; the others see an ordinary deletion.
    ///
    /// <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html>
    #[must_use]
    pub fn is_expiry(&self) -> bool {
        let by_dynamodb = |identity: &UserIdentity| {
            &*identity.identity_type == "Service" && &*identity.principal_id == "dynamodb.amazonaws.com"
        };
        matches!(self.change, Change::Remove { .. }) && self.user_identity.as_ref().is_some_and(by_dynamodb)
    }

    /// The primary key of the item, for calls on it. It is there whatever the stream carries.
    pub fn key(&self) -> Key<T>
    where
        T: Entity,
    {
        Key::of_attributes(&self.keys)
    }
}

impl<T: Streamed> Change<T> {
    /// The item as it is now; `None` if it was deleted.
    #[must_use]
    pub fn new_image(&self) -> Option<&T::New> {
        match self {
            Self::Insert { new } | Self::Modify { new, .. } => Some(new),
            Self::Remove { .. } => None,
        }
    }

    /// The item as it was; `None` if it was added.
    #[must_use]
    pub fn old_image(&self) -> Option<&T::Old> {
        match self {
            Self::Modify { old, .. } | Self::Remove { old } => Some(old),
            Self::Insert { .. } => None,
        }
    }

    /// The item as it is now; `None` if it was deleted.
    #[must_use]
    pub fn into_new_image(self) -> Option<T::New> {
        match self {
            Self::Insert { new } | Self::Modify { new, .. } => Some(new),
            Self::Remove { .. } => None,
        }
    }

    /// The item as it was; `None` if it was added.
    #[must_use]
    pub fn into_old_image(self) -> Option<T::Old> {
        match self {
            Self::Modify { old, .. } | Self::Remove { old } => Some(old),
            Self::Insert { .. } => None,
        }
    }

    /// DynamoDB's name of what happened.
    #[must_use]
    pub const fn event_name(&self) -> &'static str {
        match self {
            Self::Insert { .. } => "INSERT",
            Self::Modify { .. } => "MODIFY",
            Self::Remove { .. } => "REMOVE",
        }
    }
}

impl<T: Streamed> Clone for StreamRecord<T>
where
    T::New: Clone,
    T::Old: Clone,
{
    fn clone(&self) -> Self {
        Self {
            event_id: self.event_id.clone(),
            sequence_number: self.sequence_number.clone(),
            change: self.change.clone(),
            keys: self.keys.clone(),
            created_at: self.created_at,
            user_identity: self.user_identity.clone(),
            region: self.region.clone(),
            stream_arn: self.stream_arn.clone(),
            size_bytes: self.size_bytes,
        }
    }
}

impl<T: Streamed> Clone for Change<T>
where
    T::New: Clone,
    T::Old: Clone,
{
    fn clone(&self) -> Self {
        match self {
            Self::Insert { new } => Self::Insert { new: new.clone() },
            Self::Modify { old, new } => Self::Modify { old: old.clone(), new: new.clone() },
            Self::Remove { old } => Self::Remove { old: old.clone() },
        }
    }
}

impl<T: Streamed> PartialEq for Change<T>
where
    T::New: PartialEq,
    T::Old: PartialEq,
{
    fn eq(&self, other: &Self) -> bool {
        self.event_name() == other.event_name()
            && self.new_image() == other.new_image()
            && self.old_image() == other.old_image()
    }
}

impl<T: Streamed> fmt::Debug for StreamRecord<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamRecord")
            .field("event_id", &self.event_id)
            .field("sequence_number", &self.sequence_number)
            .field("change", &self.change)
            .finish_non_exhaustive()
    }
}

impl<T: Streamed> fmt::Debug for Change<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.event_name())
    }
}
