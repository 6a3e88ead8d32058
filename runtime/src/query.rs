//! What to query: a partition key, and a condition on the sort key.

use core::fmt;
use core::marker::PhantomData;

use crate::codec::{EncodeError, Encoder, KeyPart};
use crate::entity::{Entity, Index};
use crate::value::kind::{Kind, Prefixed};
use crate::value::{Operand, ToAttribute};

/// The items of one partition key, in the table (`I` is the entity's own query type) or in an index.
///
/// It comes from `E::query(…)` or `E::query_…(…)` of the derive, and goes to `db.query(…)`.
#[must_use = "a query does nothing by itself: pass it to `db.query(…)`"]
pub struct Query<E, I> {
    pub(crate) key_condition: KeyCondition,
    marker: PhantomData<fn() -> (E, I)>,
}

/// A partition key that must equal a value, and perhaps a sort key that must be in a range.
#[derive(Clone, PartialEq)]
pub(crate) struct KeyCondition {
    pub(crate) partition: (&'static str, KeyValue),
    pub(crate) sort: Option<(&'static str, SortCondition)>,
}

/// A key value as DynamoDB's JSON, or why it cannot be one.
pub(crate) type KeyValue = Result<Box<str>, EncodeError>;

#[derive(Clone, PartialEq)]
pub(crate) enum SortCondition {
    /// `=`, `<`, `<=`, `>`, `>=`.
    Compare(&'static str, KeyValue),
    Between(KeyValue, KeyValue),
    BeginsWith(KeyValue),
}

/// The condition on a sort key of type `T`, to be completed by its operator.
///
/// It comes from the method of the sort key's name on the derive's query type.
#[must_use = "a sort key needs an operator: `eq`, `begins_with`, `between`, `lt`, `le`, `gt` or `ge`"]
pub struct SortKey<E, I, T> {
    query: Query<E, I>,
    name: &'static str,
    marker: PhantomData<fn() -> T>,
}

/// Holds nowhere: it is there for its message.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a key condition has no `ne`",
    label = "not a range of sort keys",
    note = "a query reads one range of sort keys: query below it with `lt` and above it with `gt`, or read all and leave \
            the one out"
)]
pub trait NotEqual {}

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

    /// The query.
    fn into_query(self) -> Query<Self::Entity, Self>;
}

#[diagnostic::do_not_recommend]
impl<Q: DerivedQuery> Index<Q::Entity> for Q {
    const NAME: Option<&'static str> = Q::NAME;
    type Reads = Q::Reads;
}

#[diagnostic::do_not_recommend]
impl<Q: DerivedQuery> IntoQuery for Q {
    type Entity = Q::Entity;
    type Index = Q;
    fn into_query(self) -> Query<Q::Entity, Q> {
        DerivedQuery::into_query(self)
    }
}

impl<E: Entity, I: Index<E>> IntoQuery for Query<E, I> {
    type Entity = E;
    type Index = I;
    fn into_query(self) -> Self {
        self
    }
}

impl<E: Entity, I: Index<E>> Query<E, I> {
    /// The items whose partition-key attribute of that name equals a value.
    #[doc(hidden)]
    pub fn partition<T>(name: &'static str, value: &impl Operand<T>) -> Self {
        let value = key_value(E::NAME, name, KeyPart::Partition, |out| value.encode_operand(out));
        Self { key_condition: KeyCondition { partition: (name, value), sort: None }, marker: PhantomData }
    }

    /// A condition on the sort-key attribute of that name.
    #[doc(hidden)]
    pub fn sort_key<T>(self, name: &'static str) -> SortKey<E, I, T> {
        SortKey { query: self, name, marker: PhantomData }
    }
}

fn key_value(entity: &'static str, name: &'static str, part: KeyPart, encode: impl FnOnce(&mut Encoder)) -> KeyValue {
    let mut out = Encoder::new();
    out.key_value(name, part, encode);
    out.finish().map_err(|error| error.of_entity(entity)).map(crate::key::into_text)
}

impl<E: Entity, I: Index<E>, T> SortKey<E, I, T> {
    /// The sort key equals the value.
    pub fn eq(self, value: impl Operand<T>) -> Query<E, I> {
        self.compare("=", &value)
    }

    /// DynamoDB has no such key condition.
    #[doc(hidden)]
    pub fn ne<'n>(self, _: impl Operand<T>) -> Query<E, I>
    where
        &'n (): NotEqual,
    {
        self.query
    }

    /// The sort key is less than the value.
    pub fn lt(self, value: impl Operand<T>) -> Query<E, I> {
        self.compare("<", &value)
    }

    /// The sort key is less than or equal to the value.
    pub fn le(self, value: impl Operand<T>) -> Query<E, I> {
        self.compare("<=", &value)
    }

    /// The sort key is greater than the value.
    pub fn gt(self, value: impl Operand<T>) -> Query<E, I> {
        self.compare(">", &value)
    }

    /// The sort key is greater than or equal to the value.
    pub fn ge(self, value: impl Operand<T>) -> Query<E, I> {
        self.compare(">=", &value)
    }

    /// The sort key is in the range, both ends included.
    pub fn between(self, low: impl Operand<T>, high: impl Operand<T>) -> Query<E, I> {
        let (low, high) = (self.value(&low), self.value(&high));
        self.with(SortCondition::Between(low, high))
    }

    /// The sort key begins with the value. Strings and binary have a beginning, numbers do not.
    pub fn begins_with(self, prefix: impl Operand<T>) -> Query<E, I>
    where
        T: ToAttribute<Kind: Kind<Base: Prefixed>>,
    {
        let prefix = self.value(&prefix);
        self.with(SortCondition::BeginsWith(prefix))
    }

    fn compare(self, operator: &'static str, value: &impl Operand<T>) -> Query<E, I> {
        let value = self.value(value);
        self.with(SortCondition::Compare(operator, value))
    }

    fn value(&self, value: &impl Operand<T>) -> KeyValue {
        key_value(E::NAME, self.name, KeyPart::Sort, |out| value.encode_operand(out))
    }

    fn with(mut self, condition: SortCondition) -> Query<E, I> {
        self.query.key_condition.sort = Some((self.name, condition));
        self.query
    }
}

impl<E, I> Clone for Query<E, I> {
    fn clone(&self) -> Self {
        Self { key_condition: self.key_condition.clone(), marker: PhantomData }
    }
}

impl<E: Entity, I: Index<E>> fmt::Debug for Query<E, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Query").field("entity", &E::NAME).field("index", &I::NAME).finish_non_exhaustive()
    }
}

impl<E: Entity, I, T> fmt::Debug for SortKey<E, I, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SortKey").field("entity", &E::NAME).field("attribute", &self.name).finish_non_exhaustive()
    }
}
