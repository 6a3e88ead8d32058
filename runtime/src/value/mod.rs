//! Which Rust types are attribute values, and of which DynamoDB type.
//!
//! The Rust type decides the wire type at compile time: operators, key checks and the schema follow from it.

pub mod kind;

mod adapter;
pub mod item;
mod key;
mod operand;
mod scalar;

use crate::codec::{Cursor, DecodeError, Encoder};
pub use adapter::Adapter;
pub use key::{IndexKeyAttribute, KeyAttribute};
pub use kind::Kind;
pub use operand::{Contains, List, Map, Operand};

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

impl<T: ToAttribute + ?Sized> ToAttribute for &T {
    type Kind = T::Kind;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        (**self).encode(out);
    }
    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

impl<T: ToAttribute> ToAttribute for Option<T> {
    type Kind = kind::Optional<T::Kind>;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        match self {
            Some(value) => value.encode(out),
            None => out.null(),
        }
    }
    fn is_absent(&self) -> bool {
        self.as_ref().is_none_or(ToAttribute::is_absent)
    }
}

impl<'a, T: FromAttribute<'a>> FromAttribute<'a> for Option<T> {
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self, DecodeError> {
        // Other programs write an explicit NULL for "nothing".
        if cursor.null()? { Ok(None) } else { T::decode(cursor).map(Some) }
    }
    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: ToAttribute> ToAttribute for Box<T> {
    type Kind = T::Kind;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        (**self).encode(out);
    }
    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

impl<'a, T: FromAttribute<'a>> FromAttribute<'a> for Box<T> {
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self, DecodeError> {
        T::decode(cursor).map(Self::new)
    }
    fn absent() -> Option<Self> {
        T::absent().map(Self::new)
    }
}
