//! Named access patterns: queries that say how they are read.

use core::fmt;
use core::marker::PhantomData;

use super::{IntoQuery, Query};
use crate::codec::ItemOwned;
use crate::entity::{Document, Entity, Index};
use crate::request::As;

/// A query that `access(…)` of the derive declared, with the values of its parameters.
///
/// It goes to `db.query(…)`, which reads it in the pattern's order and up to its result budget; the request can say
/// otherwise. `T` is what its items are read as.
#[must_use = "an access pattern does nothing by itself: pass it to `db.query(…)`"]
pub struct AccessPattern<E, I, T> {
    query: Query<E, I>,
    marker: PhantomData<fn() -> T>,
}

/// How a query is read where the request says nothing else.
#[derive(Clone, Copy, Default, PartialEq)]
pub(crate) struct ReadDefaults {
    pub(crate) descending: bool,
    pub(crate) take: Option<usize>,
    /// The attributes that are read, or none for all that are there.
    pub(crate) attributes: &'static [&'static str],
}

impl<E: Entity, I: Index<E>> AccessPattern<E, I, I::Reads> {
    /// The pattern of a query.
    #[doc(hidden)]
    pub fn new(query: impl IntoQuery<Entity = E, Index = I>) -> Self {
        Self { query: query.into_query(), marker: PhantomData }
    }
}

impl<E: Entity, I: Index<E>, T> AccessPattern<E, I, T> {
    /// From the greatest sort key to the least.
    #[doc(hidden)]
    pub fn descending(mut self) -> Self {
        self.query.defaults.descending = true;
        self
    }

    /// At most so many items.
    #[doc(hidden)]
    pub fn take(mut self, items: usize) -> Self {
        self.query.defaults.take = Some(items);
        self
    }

    /// Only the attributes of a document.
    #[doc(hidden)]
    pub fn read_as<U: Document + ItemOwned>(mut self) -> AccessPattern<E, I, As<U>> {
        self.query.defaults.attributes = U::ATTRIBUTES;
        AccessPattern { query: self.query, marker: PhantomData }
    }
}

#[diagnostic::do_not_recommend]
impl<E: Entity, I: Index<E>, T> IntoQuery for AccessPattern<E, I, T> {
    type Entity = E;
    type Index = I;
    type Reads = T;
    fn into_query(self) -> Query<E, I> {
        self.query
    }
}

impl<E, I, T> Clone for AccessPattern<E, I, T> {
    fn clone(&self) -> Self {
        Self { query: self.query.clone(), marker: PhantomData }
    }
}

impl<E: Entity, I: Index<E>, T> fmt::Debug for AccessPattern<E, I, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessPattern").field("entity", &E::NAME).field("index", &I::NAME).finish_non_exhaustive()
    }
}
