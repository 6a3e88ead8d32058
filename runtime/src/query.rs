//! What to query: a partition key, and a condition on the sort key.

mod access;
mod collection;
mod condition;
mod part;
mod sort_key;
mod text;

use core::fmt;
use core::marker::PhantomData;

pub use access::AccessPattern;
pub(crate) use access::ReadDefaults;
pub use collection::{Collection, CollectionQuery};
use condition::key_value;
pub(crate) use condition::{KeyCondition, SortCondition};
pub use part::{RawSortPart, SortPart};
pub use sort_key::SortKey;

use crate::codec::KeyPart;
use crate::entity::{Entity, Index};
use crate::value::Operand;

/// The items of one partition key, in the table (`I` is the entity's own query type) or in an index.
///
/// It comes from `E::query(…)` or `E::query_…(…)` of the derive, and goes to `db.query(…)`.
#[must_use = "a query does nothing by itself: pass it to `db.query(…)`"]
pub struct Query<E, I> {
    pub(crate) key_condition: KeyCondition,
    pub(crate) defaults: ReadDefaults,
    marker: PhantomData<fn() -> (E, I)>,
}

/// A value that says what to query: the derive's query types, with or without a condition on the sort key.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a query",
    label = "expected `Entity::query(partition_key)`",
    note = "a query needs a partition key, and a sort key needs an operator: `Entity::query(partition_key)`, or that with \
            `.sort_key().begins_with(prefix)`; one item is read with `db.get(key)`, and a whole table with \
            `db.scan::<Entity>()`"
)]
pub trait IntoQuery {
    /// The entity whose items are queried.
    type Entity: Entity;
    /// The table itself or one of its indexes.
    type Index: Index<Self::Entity>;
    /// What the items are read as where the request says nothing else.
    type Reads;

    /// The query.
    fn into_query(self) -> Query<Self::Entity, Self::Index>;
}

/// A query type that a derive wrote: the table's or an index's.
#[doc(hidden)]
pub trait DerivedQuery: Sized {
    /// The entity whose items are queried.
    type Entity: Entity;
    /// The index's name, or `None` for the table itself.
    const NAME: Option<&'static str> = None;
    /// What its items are read as.
    type Reads;
    /// The query type as it is before a part of its sort key is fixed: it stands for the table or index.
    type Index: Index<Self::Entity>;

    /// The query.
    fn into_query(self) -> Query<Self::Entity, Self::Index>;
}

#[diagnostic::do_not_recommend]
impl<Q: DerivedQuery> Index<Q::Entity> for Q {
    const NAME: Option<&'static str> = Q::NAME;
    type Reads = Q::Reads;
}

#[diagnostic::do_not_recommend]
impl<Q: DerivedQuery> IntoQuery for Q {
    type Entity = Q::Entity;
    type Index = Q::Index;
    type Reads = Q::Reads;
    fn into_query(self) -> Query<Q::Entity, Q::Index> {
        DerivedQuery::into_query(self)
    }
}

impl<E: Entity, I: Index<E>> IntoQuery for Query<E, I> {
    type Entity = E;
    type Index = I;
    type Reads = I::Reads;
    fn into_query(self) -> Self {
        self
    }
}

impl<E: Entity, I: Index<E>> Query<E, I> {
    /// The items whose partition-key attribute of that name equals a value.
    #[doc(hidden)]
    pub fn partition<T>(name: &'static str, value: &impl Operand<T>) -> Self {
        Self::new().and_partition(name, value)
    }

    fn new() -> Self {
        let (key_condition, defaults) = Default::default();
        Self { key_condition, defaults, marker: PhantomData }
    }

    /// Of those, the items whose next partition-key attribute, of that name, equals a value.
    #[doc(hidden)]
    pub fn and_partition<T>(mut self, name: &'static str, value: &impl Operand<T>) -> Self {
        let value = key_value(E::NAME, name, KeyPart::Partition, |out| value.encode_operand(out));
        self.key_condition.equal.push((name, value));
        self
    }
}

impl<E, I> Clone for Query<E, I> {
    fn clone(&self) -> Self {
        Self { key_condition: self.key_condition.clone(), defaults: self.defaults, marker: PhantomData }
    }
}

impl<E: Entity, I: Index<E>> fmt::Debug for Query<E, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Query").field("entity", &E::NAME).field("index", &I::NAME).finish_non_exhaustive()
    }
}
