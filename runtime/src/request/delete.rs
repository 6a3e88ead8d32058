//! `delete`.

use core::fmt;
use core::future::IntoFuture;
use core::marker::PhantomData;
use std::sync::Arc;

use super::body::Body;
use super::call::send;
use super::write::{Conditions, Nothing, OldItem, Returning, debug_request, if_met};
use crate::codec::ItemOwned;
use crate::entity::Entity;
use crate::exec::{BoxFuture, Operation, Request};
use crate::expr::{InCondition, IntoCondition, Substitutions};
use crate::key::Key;
use crate::{Dynamo, Result};

/// A deletion of one item: [`Dynamo::delete`].
#[must_use = "a request does nothing until it is awaited"]
pub struct Delete<E, R = Nothing> {
    db: Dynamo,
    table: Arc<str>,
    key: Key<E>,
    conditions: Conditions<E>,
    marker: PhantomData<fn() -> R>,
}

impl<E: Entity> Delete<E> {
    pub(super) fn new(db: Dynamo, key: Key<E>) -> Self {
        Self { table: db.name_of(E::TABLE), db, key, conditions: Conditions::none(), marker: PhantomData }
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
}

impl<E: Entity, R: Returning<E>> Delete<E, R> {
    /// The request that would be sent.
    ///
    /// # Errors
    /// If the key is empty or too long, or the request is over a limit.
    pub fn preview(&self) -> Result<Request> {
        let mut body = Body::new(&self.table, 128);
        let mut substitutions = Substitutions::default();
        body.json("Key", self.key.json()?);
        self.conditions.write(&mut body, &mut substitutions)?;
        body.substitutions(&substitutions)?;
        if let Some(values) = R::RETURN_VALUES {
            body.text("ReturnValues", values);
        }
        body.finish(Operation::DeleteItem, &self.table)
    }
}

impl<E: Entity + 'static, R: Returning<E>> Delete<E, R> {
    /// Sends the request and takes a condition that is not met for an answer: `None`.
    ///
    /// # Errors
    /// Whatever else DynamoDB or the way to it reports.
    pub async fn if_met(self) -> Result<Option<R::Output>> {
        if_met(self.await)
    }
}

impl<E: Entity, R: Returning<E>> IntoFuture for Delete<E, R> {
    type Output = Result<R::Output>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let request = self.preview();
        Box::pin(async move {
            let response = send(&self.db, request?, E::NAME, None).await?;
            R::read(&response.body)
        })
    }
}

impl<E: Entity, R> fmt::Debug for Delete<E, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug_request(f, "Delete", E::NAME)
    }
}
