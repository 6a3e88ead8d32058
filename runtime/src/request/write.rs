//! What the writes share: conditions, and what a write gives back.

use core::fmt;
use core::marker::PhantomData;
use std::sync::Arc;

use bytes::Bytes;

use super::body::Body;
use crate::Item;
use crate::codec::{ItemOwned, decode_item_response};
use crate::entity::{Entity, Expiry};
use crate::exec::{Operation, Request};
use crate::expr::{Expr, Substitutions};
use crate::{Dynamo, Error, Result};

/// What a write gives back.
pub trait Returning<E>: Send + 'static {
    /// The Rust type of it.
    type Output: Send + 'static;
    /// The request's `ReturnValues`.
    #[doc(hidden)]
    const RETURN_VALUES: Option<&'static str>;
    /// Reads it from the answer.
    #[doc(hidden)]
    fn read(body: &Bytes) -> Result<Self::Output>;
}

/// A write that gives nothing back.
#[derive(Debug)]
pub enum Nothing {}

/// A write that gives the item back as it was before, or `None` if there was none.
#[derive(Debug)]
pub enum OldItem {}

/// An update that gives the item back as it is now.
#[derive(Debug)]
pub enum NewItem {}

/// An update that gives the changed attributes back as they were before.
#[derive(Debug)]
pub enum UpdatedOld {}

/// An update that gives the changed attributes back as they are now.
#[derive(Debug)]
pub enum UpdatedNew {}

impl<E: Entity> Returning<E> for Nothing {
    type Output = ();
    const RETURN_VALUES: Option<&'static str> = None;
    fn read(body: &Bytes) -> Result<()> {
        crate::codec::response_shape(body).map(drop).map_err(|error| Error::Decode(error.of_entity(E::NAME)))
    }
}

impl<E: Entity + ItemOwned + Send + 'static> Returning<E> for OldItem {
    type Output = Option<E>;
    const RETURN_VALUES: Option<&'static str> = Some("ALL_OLD");
    fn read(body: &Bytes) -> Result<Option<E>> {
        attributes::<E, E>(body)
    }
}

impl<E: Entity + ItemOwned + Send + 'static> Returning<E> for NewItem {
    type Output = E;
    const RETURN_VALUES: Option<&'static str> = Some("ALL_NEW");
    fn read(body: &Bytes) -> Result<E> {
        attributes::<E, E>(body)?.ok_or_else(|| no_attributes(E::NAME))
    }
}

impl<E: Entity> Returning<E> for UpdatedOld {
    type Output = Item;
    const RETURN_VALUES: Option<&'static str> = Some("UPDATED_OLD");
    fn read(body: &Bytes) -> Result<Item> {
        Ok(attributes::<E, Item>(body)?.unwrap_or_default())
    }
}

impl<E: Entity> Returning<E> for UpdatedNew {
    type Output = Item;
    const RETURN_VALUES: Option<&'static str> = Some("UPDATED_NEW");
    fn read(body: &Bytes) -> Result<Item> {
        Ok(attributes::<E, Item>(body)?.unwrap_or_default())
    }
}

fn attributes<E: Entity, T: ItemOwned>(body: &Bytes) -> Result<Option<T>> {
    decode_item_response(body, "Attributes")
        .map(|(item, _)| item)
        .map_err(|error| Error::Decode(error.of_entity(E::NAME)))
}

/// DynamoDB always sends the new item when it is asked to.
fn no_attributes(entity: &'static str) -> Error {
    Error::Decode(crate::codec::missing_attributes().of_entity(entity))
}

/// The conditions of a write, joined by `AND`.
pub(super) struct Conditions<E> {
    exprs: Vec<Expr>,
    marker: PhantomData<fn() -> E>,
}

impl<E: Entity> Conditions<E> {
    pub(super) const fn none() -> Self {
        Self { exprs: Vec::new(), marker: PhantomData }
    }

    /// The condition that the item is there. One that has expired is not.
    pub(super) fn present(db: &Dynamo) -> Self {
        let mut exprs = vec![Self::key_is("attribute_exists")];
        exprs.extend(Expiry::of(E::TABLE, db.now()).map(Expiry::is_ahead));
        Self { exprs, marker: PhantomData }
    }

