//! `get`.

use core::fmt;
use core::future::IntoFuture;
use core::marker::PhantomData;
use std::sync::Arc;

use super::body::Body;
use super::call::send;
use super::target::{As, Target, Whole};
use super::write::debug_request;
use crate::codec::{ItemOwned, decode_item_response};
use crate::entity::{Document, Entity};
use crate::exec::{BoxFuture, Operation, Request};
use crate::expr::{Node, Substitutions};
use crate::key::Key;
use crate::{Dynamo, Error, Result};

/// A read of one item: [`Dynamo::get`].
#[must_use = "a request does nothing until it is awaited"]
pub struct Get<E, T = Whole> {
    pub(super) db: Dynamo,
    pub(super) table: Arc<str>,
    key: Key<E>,
    consistent: bool,
    projection: Vec<Node>,
    marker: PhantomData<fn() -> T>,
}

impl<E: Entity> Get<E> {
    pub(super) fn new(db: Dynamo, key: Key<E>) -> Self {
        Self { table: db.name_of(E::TABLE), db, key, consistent: false, projection: Vec::new(), marker: PhantomData }
    }

    /// Reads only the attributes of `T`, a document whose fields are some of the item's attributes.
    ///
    /// The capacity used is the whole item's; what is saved is the transfer.
    pub fn read_as<T: Document + ItemOwned>(self) -> Get<E, As<T>> {
        let projection = T::ATTRIBUTES.iter().map(|name| Node::attribute(name)).collect();
        Get {
            db: self.db,
            table: self.table,
            key: self.key,
            consistent: self.consistent,
            projection,
            marker: PhantomData,
        }
    }
}

impl<E: Entity, T> Get<E, T> {
    /// Reads what all writes that succeeded before have left, for twice the capacity.
    pub fn consistent(mut self) -> Self {
        self.consistent = true;
        self
    }

    /// The request that would be sent.
    ///
    /// # Errors
    /// If the key is empty or too long.
    pub fn preview(&self) -> Result<Request> {
        self.members(self.consistent)?.finish(Operation::GetItem, &self.table)
    }

    pub(super) fn members(&self, consistent: bool) -> Result<Body> {
        let mut body = Body::new(&self.table, 128);
        let mut substitutions = Substitutions::default();
        body.json("Key", self.key.json()?);
        if consistent {
            body.json("ConsistentRead", "true");
        }
        if !self.projection.is_empty() {
            body.text("ProjectionExpression", &substitutions.projection(&self.projection)?);
        }
        body.substitutions(&substitutions)?;
        Ok(body)
    }
}

impl<E: Entity, T: Target<E>> IntoFuture for Get<E, T> {
    type Output = Result<Option<T::Item>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let request = self.preview();
        Box::pin(async move {
            let response = send(&self.db, request?, E::NAME, None).await?;
            let (item, _) = decode_item_response::<T::Item>(&response.body, "Item")
                .map_err(|error| Error::Decode(error.of_entity(E::NAME)))?;
            Ok(item)
        })
    }
}

impl<E: Entity, T> fmt::Debug for Get<E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug_request(f, "Get", E::NAME)
    }
}
