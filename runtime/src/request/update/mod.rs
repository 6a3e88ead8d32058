//! `update` and `upsert`.

mod actions;
mod index_keys;
mod set;
mod shape;

pub use set::{SetPath, ValueOf};

use core::marker::PhantomData;
use std::sync::Arc;

use super::body::Body;
use super::write::{Conditions, NewItem, Nothing, OldItem, Returning, UpdatedNew, UpdatedOld, finish, sent_by_await};
use crate::codec::{ItemOwned, Stamp};
use crate::entity::{Entity, check_unit_of};
use crate::error::InvalidRequest;
use crate::exec::{Operation, Request};
use crate::expr::{Action, InCondition, IntoCondition, Node, SetValue, Substitutions, Updates, encoded};
use crate::key::Key;
use crate::{Dynamo, Error, Result};

/// A change of one item: [`Dynamo::update`] or [`Dynamo::upsert`].
///
/// Each action takes a closure that says which attribute; all actions apply together or not at all.
#[must_use = "a request does nothing until it is awaited"]
pub struct Update<E, R = Nothing> {
    pub(in crate::request) db: Dynamo,
    pub(in crate::request) table: Arc<str>,
    key: Key<E>,
    updates: Updates,
    conditions: Conditions<E>,
    pub(in crate::request) creating: bool,
    marker: PhantomData<fn() -> R>,
}

impl<E: Entity> Update<E> {
    pub(super) fn present(db: Dynamo, key: Key<E>) -> Self {
        let present = Conditions::present(&db);
        Self::new(db, key, present, false)
    }

    pub(super) fn upsert(db: Dynamo, key: Key<E>) -> Self {
        Self::new(db, key, Conditions::none(), true)
    }

    fn new(db: Dynamo, key: Key<E>, conditions: Conditions<E>, creating: bool) -> Self {
        let (table, updates) = (db.name_of(E::TABLE), Updates::default());
        Self { db, table, key, updates, conditions, creating, marker: PhantomData }
    }

    /// Gives back the item as it was before, or `None` if there was none.
    pub fn returning_old(self) -> Update<E, OldItem>
    where
        E: ItemOwned,
    {
        self.returning()
    }

    /// Gives back the item as it is now.
    pub fn returning_new(self) -> Update<E, NewItem>
    where
        E: ItemOwned,
    {
        self.returning()
    }

    /// Gives back the changed attributes as they were before.
    pub fn returning_updated_old(self) -> Update<E, UpdatedOld> {
        self.returning()
    }

    /// Gives back the changed attributes as they are now.
    pub fn returning_updated_new(self) -> Update<E, UpdatedNew> {
        self.returning()
    }

    fn returning<R>(self) -> Update<E, R> {
        let Self { db, table, key, updates, conditions, creating, marker: _ } = self;
        Update { db, table, key, updates, conditions, creating, marker: PhantomData }
    }
}

impl<E: Entity, R> Update<E, R> {
    /// Changes the item only if it meets this condition as well; several conditions must all be met.
    pub fn condition<C: IntoCondition<E>>(mut self, condition: impl FnOnce(E::Paths<InCondition>) -> C) -> Self {
        self.conditions.add(condition(E::paths()).into_condition().expr);
        self
    }

    /// The request without what is to be given back.
    pub(in crate::request) fn members(&self) -> Result<Body> {
        if self.updates.is_empty() && !self.creating {
            return Err(InvalidRequest::EmptyUpdate { entity: E::NAME }.into());
        }
        let mut updates = self.stamped();
        let shape = index_keys::Whose::of::<E>().shape(&mut updates);
        check_ttl::<E>(&updates)?;
        let mut body = Body::new(&self.table, 256);
        let mut substitutions = Substitutions::default();
        body.json("Key", self.key.json()?);
        if !updates.is_empty() {
            let expression = substitutions.update(&updates).map_err(|error| error.of_entity(E::NAME))?;
            body.text("UpdateExpression", &expression);
        }
        self.conditions.members_and(&shape, body, substitutions)
    }

    /// The same for a transaction, where an update without any action is no request.
    pub(in crate::request) fn members_with_an_action(&self) -> Result<Body> {
        if self.updates.is_empty() && E::stamps().is_empty() {
            return Err(InvalidRequest::EmptyUpdate { entity: E::NAME }.into());
        }
        self.members()
    }

    /// The actions, with the time stamps that every update sets unless it names them itself.
    fn stamped(&self) -> Updates {
        let mut updates = self.updates.clone();
        if self.creating {
            let whose = index_keys::Whose::of::<E>();
            whose.set_tag(&mut updates);
            whose.set_constant(&mut updates, self.key.json());
        }
        let now = self.db.now();
        for stamp in E::stamps() {
            if updates.names(stamp.attribute) {
                continue;
            }
            let node = Node::attribute(stamp.attribute);
            let value = encoded(&node, |out| (stamp.encode)(now, out));
            match stamp.stamp {
                Stamp::Updated => updates.push(node, Action::Set(SetValue::Value(value))),
                Stamp::Created if self.creating => updates.push(node, Action::Set(SetValue::IfNotExists(value))),
                Stamp::Created => {}
            }
        }
        updates
    }
}

/// Refuses a time to live that is not in seconds.
fn check_ttl<E: Entity>(updates: &Updates) -> Result<()> {
    let Some(attribute) = E::TABLE.ttl else { return Ok(()) };
    let mut values = updates.values_of(attribute);
    values
        .try_for_each(|value| check_unit_of(value, attribute))
        .map_err(|error| Error::Encode(error.of_entity(E::NAME)))
}

impl<E: Entity, R: Returning<E>> Update<E, R> {
    /// The request that would be sent.
    ///
    /// # Errors
    /// If there is no action, two actions overlap, a value cannot be stored, or the request is over a limit.
    pub fn preview(&self) -> Result<Request> {
        finish::<E, R>(self.members()?, Operation::UpdateItem, &self.table)
    }
}

sent_by_await!(Update);
