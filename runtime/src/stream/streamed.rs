//! Which types a stream's records are read as, and which images they carry.

use crate::codec::{Cursor, DecodeError, ItemOwned};
use crate::schema::TableSchema;

/// The type of a table's items, where the table has a stream: what the derive writes for `stream = …`.
///
/// [`New`](Self::New) and [`Old`](Self::Old) are the type itself where the stream carries that image, and [`NoImage`]
/// where it does not: a handler that asks for an image which never comes does not compile.
#[diagnostic::on_unimplemented(
    message = "the table of `{Self}` has no stream",
    label = "not the items of a table with a stream",
    note = "records are read as the type that declares the table, which has to say that there is a stream: \
            `#[dynamo(table = \"…\", stream = new_and_old_images)]`",
    note = "a type with lifetimes has no stream of its own: read the records as a type that owns its data"
)]
pub trait Streamed: ItemOwned {
    /// The table.
    const TABLE: &'static TableSchema;
    /// An item after the change, if the stream carries it.
    type New: Image;
    /// An item before the change, if the stream carries it.
    type Old: Image;
}

/// The image that a stream does not carry.
///
/// The stream view types `KEYS_ONLY`, `NEW_IMAGE` and `OLD_IMAGE` leave images out; write
/// `stream = new_and_old_images` above the table's type to have both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct NoImage;

/// An item as a stream's record carries it, or [`NoImage`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an image of a stream's records",
    label = "neither an item nor `NoImage`"
)]
pub trait Image: Sized {
    /// Reads the image. `None` if it has to be there and is not.
    #[doc(hidden)]
    fn read(json: Option<&str>) -> Option<Result<Self, DecodeError>>;
}

#[diagnostic::do_not_recommend]
impl<T: ItemOwned> Image for T {
    fn read(json: Option<&str>) -> Option<Result<Self, DecodeError>> {
        json.map(|json| T::decode_item(&mut Cursor::over(json)))
    }
}

impl Image for NoImage {
    fn read(_: Option<&str>) -> Option<Result<Self, DecodeError>> {
        Some(Ok(Self))
    }
}

/// The name that messages call the items of a table by: the entity's, or the table's if it has several.
pub(super) fn name_of(table: &'static TableSchema) -> &'static str {
    match table.entities {
        [entity] => entity.name,
        _ => table.name,
    }
}
