//! `create` and `put`.

use core::marker::PhantomData;
use std::sync::Arc;

use super::body::{Body, entity_json};
use super::write::{Conditions, Nothing, OldItem, Returning, finish, sent_by_await};
use crate::codec::{Clock, ItemOwned};
use crate::entity::Entity;
use crate::exec::{Operation, Request};
use crate::expr::{InCondition, IntoCondition, Substitutions};
use crate::{Dynamo, Result};

/// A write of a whole item: [`Dynamo::create`] or [`Dynamo::put`].
#[must_use = "a request does nothing until it is awaited"]
pub struct Put<E, R = Nothing> {
    pub(super) db: Dynamo,
    pub(super) table: Arc<str>,
    item: Result<Box<str>>,
    pub(super) creating: bool,
    conditions: Conditions<E>,
    marker: PhantomData<fn() -> R>,
}

impl<E: Entity> Put<E> {
    pub(super) fn create(db: Dynamo, item: &E) -> Self {
        let absent = Conditions::absent(&db);
        Self::new(db, item, true, absent)
    }

    pub(super) fn replace(db: Dynamo, item: &E) -> Self {
        Self::new(db, item, false, Conditions::none())
    }

    /// The write of an item that is not new, though it may be under a new key: its time of creation stays.
    pub(super) fn moved(db: Dynamo, item: &E, conditions: Conditions<E>) -> Self {
        Self::new(db, item, false, conditions)
    }

    /// Writes only if the stored item is still this one.
    pub(super) fn unchanged(mut self, item: &E) -> Self
    where
        E: ItemOwned,
    {
        self.conditions.add_unchanged(item);
        self
    }

    fn new(db: Dynamo, item: &E, creating: bool, conditions: Conditions<E>) -> Self {
        let clock = Clock { now: db.now(), creating };
        let item = entity_json(item, clock);
        Self { table: db.name_of(E::TABLE), db, item, creating, conditions, marker: PhantomData }
    }

    /// Sends the request, and gives the stored item back if the condition is not met, or `None` if the item was written.
    ///
    /// ```
    /// # use tablewright::prelude::*;
    /// # #[derive(DynamoTable)]
    /// # #[dynamo(table = "notes")]
    /// # struct Note { #[dynamo(partition_key)] id: u64, text: String }
    /// # async fn example(db: &Dynamo, note: Note) -> Result<(), tablewright::Error> {
    /// match db.create(&note).or_stored().await? {
    ///     None => println!("noted"),
    ///     Some(earlier) => println!("there is a note already: {}", earlier.text),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Whatever else DynamoDB or the way to it reports, if the stored item does not fit the entity, and if a condition is
    /// not met although no item is stored.
    pub async fn or_stored(self) -> Result<Option<E>>
    where
        E: ItemOwned + 'static,
    {
        match self.await {
            Ok(()) => Ok(None),
            // Without a stored item it was another condition that was not met, and nothing was written.
            Err(crate::Error::ConditionFailed(failed)) => match failed.stored()? {
                Some(stored) => Ok(Some(stored)),
                None => Err(crate::Error::ConditionFailed(failed)),
            },
            Err(error) => Err(error),
        }
    }

    /// Gives back the item that was replaced.
    pub fn returning_old(self) -> Put<E, OldItem>
    where
        E: ItemOwned,
    {
        let Self { db, table, item, creating, conditions, marker: _ } = self;
        Put { db, table, item, creating, conditions, marker: PhantomData }
    }
}

impl<E: Entity, R> Put<E, R> {
    /// Writes only if the stored item meets this condition; several conditions must all be met.
    ///
    /// An item that is not there has no attributes: `not_exists` holds, comparisons do not.
    pub fn condition<C: IntoCondition<E>>(mut self, condition: impl FnOnce(E::Paths<InCondition>) -> C) -> Self {
        self.conditions.add(condition(E::paths()).into_condition().expr);
        self
    }

    /// The request without what is to be given back.
    pub(super) fn members(&self) -> Result<Body> {
        let item = self.item.as_ref().map_err(crate::Error::copy_unsent)?;
        let mut body = Body::new(&self.table, item.len());
        body.json("Item", item);
        self.conditions.members(body, Substitutions::default())
    }
}

impl<E: Entity, R: Returning<E>> Put<E, R> {
    /// The request that would be sent.
    ///
    /// # Errors
    /// If the item cannot be stored or the request is over a limit.
    pub fn preview(&self) -> Result<Request> {
        finish::<E, R>(self.members()?, Operation::PutItem, &self.table)
    }
}

sent_by_await!(Put);