    /// The condition that the item is not there, or has expired.
    pub(super) fn absent(db: &Dynamo) -> Self {
        let absent = Self::key_is("attribute_not_exists");
        let expr = match Expiry::of(E::TABLE, db.now()) {
            Some(expiry) => Expr::Join("OR", vec![absent, expiry.is_over()]),
            None => absent,
        };
        Self { exprs: vec![expr], marker: PhantomData }
    }

    fn key_is(function: &'static str) -> Expr {
        Expr::Function(function, crate::expr::Node::attribute(E::TABLE.partition_key.name), None)
    }

    pub(super) fn add(&mut self, expr: Expr) {
        self.exprs.push(expr);
    }

    /// Adds that each attribute is as it is in this item, and that those are absent which the item could have.
    pub(super) fn add_unchanged(&mut self, item: &E)
    where
        E: ItemOwned,
    {
        self.exprs.extend(super::unchanged::conditions(item));
    }

    /// Adds the condition, and the names and values of all expressions.
    pub(super) fn members(&self, body: Body, substitutions: Substitutions) -> Result<Body> {
        self.members_and(&[], body, substitutions)
    }

    /// The same with more conditions.
    pub(super) fn members_and(&self, more: &[Expr], mut body: Body, mut substitutions: Substitutions) -> Result<Body> {
        self.write(more, &mut body, &mut substitutions)?;
        body.substitutions(&substitutions)?;
        Ok(body)
    }

    /// Adds the condition to a body, and asks for the stored item in case it fails.
    fn write(&self, more: &[Expr], body: &mut Body, substitutions: &mut Substitutions) -> Result<()> {
        let exprs: Vec<Expr> = self.exprs.iter().chain(more).cloned().collect();
        if exprs.is_empty() {
            return Ok(());
        }
        let joined = Expr::all(exprs);
        body.text(
            "ConditionExpression",
            &substitutions.condition("condition", &joined).map_err(|e| e.of_entity(E::NAME))?,
        );
        body.text("ReturnValuesOnConditionCheckFailure", "ALL_OLD");
        Ok(())
    }
}

impl<E> Clone for Conditions<E> {
    fn clone(&self) -> Self {
        Self { exprs: self.exprs.clone(), marker: PhantomData }
    }
}

/// The end of the request of a single write: what to give back.
pub(super) fn finish<E, R: Returning<E>>(mut body: Body, operation: Operation, table: &Arc<str>) -> Result<Request> {
    if let Some(values) = R::RETURN_VALUES {
        body.text("ReturnValues", values);
    }
    body.finish(operation, table)
}

/// What the writes do in the same way: they are sent by `.await`, or by `if_met`, and print none of their values.
macro_rules! sent_by_await {
    ($write:ident) => {
        impl<E: $crate::Entity + 'static, R: $crate::request::Returning<E>> $write<E, R> {
            /// Sends the request and takes a condition that is not met for an answer: `None`.
            ///
            /// # Errors
            /// Whatever else DynamoDB or the way to it reports.
            pub async fn if_met(self) -> $crate::Result<Option<R::Output>> {
                match self.await {
                    Ok(output) => Ok(Some(output)),
                    Err($crate::Error::ConditionFailed(_)) => Ok(None),
                    Err(error) => Err(error),
                }
            }
        }

        impl<E: $crate::Entity, R: $crate::request::Returning<E>> core::future::IntoFuture for $write<E, R> {
            type Output = $crate::Result<R::Output>;
            type IntoFuture = $crate::exec::BoxFuture<'static, Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                let (request, db) = (self.preview(), self.db);
                Box::pin(async move {
                    let response = $crate::request::call::send(&db, request?, E::NAME, None).await?;
                    R::read(&response.body)
                })
            }
        }

        impl<E: $crate::Entity, R> core::fmt::Debug for $write<E, R> {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                $crate::request::write::debug_request(f, stringify!($write), E::NAME)
            }
        }
    };
}

pub(super) use sent_by_await;

/// `Debug` of a request: its kind and entity, never a value.
pub(super) fn debug_request(f: &mut fmt::Formatter<'_>, kind: &str, entity: &str) -> fmt::Result {
    f.debug_struct(kind).field("entity", &entity).finish_non_exhaustive()
}
