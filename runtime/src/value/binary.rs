//! Binary, and booleans. `Vec<u8>` and arrays of bytes are in the module of lists.

use std::borrow::Cow;

use bytes::Bytes;

use super::{FromAttribute, ToAttribute, kind};
use crate::codec::{Cursor, DecodeError, Encoder};

type Result<T> = core::result::Result<T, DecodeError>;

impl ToAttribute for Bytes {
    type Kind = kind::B;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        out.binary(self);
    }
}

impl<'a> FromAttribute<'a> for Bytes {
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self> {
        cursor.binary().map(Self::from)
    }
}

impl ToAttribute for Cow<'_, [u8]> {
    type Kind = kind::B;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        out.binary(self);
    }
}

/// Always owned, because binary is base64 in the response.
impl<'a> FromAttribute<'a> for Cow<'_, [u8]> {
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self> {
        cursor.binary().map(Cow::Owned)
    }
}

impl ToAttribute for bool {
    type Kind = kind::Bool;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        out.boolean(*self);
    }
}

impl<'a> FromAttribute<'a> for bool {
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self> {
        cursor.boolean()
    }
}
