//! Text.

use std::borrow::Cow;
use std::sync::Arc;

use super::{FromAttribute, ToAttribute, kind};
use crate::codec::{Cursor, DecodeError, DecodeProblem, Encoder};

type Result<T> = core::result::Result<T, DecodeError>;

macro_rules! written_as_text {
    ($($text:ty),*) => {$(
        impl ToAttribute for $text {
            type Kind = kind::S;
            type ListKind = kind::L;
            fn encode(&self, out: &mut Encoder) {
                out.string(self);
            }
            fn encode_element(&self, out: &mut Encoder) {
                out.element_string(self);
            }
        }
    )*};
}

written_as_text!(str, String, Cow<'_, str>);

impl<'a> FromAttribute<'a> for Cow<'a, str> {
    #[inline(never)]
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self> {
        cursor.text()
    }
    fn decode_element(cursor: &mut Cursor<'a>) -> Result<Self> {
        cursor.string()
    }
}

impl<'a> FromAttribute<'a> for String {
    #[inline(never)]
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self> {
        cursor.text().map(Cow::into_owned)
    }
    fn decode_element(cursor: &mut Cursor<'a>) -> Result<Self> {
        cursor.string().map(Cow::into_owned)
    }
}

impl<'a> FromAttribute<'a> for Box<str> {
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self> {
        cursor.text().map(Self::from)
    }
}

impl<'a> FromAttribute<'a> for Arc<str> {
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self> {
        cursor.text().map(Self::from)
    }
}

/// Text that has escapes in the response cannot be borrowed: it is an error that names the type to use instead.
impl<'a> FromAttribute<'a> for &'a str {
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self> {
        match cursor.text()? {
            Cow::Borrowed(text) => Ok(text),
            Cow::Owned(_) => cursor.problem(DecodeProblem::CannotBorrow { instead: "Cow<'a, str>" }),
        }
    }
}
