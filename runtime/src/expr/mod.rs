//! Expressions: conditions, filters, updates and projections, built from typed paths.
//!
//! A closure receives one [`Path`] for each attribute, and the path's type decides which operators it has:
//!
//! ```
//! # use tablewright::prelude::*;
//! # #[derive(DynamoTable)]
//! # #[dynamo(table = "players")]
//! # struct Player { #[dynamo(partition_key)] id: u64, name: String, score: u64, tags: Vec<String> }
//! # fn example(db: &Dynamo) {
//! let winners = db.scan::<Player>().filter(|p| p.score.ge(100).and(p.name.begins_with("a")).or(p.tags.contains("vip")));
//! # }
//! ```
//!
//! Names are always aliased and values always sent apart from the expression's text, so that no reserved word and no
//! value can change what an expression means.

mod behaviour;
mod condition;
mod index_key;
mod operators;
mod path;
mod raw;
mod render;
mod update;

pub use behaviour::{Countable, Counter, Initial, VersionNumber, WriteOnce};
pub use condition::{Condition, IntoCondition, Size};
pub(crate) use condition::{Expr, Term};
pub use index_key::{Feeds, FieldOperand, FieldValues, IndexKeyPath, PrimaryPart};
#[doc(hidden)]
pub use index_key::{FieldValue, SetAlone};
pub(crate) use path::Node;
pub use path::{
    Addressable, InCondition, InQuery, InScan, InUpdate, KeyRole, Member, Path, PathBase, Plain, Removable, Usable,
};
pub use raw::{RawCondition, RawUpdate};
pub(crate) use render::Substitutions;
pub(crate) use update::{Action, SetValue, Updates};

use crate::codec::{EncodeError, Encoder};
use crate::value::Operand;

/// A value as DynamoDB's JSON, or why it cannot be sent.
pub(crate) type Value = Result<Box<str>, EncodeError>;

/// The JSON of the explicit null, which an `Option` becomes that is `None`.
pub(crate) const NULL: &str = "{\"NULL\":true}";

/// The value of an operand for the attribute at `node`.
pub(crate) fn value<T: ?Sized>(node: &Node, operand: &impl Operand<T>) -> Value {
    encoded(node, |out| operand.encode_operand(out))
}

/// A value that makes no sense where it is.
pub(crate) fn refused(node: &Node, reason: &'static str) -> Value {
    let mut error = EncodeError::refused(reason);
    error.in_attribute(node.to_string());
    Err(error)
}

pub(crate) fn encoded(node: &Node, encode: impl FnOnce(&mut Encoder)) -> Value {
    let mut out = Encoder::new();
    encode(&mut out);
    out.finish().map(crate::key::into_text).map_err(|mut error| {
        error.in_attribute(node.to_string());
        error
    })
}
