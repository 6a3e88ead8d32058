//! Values whose type only the item knows.

use std::collections::{BTreeMap, BTreeSet};

use super::{FromAttribute, Number, ToAttribute, kind};
use crate::codec::{Cursor, DecodeError, Encoder};

/// An attribute value of any type.
///
/// Fields of known types need none of this; it is for the attributes of foreign items, for rest fields and for raw
/// items.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    /// A string.
    S(String),
    /// A number.
    N(Number),
    /// Binary.
    B(Vec<u8>),
    /// A boolean.
    Bool(bool),
    /// The explicit null.
    Null,
    /// A map.
    M(BTreeMap<String, Value>),
    /// A list.
    L(Vec<Value>),
    /// A set of strings. It cannot be stored while it is empty.
    Ss(BTreeSet<String>),
    /// A set of numbers. It cannot be stored while it is empty.
    Ns(BTreeSet<Number>),
    /// A set of binaries. It cannot be stored while it is empty.
    Bs(BTreeSet<Vec<u8>>),
}

impl ToAttribute for Value {
    type Kind = kind::Any;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::S(text) => out.string(text),
            Self::N(number) => number.encode(out),
            Self::B(bytes) => out.binary(bytes),
            Self::Bool(value) => out.boolean(*value),
            Self::Null => out.null(),
            Self::M(entries) => entries.encode(out),
            Self::L(values) => out.list(values),
            Self::Ss(elements) => elements.encode(out),
            Self::Ns(elements) => elements.encode(out),
            Self::Bs(elements) => elements.encode(out),
        }
    }
}

impl<'a> FromAttribute<'a> for Value {
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self, DecodeError> {
        Ok(match cursor.clone().open_any()? {
            "S" => Self::S(String::decode(cursor)?),
            "N" => Self::N(Number::decode(cursor)?),
            "B" => Self::B(cursor.binary()?),
            "BOOL" => Self::Bool(cursor.boolean()?),
            "M" => Self::M(BTreeMap::decode(cursor)?),
            "L" => Self::L(Vec::decode(cursor)?),
            "SS" => Self::Ss(BTreeSet::decode(cursor)?),
            "NS" => Self::Ns(BTreeSet::decode(cursor)?),
            "BS" => Self::Bs(BTreeSet::decode(cursor)?),
            _ => {
                cursor.open_any()?;
                cursor.true_to_end()?;
                Self::Null
            }
        })
    }
    fn null() -> Option<Self> {
        Some(Self::Null)
    }
}

macro_rules! values_from {
    ($($from:ty => $variant:ident),* $(,)?) => {$(
        impl From<$from> for Value {
            fn from(value: $from) -> Self {
                Self::$variant(value.into())
            }
        }
    )*};
}

values_from!(
    &str => S, String => S, bool => Bool, &[u8] => B, Vec<u8> => B, Number => N,
    i8 => N, i16 => N, i32 => N, i64 => N, u8 => N, u16 => N, u32 => N, u64 => N,
    Vec<Value> => L, BTreeMap<String, Value> => M,
    BTreeSet<String> => Ss, BTreeSet<Number> => Ns, BTreeSet<Vec<u8>> => Bs,
);
