//! What the writes share: how they are sent, and what they give back.

use core::fmt;
use std::sync::Arc;

use bytes::Bytes;

use super::body::Body;
use super::strict::{Applied, Sending};
use super::unique::UniqueWrite;
use crate::Item;
use crate::codec::{ItemOwned, decode_item_response};
use crate::entity::Entity;
use crate::error::{CallFailure, InvalidRequest};
use crate::exec::{BoxFuture, Operation, Request};
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
    /// Reads it from a body with the stored item, where the answer of a write that was applied is lost; `None` if only the
    /// answer had it.
    #[doc(hidden)]
    fn found(_: &Bytes) -> Result<Option<Self::Output>> {
        Ok(None)
    }
    /// Reads it from the request, if it is there.
    #[doc(hidden)]
    fn sent(_: &Bytes) -> Option<Result<Self::Output>> {
        None
    }
}

/// A write that gives nothing back.
#[derive(Debug)]
pub enum Nothing {}

/// A write that gives the item back as it was before, or `None` if there was none.
#[derive(Debug)]
pub enum OldItem {}

/// A write of a whole item that gives the item back as it was written.
#[derive(Debug)]
pub enum Written {}

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
    fn found(_: &Bytes) -> Result<Option<()>> {
        Ok(Some(()))
    }
}

impl<E: Entity + ItemOwned + Send + 'static> Returning<E> for Written {
    type Output = E;
    const RETURN_VALUES: Option<&'static str> = None;
    fn read(body: &Bytes) -> Result<E> {
        item::<E>(body, "Attributes")?.ok_or_else(|| no_attributes(E::NAME))
    }
    fn sent(request: &Bytes) -> Option<Result<E>> {
        item::<E>(request, "Item").transpose()
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
    fn found(body: &Bytes) -> Result<Option<E>> {
        item::<E>(body, "Item")
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

fn item<E: Entity + ItemOwned>(body: &Bytes, member: &'static str) -> Result<Option<E>> {
    decode_item_response(body, member).map(|(item, _)| item).map_err(|error| Error::Decode(error.of_entity(E::NAME)))
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
                if $crate::entity::UniqueOf::<E>::HAS {
                    match self.unique() {
                        Ok(None) => {}
                        Ok(Some(write)) => return $crate::request::write::send_unique::<E, R>(write),
                        Err(error) => return Box::pin(core::future::ready(Err(error))),
                    }
                }
                let db = self.db.clone();
                let sending = self.sending();
                Box::pin(async move { $crate::request::write::send::<E, R>(&db, sending?).await })
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

/// Sends a write that changes unique attributes.
pub(super) fn send_unique<E: Entity, R: Returning<E>>(write: UniqueWrite) -> BoxFuture<'static, Result<R::Output>> {
    let returns = R::RETURN_VALUES.is_some();
    Box::pin(async move {
        if returns {
            return Err(InvalidRequest::UniqueReturned { entity: write.entity.name }.into());
        }
        let request = write.main_request();
        write.send().await?;
        let sent = request.and_then(|request| R::sent(&request.body));
        sent.unwrap_or_else(|| R::read(&Bytes::from_static(b"{}")))
    })
}

/// Sends a write, and gives back what it is to.
pub(super) async fn send<E: Entity, R: Returning<E>>(db: &Dynamo, sending: Sending) -> Result<R::Output> {
    let request = sending.request.clone();
    match sending.send(db, E::NAME).await? {
        Applied::Answered(response) => {
            // The answer has to be sound even where nothing is read from it.
            match R::sent(&request.body) {
                Some(sent) => <Nothing as Returning<E>>::read(&response.body).and(sent),
                None => R::read(&response.body),
            }
        }
        Applied::Found { body, failure } => match R::sent(&request.body) {
            Some(sent) => sent,
            None => R::found(&body)?.ok_or_else(|| {
                let call = CallFailure::new(request.operation, &request.table, failure);
                Error::OutcomeUnknown(call).of_write(Some(request))
            }),
        },
    }
}

/// `Debug` of a request: its kind and entity, never a value.
pub(super) fn debug_request(f: &mut fmt::Formatter<'_>, kind: &str, entity: &str) -> fmt::Result {
    f.debug_struct(kind).field("entity", &entity).finish_non_exhaustive()
}
