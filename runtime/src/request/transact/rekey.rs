//! Moving an item to another primary key.

use core::fmt;
use core::future::IntoFuture;
use std::sync::Arc;

use super::action::{Action, Part};
use super::list::{ActionList, IntoActions};
use crate::codec::ItemOwned;
use crate::entity::Entity;
use crate::exec::BoxFuture;
use crate::expr::{InCondition, IntoCondition};
use crate::request::write::debug_request;
use crate::request::{Delete, Put};
use crate::{Dynamo, Error, Item, Result};

/// An item on its way to another primary key: [`Dynamo::rekey`].
#[must_use = "a move does nothing until it is awaited or part of a transaction"]
pub struct Rekey<'i, E> {
    db: Dynamo,
    old: &'i E,
    new: &'i E,
    step: Step<E>,
    is_forward: bool,
}

/// What is done with the old item's key.
enum Step<E> {
    /// It is deleted, and the new item created.
    Move(Delete<E>, Put<E>),
    /// It is the new item's key as well, and the item is replaced.
    Stay(Put<E>),
}

/// What became of an item that was to move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "an item that was not moved forward is still where it was"]
pub enum Rekeyed {
    /// It is under its new key, and no longer under the old one.
    Moved,
    /// Nothing was sent, because the new item is not ahead of the old one; see [`Rekey::forward_by`].
    NotForward,
}

impl Dynamo {
    /// Moves an item to another primary key: the old item is deleted and the new one created in one transaction, so that the
    /// item is never gone and never there twice.
    ///
    /// It moves only if the stored item is still the old one, attribute by attribute, and if nothing is stored under the new
    /// key. What is read as the old item is taken for it: an attribute that is absent for its `default`, `NULL` for `None`.
    /// Otherwise it is [`Error::Cancelled`](crate::Error::Cancelled): nothing was written, and the reasons hold what is
    /// stored, to decide again. If both items have one key, the move is one guarded write in its place.
    ///
    /// ```
    /// # use tablewright::prelude::*;
    /// # use tablewright::request::Rekeyed;
    /// #[derive(DynamoTable, Clone)]
    /// #[dynamo(table = "conversations")]
    /// struct Conversation {
    ///     #[dynamo(partition_key)]
    ///     user: u64,
    ///     #[dynamo(sort_key)]
    ///     last_message_at: u64,
    ///     text: String,
    /// }
    ///
    /// # async fn example(db: &Dynamo, old: Conversation) -> Result<(), tablewright::Error> {
    /// let new = Conversation { last_message_at: 1_700_000_000, text: "hello".into(), ..old.clone() };
    /// // A message that is handled late, or twice, moves nothing back.
    /// match db.rekey(&old, &new).forward_by(|item| item.last_message_at).await? {
    ///     Rekeyed::Moved => println!("moved"),
    ///     Rekeyed::NotForward => println!("a newer message is shown"),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// A `Vec` of moves is a list of actions for [`transact_write`](Self::transact_write), where all of them happen or none.
    /// Two moves of one list cannot touch one item.
    ///
    /// It costs two write units for each KB of each of the two items. `created_at` stays what it is in the new item.
    /// Attributes that the entity does not know are not moved: keep them with a `rest` field.
    ///
    /// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html>
    pub fn rekey<'i, E: Entity + ItemOwned>(&self, old: &'i E, new: &'i E) -> Rekey<'i, E> {
        let step = if old.primary_key() == new.primary_key() {
            Step::Stay(Put::moved(self.clone(), new, false).unchanged(old))
        } else {
            let delete = Delete::new(self.clone(), old).present().unchanged(old);
            Step::Move(delete, Put::moved(self.clone(), new, true))
        };
        Rekey { db: self.clone(), old, new, step, is_forward: true }
    }
}

impl<E: Entity> Rekey<'_, E> {
    /// Moves the item only forward: unless this is greater for the new item than for the old one, nothing is sent.
    ///
    /// An event that comes again or late changes nothing then. In a transaction such a move has no actions, and a transaction
    /// that has no others is not sent: what it asks for is so already, and it succeeds.
    pub fn forward_by<T: PartialOrd>(mut self, value: impl Fn(&E) -> T) -> Self {
        self.is_forward &= value(self.new) > value(self.old);
        self
    }

    /// Moves the item only if the stored one meets this condition as well.
    pub fn condition<C: IntoCondition<E>>(mut self, condition: impl FnOnce(E::Paths<InCondition>) -> C) -> Self {
        self.step = match self.step {
            Step::Move(delete, put) => Step::Move(delete.condition(condition), put),
            Step::Stay(put) => Step::Stay(put.condition(condition)),
        };
        self
    }

    fn actions(self) -> Vec<Action> {
        match self.step {
            _ if !self.is_forward => Vec::new(),
            Step::Move(delete, put) => moved(self.old, delete, put),
            Step::Stay(put) => vec![instead_of(self.old, put)],
        }
        .into_iter()
        .map(|action| action.part_of("rekey"))
        .collect()
    }
}

/// The old item is deleted by an action of its own; what it has of unique values goes over to the new one.
fn moved<E: Entity>(old: &E, delete: Delete<E>, put: Put<E>) -> Vec<Action> {
    let members = delete.members();
    let deleted = Part::new::<E>("delete", delete.db, delete.table, members).into();
    vec![deleted, instead_of(old, put)]
}

/// The new item takes the place of the old one.
fn instead_of<E: Entity>(old: &E, put: Put<E>) -> Action {
    let known = || Ok::<_, Error>((Item::from_entity(old)?, old.primary_key().into_json()?));
    let parts = match put.unique() {
        Ok(Some(write)) => known().and_then(|(item, key)| write.into_parts_from(&item, &key)),
        Ok(None) => Ok(Vec::new()),
        Err(error) => Err(error),
    };
    let part = |members| Part::new::<E>(put.verb(), put.db.clone(), Arc::clone(&put.table), members);
    Action::with(parts, || part(put.members())).unwrap_or_else(|error| part(Err(error)).into())
}

impl<E: Entity> IntoActions for Vec<Rekey<'_, E>> {
    fn add_to(self, list: &mut ActionList) {
        for rekey in self {
            rekey.add_to(list);
        }
    }
}

impl<E: Entity> IntoActions for Rekey<'_, E> {
    fn add_to(self, list: &mut ActionList) {
        list.nothing_to_do |= !self.is_forward;
        list.actions.extend(self.actions());
    }
}

impl<E: Entity> IntoFuture for Rekey<'_, E> {
    type Output = Result<Rekeyed>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        if !self.is_forward {
            return Box::pin(core::future::ready(Ok(Rekeyed::NotForward)));
        }
        let moved = self.db.clone().transact_write(self);
        Box::pin(async move { moved.await.map(|()| Rekeyed::Moved) })
    }
}

impl<E: Entity> fmt::Debug for Rekey<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug_request(f, "Rekey", E::NAME)
    }
}
