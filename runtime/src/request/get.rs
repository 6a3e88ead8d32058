//! `get`.

use core::fmt;
use core::future::IntoFuture;
use core::marker::PhantomData;
use std::sync::Arc;

use super::body::Body;
use super::call::send;
use super::target::{As, Target, Whole};
use super::write::debug_request;
use crate::codec::{ItemOwned, decode_unexpired};
use crate::entity::{Document, Entity, Expiry};
use crate::exec::{BoxFuture, Operation, Request};
use crate::expr::{Node, Substitutions};
use crate::key::Key;
use crate::schema::TableSchema;
use crate::{Dynamo, Error, Result};

/// A read of one item: [`Dynamo::get`].
#[must_use = "a request does nothing until it is awaited"]
pub struct Get<E, T = Whole> {
    pub(super) db: Dynamo,
    pub(super) table: Arc<str>,
    key: Key<E>,
    consistent: bool,
    projection: Vec<Node>,
    include_expired: bool,
    marker: PhantomData<fn() -> T>,
}

impl<E: Entity> Get<E> {
    pub(super) fn new(db: Dynamo, key: Key<E>) -> Self {
        let table = db.name_of(E::TABLE);
        let (consistent, include_expired) = (false, false);
        Self { table, db, key, consistent, projection: Vec::new(), include_expired, marker: PhantomData }
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
            include_expired: self.include_expired,
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

    /// Reads the item as well if its time to live has passed, and DynamoDB has not deleted it yet.
    ///
    /// Without it such an item is not there, by the handle's clock.
    pub fn include_expired(mut self) -> Self {
        self.include_expired = true;
        self
    }

    /// What has expired by now and is to be left out.
    pub(super) fn expiry(&self) -> Option<Expiry> {
        Expiry::of(E::TABLE, self.db.now()).filter(|_| !self.include_expired)
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
            let mut projection = self.projection.clone();
            projection.extend(unread_expiry(E::TABLE, self.include_expired, &projection));
            body.text("ProjectionExpression", &substitutions.projection(&projection)?);
        }
        body.substitutions(&substitutions)?;
        Ok(body)
    }
}

/// The attribute that tells whether an item has expired, where it is to be told and is not read already.
pub(super) fn unread_expiry(table: &TableSchema, include_expired: bool, read: &[Node]) -> Option<Node> {
    let attribute = table.ttl.filter(|_| !include_expired)?;
    (!read.iter().any(|node| node.root() == attribute)).then(|| Node::attribute(attribute))
}

impl<E: Entity, T: Target<E>> IntoFuture for Get<E, T> {
    type Output = Result<Option<T::Item>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let (request, expiry) = (self.preview(), self.expiry());
        Box::pin(async move {
            let response = send(&self.db, request?, E::NAME, None).await?;
            decode_unexpired(&response.body, expiry).map_err(|error| Error::Decode(error.of_entity(E::NAME)))
        })
    }
}

impl<E: Entity, T> fmt::Debug for Get<E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug_request(f, "Get", E::NAME)
    }
}
