//! The keys of indexes that templates make, as targets of updates.

use core::fmt;
use core::marker::PhantomData;

use super::condition::{Condition, Expr};
use crate::codec::Encoder;
use crate::schema::TemplateMode;
use crate::template::{KeySegment, SegmentError, SegmentField, SegmentText, WriteSegment};
use crate::value::ToAttribute;

/// The fields that make the key of an index of `E`, to be set together: `A` is the tuple of their types.
///
/// It is a member of the paths that a closure of `set` receives, and is named after the index. Setting it sets the fields
/// and rewrites every index key that one of them is in, in the same update. `None` for an optional field takes the item out
/// of the index.
///
/// ```
/// # use tablewright::prelude::*;
/// #[derive(DynamoTable)]
/// #[dynamo(
///     table = "tickets",
///     partition_key = "TICKET#{id}",
///     gsi(name = "by-status", partition_key = "STATUS#{status}", sort_key = "{status}#{priority}#{id}")
/// )]
/// struct Ticket {
///     #[dynamo(key_only)]
///     id: u64,
///     status: String,
///     priority: u8,
/// }
///
/// # async fn example(db: &Dynamo) -> Result<(), tablewright::Error> {
/// db.update(Ticket::key(7_u64)).set(|ticket| ticket.by_status, ("open", 3_u8)).await?;
/// # Ok(())
/// # }
/// ```
pub struct IndexKeyPath<E, A> {
    /// The fields, in the order of the tuple.
    pub(crate) fields: &'static [&'static str],
    marker: PhantomData<fn() -> (E, A)>,
}

/// The role of an attribute that feeds the key of an index, in an expression of kind `R`: the entity's `G`th such group.
#[derive(Debug, Clone, Copy)]
pub struct Feeds<const G: usize, R>(PhantomData<R>);

/// The role of an attribute that is part of the primary key's text.
#[derive(Debug, Clone, Copy)]
pub enum PrimaryPart {}

/// Says that an attribute which feeds the key of an index is set alone. It holds nowhere, and each group has its message.
#[doc(hidden)]
pub trait SetAlone<const G: usize> {}

impl<E, A> IndexKeyPath<E, A> {
    /// The path of these fields.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(fields: &'static [&'static str]) -> Self {
        Self { fields, marker: PhantomData }
    }
}

/// A value that can stand for a field of type `T` that feeds the key of an index.
#[diagnostic::on_unimplemented(
    message = "expected a value for a field of type `{T}`, found `{Self}`",
    label = "not a value of this field",
    note = "pass a `{T}` or a reference to one"
)]
pub trait FieldOperand<T> {
    /// Writes the value as the attribute stores it.
    #[doc(hidden)]
    fn encode_field(&self, out: &mut Encoder);

    /// Writes the value as a key has it; says whether there is one.
    #[doc(hidden)]
    fn write_field(&self, mode: TemplateMode, out: &mut SegmentText) -> Result<bool, SegmentError>;
}

impl<T: ToAttribute + SegmentField> FieldOperand<T> for T {
    fn encode_field(&self, out: &mut Encoder) {
        self.encode(out);
    }
    fn write_field(&self, mode: TemplateMode, out: &mut SegmentText) -> Result<bool, SegmentError> {
        self.write(mode, out)
    }
}

#[diagnostic::do_not_recommend]
impl<T: ToAttribute + SegmentField> FieldOperand<T> for &T {
    fn encode_field(&self, out: &mut Encoder) {
        self.encode(out);
    }
    fn write_field(&self, mode: TemplateMode, out: &mut SegmentText) -> Result<bool, SegmentError> {
        (**self).write(mode, out)
    }
}

#[diagnostic::do_not_recommend]
impl<T: ToAttribute + KeySegment> FieldOperand<Option<T>> for T {
    fn encode_field(&self, out: &mut Encoder) {
        self.encode(out);
    }
    fn write_field(&self, mode: TemplateMode, out: &mut SegmentText) -> Result<bool, SegmentError> {
        self.write(mode, out)
    }
}

macro_rules! text_operands {
    ($($from:ty => $($to:ty),*;)*) => {$($(
        #[diagnostic::do_not_recommend]
        impl FieldOperand<$to> for $from {
            fn encode_field(&self, out: &mut Encoder) {
                out.string(self);
            }
            fn write_field(&self, _: TemplateMode, out: &mut SegmentText) -> Result<bool, SegmentError> {
                out.push_str(self);
                Ok(true)
            }
        }
    )*)*};
}

