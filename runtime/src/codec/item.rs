//! A type that is a whole item, or a map inside one: what the derives implement.

use super::{Cursor, DecodeError, Encoder};

/// A type that can be written as the attributes of an item or of a map.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be written as an item",
    label = "not an entity or a nested document",
    note = "derive `DynamoTable` for a table's items, or `DynamoAttribute` for a document inside an item"
)]
pub trait ToItem {
    /// Writes each attribute as a member of the map that the encoder is in.
    fn encode_item(&self, out: &mut Encoder);
}

/// A type that can be read from the attributes of an item or of a map.
///
/// The lifetime is the response's: a type may borrow text from it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from an item",
    label = "not an entity or a nested document",
    note = "derive `DynamoTable` for a table's items, or `DynamoAttribute` for a document inside an item"
)]
pub trait FromItem<'a>: Sized {
    /// Reads an item: the cursor is at the `{` of the item's map and is left after its `}`.
    ///
    /// # Errors
    /// If an attribute is missing, has another type or does not fit its field, or if the response is malformed.
    fn decode_item(cursor: &mut Cursor<'a>) -> Result<Self, DecodeError>;
}

/// A type that is read from an item without borrowing from the response.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from an item into a value of its own",
    label = "not an entity that owns its data",
    note = "derive `DynamoTable` or `DynamoAttribute` for it; a type that borrows is read from a page: `.page_bytes()`"
)]
pub trait ItemOwned: for<'a> FromItem<'a> {}

#[diagnostic::do_not_recommend]
impl<T: for<'a> FromItem<'a>> ItemOwned for T {}
