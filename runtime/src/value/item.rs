//! stub
use crate::codec::{Cursor, DecodeError, FromItem};

/// An untyped item.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Item(());

impl<'a> FromItem<'a> for Item {
    fn decode_item(cursor: &mut Cursor<'a>) -> Result<Self, DecodeError> {
        cursor.skip()?;
        Ok(Self(()))
    }
}
