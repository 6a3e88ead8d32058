//! The JSON of a request.

use std::sync::Arc;

use crate::codec::{EncodeError, Encoder, ToItem, Writing};
use crate::entity::{Entity, check_not_reserved, check_unit};
use crate::error::InvalidRequest;
use crate::exec::{Operation, Request};
use crate::expr::Substitutions;
use crate::{Error, Result, limit};

/// The body of a request while it is written: members in the order that they are added.
pub(super) struct Body {
    out: Encoder,
}

impl Body {
    /// A body that begins with the table's name.
    pub(super) fn new(table: &str, capacity: usize) -> Self {
        let mut out = Encoder::with_capacity(capacity + 192);
        out.raw("{\"TableName\":\"");
        out.text(table);
        out.raw("\"");
        Self { out }
    }

    /// A body that begins with this member, whose value is JSON already.
    pub(super) fn of_first(name: &str, json: &str) -> Self {
        let mut out = Encoder::with_capacity(json.len() + 192);
        out.raw("{\"");
        out.raw(name);
        out.raw("\":");
        out.raw(json);
        Self { out }
    }

    /// A member whose value is JSON already.
    pub(super) fn json(&mut self, name: &str, json: &str) {
        self.out.raw(",\"");
        self.out.raw(name);
        self.out.raw("\":");
        self.out.raw(json);
    }

    /// A member whose value is text.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        self.out.raw(",\"");
        self.out.raw(name);
        self.out.raw("\":\"");
        self.out.text(text);
        self.out.raw("\"");
    }

    /// A body that goes on from the members of another.
    pub(super) fn of_members(members: &str) -> Self {
        let mut out = Encoder::with_capacity(members.len() + 256);
        out.raw(members);
        Self { out }
    }

    /// The members so far, without the closing brace.
    pub(super) fn into_members(self) -> Box<str> {
        self.out.finish().map(crate::key::into_text).unwrap_or_default()
    }

    /// The bytes so far.
    pub(super) fn written(&self) -> &[u8] {
        self.out.written()
    }

    /// The names and values of the expressions.
    pub(super) fn substitutions(&mut self, substitutions: &Substitutions) -> Result<()> {
        substitutions.write(&mut self.out)
    }

    /// The members as an object of their own: an action of a transaction.
    pub(super) fn close(mut self) -> Result<Box<str>> {
        self.out.raw("}");
        self.out.finish().map(crate::key::into_text).map_err(Error::Encode)
    }

    /// The finished request. The capacity that the call uses is always asked for.
    pub(super) fn finish(mut self, operation: Operation, table: &Arc<str>) -> Result<Request> {
        self.text("ReturnConsumedCapacity", "TOTAL");
        self.out.raw("}");
        let body = self.out.finish().map_err(Error::Encode)?;
        Ok(Request { operation, table: Arc::clone(table), body: body.into() })
    }
}

/// The JSON of an entity's item as it is written through a handle, no larger than DynamoDB takes, with an expiry in seconds if
/// there is one, and with a key of its own; and what became of the writing.
pub(super) fn entity_json<E: Entity>(item: &E, writing: Writing) -> Result<(Box<str>, Option<Writing>)> {
    let mut writing = Some(writing);
    let json = attributes_json(item, E::NAME, &mut writing).map_err(Error::Encode)?;
    check_size(json.as_bytes(), E::NAME)?;
    let expiry = E::TABLE.ttl.map_or(Ok(()), |attribute| check_unit(&json, attribute));
    let checked = expiry.and_then(|()| check_not_reserved(&json, E::TABLE));
    checked.map_err(|error| Error::Encode(error.of_entity(E::NAME)))?;
    Ok((json, writing))
}

/// The JSON of an item as it is, no larger than DynamoDB takes.
pub(super) fn item_json<T: ToItem>(item: &T, entity: &'static str) -> Result<Box<str>> {
    let json = attributes_json(item, entity, &mut None).map_err(Error::Encode)?;
    check_size(json.as_bytes(), entity)?;
    Ok(json)
}

/// The JSON of an item of any size.
pub(super) fn attributes_json<T: ToItem>(
    item: &T,
    entity: &'static str,
    writing: &mut Option<Writing>,
) -> core::result::Result<Box<str>, EncodeError> {
    let mut out = Encoder::with_capacity(256);
    out.begin(writing.take());
    out.item(item);
    *writing = out.end();
    out.finish().map(crate::key::into_text).map_err(|error| error.of_entity(entity))
}

/// Refuses an item over 400 KB. An item is never larger than its JSON, so most need no second look.
fn check_size(json: &[u8], entity: &'static str) -> Result<()> {
    if json.len() <= limit::ITEM_BYTES {
        return Ok(());
    }
    let bytes = crate::codec::item_size(json);
    if bytes <= limit::ITEM_BYTES {
        return Ok(());
    }
    let largest = crate::codec::largest_attribute(json);
    Err(InvalidRequest::ItemTooLarge { entity, bytes, largest }.into())
}
