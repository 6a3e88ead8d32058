//! Sort keys that a template makes: conditions on one part after another.

use core::fmt;
use core::marker::PhantomData;

use super::{Collection, Query};
use crate::entity::{Entity, Index, TableEntity};
use crate::schema::{EntityKey, KeyPlace, KeyTemplate};
use crate::template::{PartOperator, SegmentOperand, SegmentValues, TextSegment, WriteSegment, operand};

/// The condition on the next part of a sort key that a template makes, to be completed by its operator.
///
/// It comes from the method of the part's field on the derive's query type. `N` is what [`eq`](Self::eq) gives: the query
/// of which the part after this one can be asked.
#[must_use = "a part of a key needs an operator: `eq`, `between`, `lt`, `le`, `gt`, `ge`, or `begins_with` for text"]
pub struct SortPart<E, I, T, N = Query<E, I>> {
    query: Query<E, I>,
    field: &'static str,
    next: fn(Query<E, I>) -> N,
    marker: PhantomData<fn() -> T>,
}

/// The condition on a part of a raw template that has more after it: the text of such keys has not the parts' order.
#[must_use = "a part of a key needs an operator: `eq`, or `begins_with` for text"]
pub struct RawSortPart<E, I, T, N>(SortPart<E, I, T, N>);

impl<E: Entity, I: Index<E>> Query<E, I> {
    /// The items whose partition-key attribute of that name is the text that a template makes of these values.
    #[doc(hidden)]
    pub fn text_partition(name: &'static str, template: &KeyTemplate, values: SegmentValues<'_>) -> Self {
        let mut query = Self::new();
        query.key_condition.partition_text(E::NAME, name, template, values);
        query
    }

    /// Of those, the items whose sort-key attribute of that name is of a template, and whose parts have these values.
    #[doc(hidden)]
    pub fn text_sort(mut self, name: &'static str, template: &'static KeyTemplate, values: SegmentValues<'_>) -> Self {
        self.key_condition.sort_text(E::NAME, name, template, values);
        self
    }

    /// The items under the partition key that a template makes of these values: that of the table, or of the index that is
    /// queried.
    #[doc(hidden)]
    pub fn of_keys(values: SegmentValues<'_>) -> Self {
        let (partition, sort) = match I::NAME {
            None => (KeyPlace::Partition, KeyPlace::Sort),
            Some(index) => {
                (KeyPlace::IndexPartition { index, position: 0 }, KeyPlace::IndexSort { index, position: 0 })
            }
        };
        let template = |place| E::KEYS.iter().find(|key| key.place == place).and_then(EntityKey::template);
        let name = |place| E::TABLE.attribute_at(place).map_or("", |(name, _)| name);
        let query = match template(partition) {
            Some(template) => Self::text_partition(name(partition), template, values),
            None => Self::new(),
        };
        match template(sort) {
            Some(template) => {
                let said = values.iter().filter(|(field, _)| template.parts().any(|part| part.field == *field));
                query.text_sort(name(sort), template, &said.copied().collect::<Vec<_>>())
            }
            None => query,
        }
    }

    /// A condition on the part of that field, which is the last one.
    #[doc(hidden)]
    pub fn part<T>(self, field: &'static str) -> SortPart<E, I, T> {
        self.part_then(field, core::convert::identity)
    }

    /// A condition on the part of that field, after which another one can be asked.
    #[doc(hidden)]
    pub fn part_then<T, N>(self, field: &'static str, next: fn(Self) -> N) -> SortPart<E, I, T, N> {
        SortPart { query: self, field, next, marker: PhantomData }
    }

    /// A condition on the part of that field of a raw template, after which another one can be asked.
    #[doc(hidden)]
    pub fn raw_part_then<T, N>(self, field: &'static str, next: fn(Self) -> N) -> RawSortPart<E, I, T, N> {
        RawSortPart(self.part_then(field, next))
    }

    /// The items of every entity in the same range of keys, read as the table's enum.
    ///
    /// On a query type itself it is the whole item collection, or what begins with the parts that are fixed so far.
    pub fn collection(self) -> Query<E::Table, Collection<E, I>>
    where
        E: TableEntity,
    {
        Query { key_condition: self.key_condition, defaults: self.defaults, marker: PhantomData }
    }
}

