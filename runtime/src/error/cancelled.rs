//! Why a transaction was cancelled, for each of its actions.

use core::fmt;

use super::{Error, Result};
use crate::codec::{Cursor, ItemOwned, error_shape};
use crate::exec::{Operation, ServiceFailure};
use crate::request::PartName;

/// A transaction that was cancelled: nothing of it was written, or read.
pub struct Cancelled {
    operation: Operation,
    actions: usize,
    reasons: Vec<CancellationReason>,
    request_id: Option<Box<str>>,
}

/// Why one action of a transaction cancelled it.
pub struct CancellationReason {
    index: usize,
    name: Option<PartName>,
    code: Box<str>,
    message: Box<str>,
    item: Option<Box<str>>,
}

impl Cancelled {
    pub(crate) fn new(operation: Operation, failure: &ServiceFailure, names: &[PartName]) -> Self {
        let shape = error_shape(&failure.body);
        let is_own = |place: usize| names.get(place).is_none_or(|name| name.unique.is_none());
        let actions = (0..shape.reasons.len()).filter(|place| is_own(*place)).count();
        let reasons = shape.reasons.into_iter().enumerate().map(|(place, reason)| CancellationReason {
            // What takes unique values for an action comes after it, and counts as a part of it.
            index: (0..=place).filter(|place| is_own(*place)).count().saturating_sub(1),
            name: names.get(place).copied(),
            code: reason.code.unwrap_or_default().into(),
            message: reason.message.unwrap_or_default().into(),
            item: reason.item.map(Box::from),
        });
        let reasons = reasons.filter(|reason| !matches!(&*reason.code, "" | "None")).collect();
        Self { operation, actions, reasons, request_id: failure.request_id.clone() }
    }

    /// The reasons, in the order of the actions. Actions that had nothing against the transaction are left out.
    #[must_use]
    pub fn reasons(&self) -> &[CancellationReason] {
        &self.reasons
    }

    /// Why the action at this place cancelled the transaction, counted from 0; `None` if it did not.
    #[must_use]
    pub fn reason(&self, index: usize) -> Option<&CancellationReason> {
        self.reasons.iter().find(|reason| reason.index == index)
    }

    /// True if conditions that were not met are the only reasons.
    #[must_use]
    pub fn is_condition_failed(&self) -> bool {
        !self.reasons.is_empty() && self.reasons.iter().all(CancellationReason::is_condition_failed)
    }

    /// True if conflicts with other transactions, or writes, of the same items are the only reasons. It was tried again as
    /// often as the retry policy says.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        !self.reasons.is_empty() && self.reasons.iter().all(|reason| &*reason.code == "TransactionConflict")
    }

    /// AWS's id of the request, to quote to its support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    pub(super) fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nothing = if self.operation.is_read() { "nothing was read" } else { "nothing was written" };
        write!(f, "the transaction was cancelled and {nothing}")?;
        for (place, reason) in self.reasons.iter().enumerate() {
            f.write_str(if place == 0 { ": " } else { "; " })?;
            write!(f, "action {} of {}", reason.index + 1, self.actions)?;
            if let Some(PartName { verb, entity, unique: None }) = reason.name {
                write!(f, ", `{verb}` of `{entity}`,")?;
            }
            write!(f, " {}", reason.in_words())?;
        }
        Ok(())
    }
}

impl CancellationReason {
    /// The place of the action in the transaction, from 0.
    #[must_use]
    pub const fn index(&self) -> usize {
        self.index
    }

    /// The entity of the action; `None` if the request was sent raw.
    #[must_use]
    pub fn entity(&self) -> Option<&'static str> {
        self.name.map(|name| name.entity)
    }

    /// The unique attribute whose value another item has, if that is the reason.
    #[must_use]
    pub fn unique_attribute(&self) -> Option<&'static str> {
        self.name.and_then(|name| name.unique)
    }

    /// True if another item has the value of a unique attribute.
    pub(crate) fn is_taken(&self) -> bool {
        self.is_condition_failed() && self.name.is_some_and(|name| name.unique.is_some() && name.verb == "put")
    }

    /// The stored item, as JSON.
    pub(crate) fn stored_json(&self) -> Option<&str> {
        self.item.as_deref()
    }

    /// DynamoDB's code, such as `ConditionalCheckFailed` or `TransactionConflict`.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// DynamoDB's message, in which it may repeat what the request said.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// True if the action's condition was not met.
    #[must_use]
    pub fn is_condition_failed(&self) -> bool {
        &*self.code == "ConditionalCheckFailed"
    }

    /// The item that is stored under the key of an action whose condition was not met, or `None` if there is none.
    ///
    /// # Errors
    /// If the stored item does not fit `T`.
    pub fn stored_as<T: ItemOwned>(&self) -> Result<Option<T>> {
        let Some(json) = &self.item else { return Ok(None) };
        let item = T::decode_item(&mut Cursor::over(json));
        item.map(Some).map_err(|error| Error::Decode(error.of_entity(self.entity().unwrap_or("an item"))))
    }

    /// What happened, for a message; DynamoDB's own may quote values.
    fn in_words(&self) -> String {
        if let ("ConditionalCheckFailed", Some(PartName { entity, unique: Some(attribute), .. })) =
            (&*self.code, self.name)
        {
            return format!("of `{entity}` needs a value of `{attribute}` that belongs to another item");
        }
        match (&*self.code, self.name.map_or("", |name| name.verb)) {
            ("ConditionalCheckFailed", "create") if self.item.is_some() => {
                "did not meet its condition: an item with this key is there already".to_owned()
            }
            ("ConditionalCheckFailed", "update") if self.item.is_none() => {
                "did not meet its condition: there is no item with this key".to_owned()
            }
            ("ConditionalCheckFailed", _) => "did not meet its condition".to_owned(),
            ("TransactionConflict", _) => "met another write of the same item, each time it was tried".to_owned(),
            (code, _) => format!("was refused: {code}"),
        }
    }
}

impl fmt::Debug for Cancelled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cancelled").field("reasons", &self.reasons).finish_non_exhaustive()
    }
}

impl fmt::Debug for CancellationReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CancellationReason")
            .field("index", &self.index)
            .field("entity", &self.entity())
            .field("code", &self.code)
            .finish_non_exhaustive()
    }
}
