//! Writes of entities with unique attributes: one transaction of the item and of the items that reserve its values.
//!
//! A value is given up only by the item that has it, so the item as it is stored has to be known. It is read first, and the
//! transaction asks that its unique attributes are still what was read; if they are not, it is read again.

mod reservation;
mod stored;

use std::sync::Arc;

use bytes::Bytes;

use super::body::Body;
use super::conditions::write_conditions;
use super::transact::{Part, PartName, send_parts};
use super::update::Setting;
use crate::entity::check_not_reserved;
use crate::error::{CancellationReason, Cancelled, ConditionFailed, InvalidRequest};
use crate::exec::{Operation, Request};
use crate::expr::{Expr, Substitutions};
use crate::schema::{EntitySchema, TableSchema};
use crate::{Dynamo, Error, Item, Result};
pub(super) use reservation::entity_of;
use reservation::{Reservation, reservations};
pub(super) use stored::attributes;
use stored::{guard, read};

/// A write of one item whose unique attributes it may change.
pub(super) struct UniqueWrite {
    pub(super) db: Dynamo,
    pub(super) table: Arc<str>,
    pub(super) schema: &'static TableSchema,
    pub(super) entity: &'static EntitySchema,
    /// `create`, `put`, `update`, `upsert` or `delete`.
    pub(super) verb: &'static str,
    /// The primary key of the item, as JSON.
    pub(super) key: Box<str>,
    /// The members of the request up to its condition, and the names and values that they use.
    pub(super) members: Box<str>,
    pub(super) substitutions: Substitutions,
    pub(super) conditions: Vec<Expr>,
    pub(super) change: Change,
}

