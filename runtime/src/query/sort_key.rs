//! The operators of a sort key.

use core::fmt;
use core::marker::PhantomData;

use super::Query;
use super::condition::{KeyValue, SortCondition, key_value};
use crate::codec::KeyPart;
use crate::entity::{Entity, Index};
use crate::value::kind::{Kind, Prefixed};
use crate::value::{Operand, ToAttribute};

/// The condition on a sort key of type `T`, to be completed by its operator.
///
/// It comes from the method of the sort key's name on the derive's query type. `N` is what [`eq`](Self::eq) gives: where
/// an index has several sort-key attributes, the query of which the next one can be asked.
#[must_use = "a sort key needs an operator: `eq`, `begins_with`, `between`, `lt`, `le`, `gt` or `ge`"]
pub struct SortKey<E, I, T, N = Query<E, I>> {
    query: Query<E, I>,
    name: &'static str,
    next: fn(Query<E, I>) -> N,
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

impl<E: Entity, I: Index<E>> Query<E, I> {
    /// A condition on the sort-key attribute of that name.
    #[doc(hidden)]
    pub fn sort_key<T>(self, name: &'static str) -> SortKey<E, I, T> {
        self.sort_key_then(name, core::convert::identity)
    }

    /// A condition on the sort-key attribute of that name, after which another one can be asked.
    #[doc(hidden)]
    pub fn sort_key_then<T, N>(self, name: &'static str, next: fn(Self) -> N) -> SortKey<E, I, T, N> {
        SortKey { query: self, name, next, marker: PhantomData }
    }
}

impl<E: Entity, I: Index<E>, T, N> SortKey<E, I, T, N> {
    /// The sort key equals the value.
    pub fn eq(mut self, value: impl Operand<T>) -> N {
        let value = self.value(&value);
        self.query.key_condition.equal.push((self.name, value));
        (self.next)(self.query)
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
        self.query.key_condition.range = Some((self.name, condition));
        self.query
    }
}

impl<E: Entity, I, T, N> fmt::Debug for SortKey<E, I, T, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SortKey").field("entity", &E::NAME).field("attribute", &self.name).finish_non_exhaustive()
    }
}