text_operands! {
    &str => String, Option<String>, Box<str>, Option<Box<str>>;
    &String => Option<String>, Box<str>, Option<Box<str>>;
}

/// A field's value, whatever its type.
#[doc(hidden)]
pub trait FieldValue {
    /// Writes the value as the attribute stores it.
    fn encode(&self, out: &mut Encoder);

    /// The value as a part of a key, if it can be one.
    fn segment(&self) -> Option<&dyn WriteSegment>;
}

struct Value<'v, T, V>(&'v V, PhantomData<fn() -> T>);

impl<T, V: FieldOperand<T>> WriteSegment for Value<'_, T, V> {
    fn write(&self, mode: TemplateMode, out: &mut SegmentText) -> Result<bool, SegmentError> {
        self.0.write_field(mode, out)
    }
}

impl<T, V: FieldOperand<T>> FieldValue for Value<'_, T, V> {
    fn encode(&self, out: &mut Encoder) {
        self.0.encode_field(out);
    }
    fn segment(&self) -> Option<&dyn WriteSegment> {
        Some(self)
    }
}

/// The values of the fields that make the key of an index: a tuple with one for each.
#[diagnostic::on_unimplemented(
    message = "expected one value for each field of the index's key, `{A}`, found `{Self}`",
    label = "not the values of these fields",
    note = "the fields of an index's key are set together, as a tuple: `(first,)` for one field, `(first, second)` for two"
)]
pub trait FieldValues<A> {
    /// Gives the values, in the order of the fields.
    #[doc(hidden)]
    fn with<R>(&self, then: impl FnOnce(&[&dyn FieldValue]) -> R) -> R;
}

/// The fields of no index. Without it, a value that is no tuple would be taken for an attribute's before the path is known,
/// and the message would be about the path.
#[doc(hidden)]
#[derive(Debug)]
pub enum NoFields {}

#[diagnostic::do_not_recommend]
impl<V> FieldValues<NoFields> for V {
    fn with<R>(&self, then: impl FnOnce(&[&dyn FieldValue]) -> R) -> R {
        then(&[])
    }
}

macro_rules! tuples {
    ($($($field:ident $value:ident $place:tt),+;)*) => {$(
        impl<$($field, $value: FieldOperand<$field>),+> FieldValues<($($field,)+)> for ($($value,)+) {
            fn with<R>(&self, then: impl FnOnce(&[&dyn FieldValue]) -> R) -> R {
                then(&[$(&Value::<$field, $value>(&self.$place, PhantomData)),+])
            }
        }
    )*};
}

tuples! {
    T0 V0 0;
    T0 V0 0, T1 V1 1;
    T0 V0 0, T1 V1 1, T2 V2 2;
    T0 V0 0, T1 V1 1, T2 V2 2, T3 V3 3;
    T0 V0 0, T1 V1 1, T2 V2 2, T3 V3 3, T4 V4 4;
    T0 V0 0, T1 V1 1, T2 V2 2, T3 V3 3, T4 V4 4, T5 V5 5;
    T0 V0 0, T1 V1 1, T2 V2 2, T3 V3 3, T4 V4 4, T5 V5 5, T6 V6 6;
    T0 V0 0, T1 V1 1, T2 V2 2, T3 V3 3, T4 V4 4, T5 V5 5, T6 V6 6, T7 V7 7;
}

/// Holds nowhere: it is there for its message.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the key of an index cannot be compared, it can be set",
    label = "not an attribute",
    note = "compare the fields that the key is made of, each by itself: `item.field`; to ask for items by this key, query the index"
)]
pub trait Comparable {}

macro_rules! no_operators {
    ($($operator:ident($($operand:ident),*))*) => {
        impl<E, A> IndexKeyPath<E, A> {$(
            #[doc(hidden)]
            pub fn $operator<'n>(&self, $($operand: impl Sized),*) -> Condition<E>
            where
                &'n (): Comparable,
            {
                $(drop($operand);)*
                Condition::new(Expr::Join("AND", Vec::new()))
            }
        )*}
    };
}

no_operators! {
    eq(_value) ne(_value) lt(_value) le(_value) gt(_value) ge(_value) between(_low, _high) begins_with(_prefix)
    exists() not_exists()
}

impl<E, A> Clone for IndexKeyPath<E, A> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E, A> Copy for IndexKeyPath<E, A> {}

impl<E, A> fmt::Debug for IndexKeyPath<E, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("IndexKeyPath").field(&self.fields).finish()
    }
}
