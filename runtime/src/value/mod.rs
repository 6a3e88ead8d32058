//! Which Rust types are attribute values, and of which DynamoDB type.
//!
//! The Rust type decides the wire type at compile time: operators, key checks and the schema follow from it.

pub mod kind;

mod adapter;
mod binary;
mod contents;
mod decimal;
mod dynamic;
mod float;
mod foreign;
mod integer;
mod item;
mod key;
mod list;
mod map;
mod number;
mod operand;
mod set;
mod text;
mod unique;
mod wrapper;

use crate::codec::{Cursor, DecodeError, Encoder};
pub use adapter::Adapter;
pub use contents::{Contains, List, Map};
pub use dynamic::Value;
pub use item::Item;
pub use key::{IndexKeyAttribute, KeyAttribute};
pub use kind::Kind;
pub use map::{FromMapKey, MapKey};
pub use number::{Number, NumberError};
pub use operand::Operand;
pub use unique::{TextKey, UniqueAttribute};
pub use wrapper::Nullable;

/// A type that can be written as an attribute value.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be stored as a DynamoDB attribute",
    label = "not an attribute type",
    note = "derive `DynamoAttribute` for a type of your own; for a foreign type enable the feature of its crate, or \
            write `#[dynamo(with = …)]` or `#[dynamo(serde)]` on the field"
)]
pub trait ToAttribute {
    /// The DynamoDB type of the value.
    type Kind: Kind;
    /// The DynamoDB type of a list of such values: [`kind::L`] for every type but `u8`, whose lists are binary.
    type ListKind: Kind;

    /// Writes the value as `{"S":…}`, `{"N":…}` and so on.
    fn encode(&self, out: &mut Encoder);

    /// True if the attribute is left out of the item.
    fn is_absent(&self) -> bool {
        false
    }

    /// Writes several values as a list.
    #[doc(hidden)]
    fn encode_list(values: &[Self], out: &mut Encoder)
    where
        Self: Sized,
    {
        out.list(values);
    }

    /// Writes several values in two halves as one list.
    #[doc(hidden)]
    fn encode_halves(front: &[Self], back: &[Self], out: &mut Encoder)
    where
        Self: Sized,
    {
        out.list(front.iter().chain(back));
    }

    /// Writes the value as an element of a set: the text of `{"S":"…"}` alone.
    #[doc(hidden)]
    fn encode_element(&self, out: &mut Encoder) {
        out.element(|out| self.encode(out));
    }
}

/// A type that can be read from an attribute value.
///
/// The lifetime is the response's: a type may borrow text from it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a DynamoDB attribute",
    label = "not an attribute type",
    note = "derive `DynamoAttribute` for a type of your own; for a foreign type enable the feature of its crate, or \
            write `#[dynamo(with = …)]` or `#[dynamo(serde)]` on the field"
)]
pub trait FromAttribute<'a>: Sized {
    /// Reads a value: the cursor is at the `{` of `{"S":…}` and is left after its `}`.
    ///
    /// # Errors
    /// If the value has another type or does not fit, or if the response is malformed.
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self, DecodeError>;

    /// The value of an attribute that the item lacks, if absence is a value of the type.
    #[must_use]
    fn absent() -> Option<Self> {
        None
    }

    /// The value of an explicit NULL, if the type has one.
    #[doc(hidden)]
    #[must_use]
    fn null() -> Option<Self> {
        None
    }

    /// Reads an element of a set: the text of `{"S":"…"}` alone.
    #[doc(hidden)]
    fn decode_element(cursor: &mut Cursor<'a>) -> Result<Self, DecodeError> {
        cursor.bare(Self::decode)
    }

    /// Reads a list of values.
    #[doc(hidden)]
    fn decode_list(cursor: &mut Cursor<'a>) -> Result<Vec<Self>, DecodeError> {
        let mut values = Vec::new();
        cursor.list(&mut |cursor| {
            values.push(Self::decode(cursor)?);
            Ok(())
        })?;
        Ok(values)
    }
}
