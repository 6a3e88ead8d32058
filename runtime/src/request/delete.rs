//! `delete`.

use core::marker::PhantomData;
use std::sync::Arc;

use super::body::Body;
use super::write::{Conditions, Nothing, OldItem, Returning, finish, sent_by_await};
use crate::codec::ItemOwned;
use crate::entity::Entity;
use crate::exec::{Operation, Request};
use crate::expr::{InCondition, IntoCondition, Substitutions};
use crate::key::Key;
use crate::{Dynamo, Result};

/// A deletion of one item: [`Dynamo::delete`].
#[must_use = "a request does nothing until it is awaited"]
pub struct Delete<E, R = Nothing> {
    pub(super) db: Dynamo,
    pub(super) table: Arc<str>,
    key: Key<E>,
    conditions: Conditions<E>,
    marker: PhantomData<fn() -> R>,
}

impl<E: Entity> Delete<E> {
    pub(super) fn new(db: Dynamo, key: Key<E>) -> Self {
        Self { table: db.name_of(E::TABLE), db, key, conditions: Conditions::none(), marker: PhantomData }
    }

    /// Deletes only an item that is there.
    pub(super) fn present(mut self) -> Self {
        self.conditions = Conditions::present(&self.db);
        self
    }

    /// Deletes only if the stored item is still this one.
    pub(super) fn unchanged(mut self, item: &E) -> Self
    where
        E: ItemOwned,
    {
        self.conditions.add_unchanged(item);
        self
    }

    /// Gives back the item that was deleted.
    pub fn returning_old(self) -> Delete<E, OldItem>
    where
        E: ItemOwned,
    {
        Delete { db: self.db, table: self.table, key: self.key, conditions: self.conditions, marker: PhantomData }
    }
}

impl<E: Entity, R> Delete<E, R> {
    /// Deletes only if the stored item meets this condition; several conditions must all be met.
    pub fn condition<C: IntoCondition<E>>(mut self, condition: impl FnOnce(E::Paths<InCondition>) -> C) -> Self {
        self.conditions.add(condition(E::paths()).into_condition().expr);
        self
    }

    /// The request without what is to be given back.
    pub(super) fn members(&self) -> Result<Body> {
        let mut body = Body::new(&self.table, 128);
        body.json("Key", self.key.json()?);
        self.conditions.members(body, Substitutions::default())
    }
}

impl<E: Entity, R: Returning<E>> Delete<E, R> {
    /// The request that would be sent.
    ///
    /// # Errors
    /// If the key is empty or too long, or the request is over a limit.
    pub fn preview(&self) -> Result<Request> {
        finish::<E, R>(self.members()?, Operation::DeleteItem, &self.table)
    }
}

sent_by_await!(Delete);
