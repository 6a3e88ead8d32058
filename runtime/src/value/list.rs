//! Lists: of every attribute type but `u8`, whose lists are binary.

use std::collections::VecDeque;

use super::{FromAttribute, ToAttribute, kind};
use crate::codec::{Cursor, DecodeError, Encoder};

type Result<T> = core::result::Result<T, DecodeError>;

impl<T: ToAttribute> ToAttribute for [T] {
    type Kind = T::ListKind;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        T::encode_list(self, out);
    }
}

impl<T: ToAttribute> ToAttribute for Vec<T> {
    type Kind = T::ListKind;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        T::encode_list(self, out);
    }
}

impl<'a, T: FromAttribute<'a>> FromAttribute<'a> for Vec<T> {
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self> {
        T::decode_list(cursor)
    }
}

impl<T: ToAttribute> ToAttribute for VecDeque<T> {
    type Kind = T::ListKind;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        let (front, back) = self.as_slices();
        T::encode_halves(front, back, out);
    }
}

impl<'a, T: FromAttribute<'a>> FromAttribute<'a> for VecDeque<T> {
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self> {
        T::decode_list(cursor).map(Self::from)
    }
}

impl<T: ToAttribute, const N: usize> ToAttribute for [T; N] {
    type Kind = T::ListKind;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        T::encode_list(self, out);
    }
}

impl<'a, T: FromAttribute<'a>, const N: usize> FromAttribute<'a> for [T; N] {
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self> {
        match T::decode_list(cursor)?.try_into() {
            Ok(array) => Ok(array),
            Err(_) => cursor.unparsable("as long as the field's array"),
        }
    }
}

impl<'a, T: FromAttribute<'a>> FromAttribute<'a> for Box<[T]> {
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self> {
        T::decode_list(cursor).map(Self::from)
    }
}
