//! `uuid::Uuid` as text with hyphens, in lower case.

use uuid::Uuid;

use crate::codec::{Cursor, DecodeError, Encoder};
use crate::value::{FromAttribute, ToAttribute, kind};

impl ToAttribute for Uuid {
    type Kind = kind::S;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        out.string(self.hyphenated().encode_lower(&mut Uuid::encode_buffer()));
    }
}

impl<'a> FromAttribute<'a> for Uuid {
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self, DecodeError> {
        Uuid::try_parse(&cursor.text()?).or_else(|_| cursor.unparsable("a UUID"))
    }
}
