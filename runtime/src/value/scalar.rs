//! Text, integers, floats, booleans and binary.

use std::borrow::Cow;

use super::{FromAttribute, ToAttribute, kind};
use crate::codec::{Cursor, DecodeError, DecodeProblem, Encoder};

type Result<T> = core::result::Result<T, DecodeError>;

impl ToAttribute for str {
    type Kind = kind::S;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        out.string(self);
    }
}

impl ToAttribute for String {
    type Kind = kind::S;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        out.string(self);
    }
}

impl ToAttribute for Cow<'_, str> {
    type Kind = kind::S;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        out.string(self);
    }
}

fn text<'a>(cursor: &mut Cursor<'a>) -> Result<Cow<'a, str>> {
    if !cursor.literal(b"{\"S\":\"") {
        cursor.open("S")?;
        cursor.expect(b'"', "expected a string")?;
    }
    let text = cursor.text_to_quote()?;
    cursor.close()?;
    Ok(text)
}

impl<'a> FromAttribute<'a> for Cow<'a, str> {
    #[inline(never)]
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self> {
        text(cursor)
    }
}

impl<'a> FromAttribute<'a> for String {
    #[inline(never)]
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self> {
        text(cursor).map(Cow::into_owned)
    }
}

macro_rules! integers {
    ($($integer:ident)*) => {$(
        impl ToAttribute for $integer {
            type Kind = kind::N;
            type ListKind = kind::L;
            fn encode(&self, out: &mut Encoder) {
                out.number(itoa::Buffer::new().format(*self));
            }
        }

        impl<'a> FromAttribute<'a> for $integer {
            #[inline(never)]
            fn decode(cursor: &mut Cursor<'a>) -> Result<Self> {
                if !cursor.literal(b"{\"N\":\"") {
                    cursor.open("N")?;
                    cursor.expect(b'"', "expected a string")?;
                }
                let digits = cursor.plain_text_to_quote()?;
                cursor.close()?;
                match digits.parse() {
                    Ok(number) => Ok(number),
                    Err(_) => cursor.problem(DecodeProblem::NumberDoesNotFit { rust_type: stringify!($integer) }),
                }
            }
        }
    )*};
}

integers!(i8 i16 i32 i64 isize u16 u32 u64 usize);

impl ToAttribute for bool {
    type Kind = kind::Bool;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        out.boolean(*self);
    }
}
