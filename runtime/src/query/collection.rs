//! Item collections: the items of every entity under one partition key.

use core::marker::PhantomData;

use super::{DerivedQuery, Query};
use crate::entity::{ConsistentReads, Entity, Index, TableEntity};

/// The place that a query of the entity `E` reads, as a query of every entity reads it.
#[derive(Debug)]
pub struct Collection<E, I>(PhantomData<fn() -> (E, I)>);

impl<E: TableEntity, I: Index<E>> Index<E::Table> for Collection<E, I> {
    const NAME: Option<&'static str> = I::NAME;
    type Reads = I::Reads;
}

#[diagnostic::do_not_recommend]
impl<E, I: ConsistentReads> ConsistentReads for Collection<E, I> {}

/// What a query of an entity becomes that reads every entity of the table.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a query of an entity of a table of several",
    label = "has no item collection of several entities",
    note = "an item collection is read from a query of an entity that derives `DynamoEntity`: `Message::query(…).collection()`"
)]
pub trait CollectionQuery: DerivedQuery<Entity: TableEntity> {
    /// The items of every entity under the partition key, and under the parts of the sort key that are fixed so far, read as
    /// the table's enum and in the order of the sort key.
    ///
    /// A part ends where the key has a separator or its end: what begins with the same characters is not in it.
    fn collection(self) -> Query<<Self::Entity as TableEntity>::Table, Collection<Self::Entity, Self::Index>> {
        let mut query = DerivedQuery::into_query(self);
        query.key_condition.collect(Self::Entity::NAME);
        query.collection()
    }
}

#[diagnostic::do_not_recommend]
impl<Q: DerivedQuery<Entity: TableEntity>> CollectionQuery for Q {}
