//! What is wrong with a cursor.

use core::fmt;

/// What is wrong with a cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CursorError {
    /// The text is not a cursor.
    Damaged,
    /// The cursor belongs to another query: another table, index, key condition, filter or order.
    OtherQuery,
}

impl fmt::Display for CursorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Damaged => "the cursor is damaged: pass it on exactly as `Page::cursor` gave it",
            Self::OtherQuery => {
                "the cursor belongs to another query: use it with the table, index, key condition, filter and order that \
                 it came from"
            }
        })
    }
}