/// What a write makes of the unique attributes.
pub(super) enum Change {
    /// The item is this.
    Whole(Item),
    /// The attributes of these names are set or removed.
    Some(Vec<(&'static str, Setting)>),
    /// There is no item.
    Gone,
}

impl UniqueWrite {
    /// The write as the actions of a transaction, which is told what is stored: the item itself first.
    fn parts(&self, stored: Option<&Item>) -> Result<Vec<Part>> {
        check_not_reserved(&self.key, self.schema).map_err(|error| Error::Encode(error.of_entity(self.entity.name)))?;
        let creates = self.verb == "create";
        // Who creates an item asks that there is none, and needs no other guard.
        let guard = if creates { Vec::new() } else { guard(self.schema, self.entity, stored) };
        let conditions = self.conditions.iter().cloned().chain(guard).collect();
        let body = Body::of_members(&self.members);
        let body = write_conditions(body, self.substitutions.clone(), conditions, self.entity.name);
        let mut parts = vec![self.part(self.verb, None, body.and_then(Body::close)?)];
        let of = |item: &Item| reservations(self.schema, self.entity, item);
        let old = stored.map(of).transpose()?.unwrap_or_default();
        let new = self.change.after(stored).as_ref().map(of).transpose()?.unwrap_or_default();
        parts.extend(self.moves(&old, &new, (&self.key, &self.key))?);
        Ok(parts)
    }

    /// The actions that give up the old values that are not among the new ones, and take the new ones.
    ///
    /// A new value that is an old one is taken again, from the item that had it: it costs no more than a check, and an item
    /// that was written without Tablewright gets its reservations so.
    fn moves(&self, old: &[Reservation], new: &[Reservation], owners: (&str, &str)) -> Result<Vec<Part>> {
        let table = (self.schema, &self.table);
        let mut parts = Vec::with_capacity(old.len() + new.len());
        for reservation in old.iter().filter(|reservation| !new.contains(reservation)) {
            parts.push(self.part("delete", Some(reservation.attribute), reservation.give_up(table, owners.0)?));
        }
        for reservation in new {
            let taken_from = if old.contains(reservation) { owners.0 } else { owners.1 };
            parts.push(self.part("put", Some(reservation.attribute), reservation.take(table, taken_from, owners.1)?));
        }
        Ok(parts)
    }

    fn part(&self, verb: &'static str, unique: Option<&'static str>, body: Box<str>) -> Part {
        let name = PartName { verb, entity: self.entity.name, unique };
        Part::of(name, self.schema, self.db.clone(), Arc::clone(&self.table), Ok(body))
    }

    /// The actions for a transaction with others.
    ///
    /// # Errors
    /// If what is stored has to be known.
    pub(super) fn into_parts(self) -> Result<Vec<Part>> {
        if self.verb != "create" {
            let (verb, entity) = (self.verb, self.entity.name);
            return Err(InvalidRequest::UniqueUnknown { verb, entity }.into());
        }
        self.parts(None)
    }

    /// The actions of a write of a whole item in place of that one, which its conditions guard. Where that one has another key,
    /// it is deleted by an action of its own.
    pub(super) fn into_parts_from(self, old: &Item, old_key: &str) -> Result<Vec<Part>> {
        let of = |item: &Item| reservations(self.schema, self.entity, item);
        let new = self.change.after(None).as_ref().map(of).transpose()?.unwrap_or_default();
        let moves = self.moves(&of(old)?, &new, (old_key, &self.key))?;
        let body = write_conditions(
            Body::of_members(&self.members),
            self.substitutions.clone(),
            self.conditions.clone(),
            self.entity.name,
        );
        let main = self.part(self.verb, None, body.and_then(Body::close)?);
        Ok(core::iter::once(main).chain(moves).collect())
    }

    /// Sends the write, and reads what is stored again as long as it changes in between.
    pub(super) async fn send(self) -> Result<()> {
        let mut retries = self.db.begin(self.db.retry_policy());
        loop {
            let stored = if self.verb == "create" { None } else { read(&self).await? };
            let sent = send_parts(&self.db, self.parts(stored.as_ref())?).await;
            let error = match sent {
                Ok(()) => return Ok(()),
                Err(Error::Cancelled(cancelled)) => cancelled,
                Err(error) => return Err(error.of_write(self.main_request())),
            };
            match self.judge(error, stored.as_ref())? {
                Verdict::Final(error) => return Err(error),
                Verdict::Stale(error) => {
                    if !retries.pause().await {
                        return Err(error);
                    }
                }
            }
        }
    }

    /// What a cancellation means, whose reasons are of the item first, and then of the values.
    fn judge(&self, cancelled: Cancelled, stored: Option<&Item>) -> Result<Verdict> {
        let failed = |reason: &&CancellationReason| reason.is_condition_failed();
        let own = cancelled.reasons().iter().filter(failed).find(|reason| reason.unique_attribute().is_none());
        if let Some(reason) = own {
            let found: Option<Item> = reason.stored_as()?;
            let guarded = self.verb != "create";
            if guarded && stored::differ(self.entity, stored, found.as_ref()) {
                return Ok(Verdict::Stale(Error::Cancelled(cancelled)));
            }
            let operation = self.operation();
            let item = reason.stored_json().map(|json| Bytes::from(format!("{{\"Item\":{json}}}")));
            return Ok(Verdict::Final(Error::ConditionFailed(ConditionFailed {
                entity: self.entity.name,
                operation,
                item,
                of_version: self.entity.version.is_some(),
            })));
        }
        let taken = cancelled.reasons().iter().filter(failed).find(|reason| reason.is_taken());
        Ok(match taken.and_then(CancellationReason::unique_attribute) {
            Some(attribute) => Verdict::Final(Error::UniqueViolated { entity: self.entity.name, attribute }),
            // A value that is no longer the item's to give up: what is stored must have changed.
            None if cancelled.is_condition_failed() => Verdict::Stale(Error::Cancelled(cancelled)),
            None => Verdict::Final(Error::Cancelled(cancelled)),
        })
    }

    fn operation(&self) -> Operation {
        match self.verb {
            "create" | "put" => Operation::PutItem,
            "delete" => Operation::DeleteItem,
            _ => Operation::UpdateItem,
        }
    }

    /// The write of the item by itself, which tells which item to look at.
    pub(super) fn main_request(&self) -> Option<Request> {
        let body = Body::of_members(&self.members).close().ok()?;
        Some(Request { operation: self.operation(), table: Arc::clone(&self.table), body: String::from(body).into() })
    }
}

/// What to do after a cancellation.
enum Verdict {
    /// It would come again.
    Final(Error),
    /// What was read is no longer stored.
    Stale(Error),
}