impl<E: Entity, I: Index<E>, T, N> SortPart<E, I, T, N> {
    /// The part equals the value.
    pub fn eq(mut self, value: impl SegmentOperand<T>) -> N {
        self.query.key_condition.fix(E::NAME, self.field, &operand::<T>(&value));
        (self.next)(self.query)
    }

    /// DynamoDB has no such key condition.
    #[doc(hidden)]
    pub fn ne<'n>(self, _: impl SegmentOperand<T>) -> Query<E, I>
    where
        &'n (): super::sort_key::NotEqual,
    {
        self.query
    }

    /// The part is less than the value.
    pub fn lt(self, value: impl SegmentOperand<T>) -> Query<E, I> {
        self.range(PartOperator::Lt, &[&operand::<T>(&value)])
    }

    /// The part is less than or equal to the value.
    pub fn le(self, value: impl SegmentOperand<T>) -> Query<E, I> {
        self.range(PartOperator::Le, &[&operand::<T>(&value)])
    }

    /// The part is greater than the value.
    pub fn gt(self, value: impl SegmentOperand<T>) -> Query<E, I> {
        self.range(PartOperator::Gt, &[&operand::<T>(&value)])
    }

    /// The part is greater than or equal to the value.
    pub fn ge(self, value: impl SegmentOperand<T>) -> Query<E, I> {
        self.range(PartOperator::Ge, &[&operand::<T>(&value)])
    }

    /// The part is in the range, both ends included.
    pub fn between(self, low: impl SegmentOperand<T>, high: impl SegmentOperand<T>) -> Query<E, I> {
        self.range(PartOperator::Between, &[&operand::<T>(&low), &operand::<T>(&high)])
    }

    /// The part begins with the value. Text has a beginning, the other types have none.
    pub fn begins_with(self, prefix: impl SegmentOperand<T>) -> Query<E, I>
    where
        T: TextSegment,
    {
        self.range(PartOperator::BeginsWith, &[&operand::<T>(&prefix)])
    }

    fn range(mut self, operator: PartOperator, operands: &[&dyn WriteSegment]) -> Query<E, I> {
        self.query.key_condition.range_of_part(E::NAME, self.field, operator, operands);
        self.query
    }
}

/// Holds nowhere: it is there for its message.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this part of a raw key has no order",
    label = "more text comes after it, so the order of the keys is not that of the part",
    note = "fix it with `eq`, or ask for a beginning with `begins_with`; a number of one width, as `{{year:04}}`, has an order"
)]
pub trait RawOrder {}

/// What a part of a raw template does not have, with the reason.
macro_rules! no_order {
    ($($operator:ident($($operand:ident),*))*) => {
        impl<E: Entity, I: Index<E>, T, N> RawSortPart<E, I, T, N> {$(
            #[doc(hidden)]
            pub fn $operator<'n>(self, $($operand: impl SegmentOperand<T>),*) -> Query<E, I>
            where
                &'n (): RawOrder,
            {
                let _ = ($(&$operand,)*);
                self.0.query
            }
        )*}
    };
}

no_order! { lt(_value) le(_value) gt(_value) ge(_value) between(_low, _high) }

impl<E: Entity, I: Index<E>, T, N> RawSortPart<E, I, T, N> {
    /// The part equals the value.
    pub fn eq(self, value: impl SegmentOperand<T>) -> N {
        self.0.eq(value)
    }

    /// The part begins with the value. Text has a beginning, the other types have none.
    pub fn begins_with(self, prefix: impl SegmentOperand<T>) -> Query<E, I>
    where
        T: TextSegment,
    {
        self.0.begins_with(prefix)
    }
}

impl<E: Entity, I, T, N> fmt::Debug for SortPart<E, I, T, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SortPart").field("entity", &E::NAME).field("field", &self.field).finish_non_exhaustive()
    }
}

impl<E: Entity, I, T, N> fmt::Debug for RawSortPart<E, I, T, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawSortPart").field("entity", &E::NAME).field("field", &self.0.field).finish_non_exhaustive()
    }
}
