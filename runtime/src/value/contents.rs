//! Which attribute types contain others: what `contains`, `index` and `entry` need.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::sync::Arc;

use super::{ToAttribute, Value, kind};

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
impl Contains for Arc<str> {
    type Element = String;
}
impl Contains for Value {
    type Element = Self;
}

/// Lists of every element but `u8`, whose lists are binary.
macro_rules! lists {
    ($([$($generics:tt)*] $list:ty;)*) => {$(
        impl<T: ToAttribute<ListKind = kind::L>, $($generics)*> Contains for $list {
            type Element = T;
        }

        impl<T: ToAttribute<ListKind = kind::L>, $($generics)*> List for $list {
            type Element = T;
        }
    )*};
}

lists! {
    [] Vec<T>;
    [] VecDeque<T>;
    [] Box<[T]>;
    [const N: usize] [T; N];
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

impl List for Value {
    type Element = Self;
}
#[diagnostic::do_not_recommend]
impl<T: List> List for Option<T> {
    type Element = T::Element;
}

impl<K, T> Map for BTreeMap<K, T> {
    type Value = T;
}
impl<K, T, S> Map for HashMap<K, T, S> {
    type Value = T;
}
impl Map for Value {
    type Value = Self;
}
#[diagnostic::do_not_recommend]
impl<T: Map> Map for Option<T> {
    type Value = T::Value;
}
