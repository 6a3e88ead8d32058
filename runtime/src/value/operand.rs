//! What can stand for a value of an attribute in a key or an expression.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::ToAttribute;
use super::kind;
use crate::codec::Encoder;

/// A value that can stand where an attribute of type `T` does: a `T`, a reference to one, or text for a string.
#[diagnostic::on_unimplemented(
    message = "expected a value for an attribute of type `{T}`, found `{Self}`",
    label = "not a value of this attribute",
    note = "pass a `{T}` or a reference to one"
)]
pub trait Operand<T: ?Sized> {
    /// Writes the value as the attribute stores it.
    fn encode_operand(&self, out: &mut Encoder);
}

impl<T: ToAttribute> Operand<T> for T {
    fn encode_operand(&self, out: &mut Encoder) {
        self.encode(out);
    }
}

#[diagnostic::do_not_recommend]
impl<T: ToAttribute> Operand<T> for &T {
    fn encode_operand(&self, out: &mut Encoder) {
        self.encode(out);
    }
}

#[diagnostic::do_not_recommend]
impl<T: ToAttribute> Operand<Option<T>> for T {
    fn encode_operand(&self, out: &mut Encoder) {
        self.encode(out);
    }
}

macro_rules! text_operands {
    ($($from:ty => $to:ty),* $(,)?) => {$(
        #[diagnostic::do_not_recommend]
        impl Operand<$to> for $from {
            fn encode_operand(&self, out: &mut Encoder) {
                out.string(self);
            }
        }
    )*};
}

text_operands!(
    &str => String, &str => Option<String>, &str => Box<str>, &str => Option<Box<str>>,
    &str => Cow<'_, str>, &str => Option<Cow<'_, str>>, String => Cow<'_, str>, &String => Cow<'_, str>,
    &String => Option<String>, Cow<'_, str> => String,
);

#[diagnostic::do_not_recommend]
impl Operand<Vec<u8>> for &[u8] {
    fn encode_operand(&self, out: &mut Encoder) {
        out.binary(self);
    }
}

/// An attribute that contains others: text in a string, an element in a set or a list.
#[diagnostic::on_unimplemented(
    message = "an attribute of type `{Self}` has no `contains`",
    label = "not a string, set or list",
    note = "`contains` looks for text in a string, or for an element in a set or a list"
)]
pub trait Contains {
    /// What it can contain.
    type Element;
}

/// An attribute that is a list.
#[diagnostic::on_unimplemented(
    message = "an attribute of type `{Self}` is not a list",
    label = "not a list",
    note = "`index`, `append` and `prepend` need a list, such as a `Vec` of attribute values"
)]
pub trait List {
    /// The type of an element.
    type Element;
}

/// An attribute that is a map with keys of its own.
#[diagnostic::on_unimplemented(
    message = "an attribute of type `{Self}` is not a map",
    label = "not a map of string keys",
    note = "`entry` needs a map, such as a `BTreeMap<String, _>`; for a nested document use `at(|document| document.field)`"
)]
pub trait Map {
    /// The type of a value.
    type Value;
}

impl Contains for String {
    type Element = Self;
}
impl Contains for Cow<'_, str> {
    type Element = String;
}
impl Contains for Box<str> {
    type Element = String;
}
impl<T: ToAttribute<ListKind = kind::L>> Contains for Vec<T> {
    type Element = T;
}
impl<T> Contains for BTreeSet<T> {
    type Element = T;
}
impl<T, S> Contains for HashSet<T, S> {
    type Element = T;
}
#[diagnostic::do_not_recommend]
impl<T: Contains> Contains for Option<T> {
    type Element = T::Element;
}

impl<T: ToAttribute<ListKind = kind::L>> List for Vec<T> {
    type Element = T;
}
#[diagnostic::do_not_recommend]
impl<T: List> List for Option<T> {
    type Element = T::Element;
}

impl<T> Map for BTreeMap<String, T> {
    type Value = T;
}
impl<T, S> Map for HashMap<String, T, S> {
    type Value = T;
}
#[diagnostic::do_not_recommend]
impl<T: Map> Map for Option<T> {
    type Value = T::Value;
}
