//! Items that reserve the values of unique attributes, and the keys that are kept for them.

use crate::codec::{Cursor, DecodeError, EncodeError};
use crate::schema::TableSchema;

/// What the partition key of every item begins with that reserves a value.
pub(crate) const RESERVED: &str = "~unique#";

/// True if the item or key that the cursor is before reserves a value, in a table with unique attributes.
pub(crate) fn is_reservation(mut cursor: Cursor<'_>, table: &TableSchema) -> Result<bool, DecodeError> {
    cursor.expect(b'{', "expected an item")?;
    let mut first = true;
    while let Some(name) = cursor.member(&mut first)? {
        if name == table.partition_key.name {
            return Ok(cursor.open_any()? == "S" && cursor.string()?.starts_with(RESERVED));
        }
        cursor.skip()?;
    }
    Ok(false)
}

/// Refuses an item or key that could be taken for one that reserves a value.
pub(crate) fn check_not_reserved(json: &str, table: &TableSchema) -> Result<(), EncodeError> {
    if table.has_unique() && is_reservation(Cursor::over(json), table) == Ok(true) {
        let mut error = EncodeError::refused(format!(
            "partition keys that begin with `{RESERVED}` are kept for the items that reserve the values of unique attributes"
        ));
        error.in_attribute(table.partition_key.name);
        return Err(error);
    }
    Ok(())
}
