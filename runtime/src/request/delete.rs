//! `delete`.

use core::marker::PhantomData;
use std::sync::Arc;

use super::body::Body;
use super::conditions::Conditions;
use super::strict::{Kind, Sending, Strict};
use super::unique::{Change, UniqueWrite, entity_of};
use super::version::{Hold, Versioned, WriteKey};
use super::write::{Nothing, OldItem, Returning, finish, sent_by_await};
use crate::codec::{Counted, ItemOwned};
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
    hold: Hold,
    conditions: Conditions<E>,
    marker: PhantomData<fn() -> R>,
}

impl<E: Entity> Delete<E> {
    pub(super) fn new(db: Dynamo, of: impl WriteKey<Entity = E>) -> Self {
        let (key, hold) = of.into_held(&db);
        Self { table: db.name_of(E::TABLE), db, key, hold, conditions: Conditions::none(), marker: PhantomData }
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
        let Self { db, table, key, hold, conditions, marker: _ } = self;
        Delete { db, table, key, hold, conditions, marker: PhantomData }
    }
}

impl<E: Entity, R> Delete<E, R> {
    /// Deletes only if the stored item meets this condition; several conditions must all be met.
    pub fn condition<C: IntoCondition<E>>(mut self, condition: impl FnOnce(E::Paths<InCondition>) -> C) -> Self {
        self.conditions.add(condition(E::paths()).into_condition().expr);
        self
    }

    /// Deletes only an item of this version. An item that was read stands for its version by itself.
    pub fn expect_version(mut self, version: u64) -> Self
    where
        E: Versioned,
    {
        self.hold = Hold::expected::<E>(version, &self.db);
        self
    }

    /// Deletes the item whichever version it has.
    pub fn any_version(mut self) -> Self {
        self.hold = Hold::Any;
        self
    }

    /// The write with what it gives up of unique values, if the entity has unique attributes.
    pub(super) fn unique(&self) -> Result<Option<UniqueWrite>> {
        let key = self.key.json()?;
        let Some(entity) = entity_of(E::TABLE, E::NAME, key)? else { return Ok(None) };
        self.hold.check::<E>("delete")?;
        let held = self.hold.counted().map(|counted| counted.condition());
        let mut body = Body::new(&self.table, 128);
        body.json("Key", key);
        Ok(Some(UniqueWrite {
            db: self.db.clone(),
            table: Arc::clone(&self.table),
            schema: E::TABLE,
            entity,
            verb: "delete",
            key: key.into(),
            members: body.into_members(),
            substitutions: Substitutions::default(),
            conditions: self.conditions.exprs().into_iter().chain(held).collect(),
            change: Change::Gone,
        }))
    }

    /// The request without what is to be given back.
    pub(super) fn members(&self) -> Result<Body> {
        self.hold.check::<E>("delete")?;
        let held: Vec<_> = self.hold.counted().iter().map(Counted::condition).collect();
        let mut body = Body::new(&self.table, 128);
        body.json("Key", self.key.json()?);
        self.conditions.members_and(&held, body, Substitutions::default())
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

    fn sending(self) -> Result<Sending> {
        let strict = self.hold.counted().map(|counted| Strict { counted, kind: Kind::Delete, ringless: None });
        Ok(Sending { request: self.preview()?, strict })
    }
}

sent_by_await!(Delete);
