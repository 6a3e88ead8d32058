//! Wrappers around attribute types: references, boxes, options and the explicit null.

use std::sync::Arc;

use super::{FromAttribute, ToAttribute, kind};
use crate::codec::{Cursor, DecodeError, Encoder};

type Result<T> = core::result::Result<T, DecodeError>;

macro_rules! pointers {
    ($($pointer:ty),*) => {$(
        impl<T: ToAttribute + ?Sized> ToAttribute for $pointer {
            type Kind = T::Kind;
            type ListKind = kind::L;
            fn encode(&self, out: &mut Encoder) {
                (**self).encode(out);
            }
            fn is_absent(&self) -> bool {
                (**self).is_absent()
            }
            fn encode_element(&self, out: &mut Encoder) {
                (**self).encode_element(out);
            }
        }
    )*};
}

pointers!(&T, Box<T>, Arc<T>);

macro_rules! owned_pointers {
    ($($pointer:ident),*) => {$(
        impl<'a, T: FromAttribute<'a>> FromAttribute<'a> for $pointer<T> {
            fn decode(cursor: &mut Cursor<'a>) -> Result<Self> {
                T::decode(cursor).map(Self::new)
            }
            fn absent() -> Option<Self> {
                T::absent().map(Self::new)
            }
            fn null() -> Option<Self> {
                T::null().map(Self::new)
            }
            fn decode_element(cursor: &mut Cursor<'a>) -> Result<Self> {
                T::decode_element(cursor).map(Self::new)
            }
        }
    )*};
}

owned_pointers!(Box, Arc);

/// `None` is an absent attribute; in lists and maps, where nothing can be absent, it is an explicit NULL.
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
        self.is_none()
    }
}

/// An absent attribute is `None`, and so is an explicit NULL, which other programs write for "nothing".
impl<'a, T: FromAttribute<'a>> FromAttribute<'a> for Option<T> {
    #[inline]
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self> {
        if cursor.null()? { Ok(T::null()) } else { T::decode(cursor).map(Some) }
    }
    fn absent() -> Option<Self> {
        Some(None)
    }
    fn null() -> Option<Self> {
        Some(T::null())
    }
}

/// A value or DynamoDB's explicit NULL, where the two and an absent attribute are to be told apart.
///
/// Use `Option` where they are not: it leaves the attribute out, which is smaller and works in sparse indexes.
/// `Option<Nullable<T>>` has all three states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Nullable<T> {
    /// The explicit NULL.
    #[default]
    Null,
    /// A value.
    Value(T),
}

impl<T> Nullable<T> {
    /// The value, if there is one.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// A reference to the value, if there is one.
    pub const fn as_ref(&self) -> Option<&T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }
}

impl<T> From<Option<T>> for Nullable<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl<T> From<Nullable<T>> for Option<T> {
    fn from(value: Nullable<T>) -> Self {
        value.into_option()
    }
}

impl<T: ToAttribute> ToAttribute for Nullable<T> {
    type Kind = kind::OrNull<T::Kind>;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Value(value) => value.encode(out),
            Self::Null => out.null(),
        }
    }
}

impl<'a, T: FromAttribute<'a>> FromAttribute<'a> for Nullable<T> {
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self> {
        if cursor.null()? { Ok(Self::Null) } else { T::decode(cursor).map(Self::Value) }
    }
    fn null() -> Option<Self> {
        Some(Self::Null)
    }
}
