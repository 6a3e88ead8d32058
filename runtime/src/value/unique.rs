//! Which attribute types can be unique.

use super::ToAttribute;
use super::kind::{self, KeyKind, Kind};

/// A type whose values can be unique, or the scope of others: a string, an exact number or binary, perhaps absent.
#[diagnostic::on_unimplemented(
    message = "values of `{Self}` cannot be unique",
    label = "not a string, an exact number or binary",
    note = "a unique value, and one that is a scope, becomes part of a key: it is text, an integer, a decimal, bytes, or a newtype \
            or unit enum of them, or an `Option` of one; floats, booleans, documents and collections cannot be"
)]
pub trait UniqueAttribute {}

#[diagnostic::do_not_recommend]
impl<T: ToAttribute<Kind: Kind<Base: KeyKind>>> UniqueAttribute for T {}

/// A type of partition keys that are text.
#[diagnostic::on_unimplemented(
    message = "a table with unique attributes has a partition key of text, and `{Self}` is none",
    label = "unique values need a partition key of text",
    note = "each unique value is reserved by an item of the same table, whose partition key is text: make the key text as well, with \
            `partition_key = \"USER#{{id}}\"` above the struct in place of the marked field"
)]
pub trait TextKey {}

#[diagnostic::do_not_recommend]
impl<T: ToAttribute<Kind = kind::S>> TextKey for T {}
