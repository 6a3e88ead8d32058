//! What DynamoDB, or the way to it, answered instead of a success.

use core::fmt;

use super::{Error, InvalidRequest, Result};
use crate::codec::{ItemOwned, decode_item_response};
use crate::exec::{BoxFuture, Failure, Operation, Request, ServiceFailure};
use crate::request::FrozenTransaction;
use crate::{Entity, Item, Key, ReadsItems};

/// A write whose condition was not met, with the item that is stored.
pub struct ConditionFailed {
    pub(crate) entity: &'static str,
    pub(crate) operation: Operation,
    pub(crate) item: Option<bytes::Bytes>,
    /// The write was for one version of the item.
    pub(crate) of_version: bool,
}

/// An error that DynamoDB answered with.
#[derive(Clone)]
pub struct Refusal {
    pub(crate) operation: Operation,
    pub(crate) table: Box<str>,
    pub(crate) failure: Box<ServiceFailure>,
}

/// A call that was not answered soundly.
pub struct CallFailure {
    pub(crate) operation: Operation,
    pub(crate) table: Box<str>,
    pub(crate) failure: Box<Failure>,
    pub(crate) transaction: Option<FrozenTransaction>,
    /// The write of one item whose outcome is unknown.
    pub(crate) write: Option<Request>,
}

impl ConditionFailed {
    /// The item that is stored under the key, or `None` if there is none.
    ///
    /// # Errors
    /// If the stored item does not fit `T`.
    pub fn stored<T: ItemOwned>(&self) -> Result<Option<T>> {
        let Some(body) = &self.item else { return Ok(None) };
        decode_item_response(body, "Item")
            .map(|(item, _)| item)
            .map_err(|error| Error::Decode(error.of_entity(self.entity)))
    }

    /// The entity that was to be written.
    #[must_use]
    pub const fn entity(&self) -> &'static str {
        self.entity
    }
}

impl Refusal {
    /// DynamoDB's code, such as `ValidationException`.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.failure.code
    }

    /// DynamoDB's message, in which it may repeat what the request said.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.failure.message
    }

    /// AWS's id of the request, to quote to its support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.failure.request_id.as_deref()
    }

    /// The table's full name.
    #[must_use]
    pub fn table(&self) -> &str {
        &self.table
    }
}

impl CallFailure {
    pub(crate) fn new(operation: Operation, table: &str, failure: Failure) -> Self {
        Self { operation, table: table.into(), failure: Box::new(failure), transaction: None, write: None }
    }

    /// What the executor said.
    #[must_use]
    pub fn failure(&self) -> &Failure {
        &self.failure
    }

    /// The table's full name, or those of all tables of a transaction.
    #[must_use]
    pub fn table(&self) -> &str {
        &self.table
    }

    /// The transaction whose outcome is unknown, with its client token: sent again within 10 minutes, it is applied if it was
    /// not, and tells.
    #[must_use]
    pub const fn transaction(&self) -> Option<&FrozenTransaction> {
        self.transaction.as_ref()
    }

    /// Reads the item that a write was for, to find out whether it was applied: what is stored now, consistently, or `None`
    /// if there is nothing.
    ///
    /// What is found tells as much as the item does: an attribute that only this write can have set proves that it was
    /// applied. That nothing is found does not prove that it never will be, because the request may still be on its way.
    ///
    /// ```
    /// # use tablewright::prelude::*;
    /// # use tablewright::Error;
    /// # #[derive(DynamoTable)]
    /// # #[dynamo(table = "orders")]
    /// # struct Order { #[dynamo(partition_key)] id: u64, placed_by: String }
    /// # async fn example(db: &Dynamo, order: &Order) -> Result<(), Error> {
    /// match db.create(order).await {
    ///     Err(Error::OutcomeUnknown(call)) => match call.stored::<Order>(db).await? {
    ///         Some(stored) if stored.placed_by == order.placed_by => println!("placed after all"),
    ///         Some(_) => println!("someone else has placed it"),
    ///         None => println!("not placed so far"),
    ///     },
    ///     other => other?,
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// If the call was not the write of one item of `E`, and whatever reading it reports.
    pub fn stored<E: Entity + ItemOwned + Send + 'static>(
        &self,
        db: &impl ReadsItems<E>,
    ) -> BoxFuture<'static, Result<Option<E>>> {
        let (key, db) = (self.key_of_write(), db.__dynamo().clone());
        Box::pin(async move { db.get(key?).consistent().await })
    }

    fn key_of_write<E: Entity>(&self) -> Result<Key<E>> {
        let Some(write) = &self.write else {
            let reason = "only the write of one item tells which item to read".into();
            return Err(InvalidRequest::Setting { reason }.into());
        };
        let member = if write.operation == Operation::PutItem { "Item" } else { "Key" };
        let (attributes, _) = decode_item_response::<Item>(&write.body, member)?;
        Ok(Key::of_attributes(&attributes.unwrap_or_default()))
    }
}

impl fmt::Debug for ConditionFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConditionFailed")
            .field("entity", &self.entity)
            .field("operation", &self.operation)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Debug for CallFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} on table `{}`: {}", self.operation, self.table, self.failure.code)?;
        if let Some(id) = &self.failure.request_id {
            write!(f, " (request {id})")?;
        }
        Ok(())
    }
}

impl fmt::Display for CallFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} on table `{}`: {}", self.operation, self.table, self.failure)?;
        let mut source = core::error::Error::source(&*self.failure);
        while let Some(error) = source {
            // A cause may have several lines, and a message has one.
            let text = error.to_string();
            let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            write!(f, ": {}", lines.join("; "))?;
            source = error.source();
        }
        Ok(())
    }
}

impl ConditionFailed {
    pub(super) fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the condition of {} on `{}` was not met; nothing was written", self.operation, self.entity)?;
        f.write_str(match self.operation {
            _ if self.of_version => {
                ": the stored item may have another version than the one that was read, or be there, or be gone \
                 (`ConditionFailed::stored`); read it again and decide again"
            }
            Operation::PutItem => ": if this was `create`, an item with this key is there already",
            Operation::UpdateItem => {
                ": without a condition of its own, `update` needs the item to exist (see `upsert`)"
            }
            _ => "",
        })
    }
}
