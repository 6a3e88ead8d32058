//! `url::Url` as text.

use url::Url;

use crate::codec::{Cursor, DecodeError, Encoder};
use crate::value::{FromAttribute, ToAttribute, kind};

impl ToAttribute for Url {
    type Kind = kind::S;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        out.string(self.as_str());
    }
}

impl<'a> FromAttribute<'a> for Url {
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self, DecodeError> {
        Url::parse(&cursor.text()?).or_else(|_| cursor.unparsable("a URL"))
    }
}
