//! Item collections: the items of every entity under one partition key.

use core::marker::PhantomData;

use crate::entity::{ConsistentReads, Index, TableEntity};

/// The place that a query of the entity `E` reads, as a query of every entity reads it.
#[derive(Debug)]
pub struct Collection<E, I>(PhantomData<fn() -> (E, I)>);

impl<E: TableEntity, I: Index<E>> Index<E::Table> for Collection<E, I> {
    const NAME: Option<&'static str> = I::NAME;
    type Reads = I::Reads;
}

#[diagnostic::do_not_recommend]
impl<E, I: ConsistentReads> ConsistentReads for Collection<E, I> {}
