//! Pages of items.

use core::fmt;

use bytes::Bytes;

use super::cursor::PageCursor;
use crate::codec::{FromItem, decode_page_of};
use crate::entity::Whose;
use crate::{Error, Result};

/// Items that were read, and the place to go on from.
#[derive(Clone)]
#[non_exhaustive]
pub struct Page<T> {
    /// The items. A page without items is not the end: only a page without a cursor is.
    pub items: Vec<T>,
    /// Where the next page begins; `None` if there is none.
    pub cursor: Option<PageCursor>,
    /// How many items were read before the filter.
    pub scanned: u64,
    /// The read units that were used.
    pub capacity_units: f64,
    /// How many items are of no entity of the table, and were left out by `skip_unknown()`.
    pub unknown: u64,
}

/// The bytes of one page, for items that borrow from them.
///
/// ```
/// # use tablewright::prelude::*;
/// # use std::borrow::Cow;
/// #[derive(DynamoTable)]
/// #[dynamo(table = "notes")]
/// struct Note<'a> {
///     #[dynamo(partition_key)]
///     author: Cow<'a, str>,
///     #[dynamo(sort_key)]
///     id: u64,
///     text: Cow<'a, str>,
/// }
///
/// # async fn example(db: &Dynamo) -> Result<(), tablewright::Error> {
/// let page = db.query(Note::query("ann")).page_bytes().await?;
/// let notes: Vec<Note<'_>> = page.items()?;
/// # Ok(())
/// # }
/// ```
pub struct PageBytes {
    pub(super) body: Bytes,
    pub(super) entity: &'static str,
    pub(super) whose: Whose,
    pub(super) cursor: Option<PageCursor>,
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self { items: Vec::new(), cursor: None, scanned: 0, capacity_units: 0.0, unknown: 0 }
    }
}

impl<T> Page<T> {
    /// True if there is nothing after this page.
    #[must_use]
    pub const fn is_last(&self) -> bool {
        self.cursor.is_none()
    }
}

impl PageBytes {
    /// The items of the page, borrowing text from it where nothing is escaped.
    ///
    /// # Errors
    /// If an item does not fit `T`.
    pub fn items<'a, T: FromItem<'a>>(&'a self) -> Result<Vec<T>> {
        match decode_page_of(&self.body, &self.whose) {
            Ok((items, ..)) => Ok(items),
            Err(error) => Err(Error::Decode(error.of_entity(self.entity))),
        }
    }

    /// Where the next page begins; `None` if there is none.
    #[must_use]
    pub const fn cursor(&self) -> Option<&PageCursor> {
        self.cursor.as_ref()
    }
}

impl<T> fmt::Debug for Page<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page")
            .field("items", &self.items.len())
            .field("is_last", &self.is_last())
            .field("scanned", &self.scanned)
            .field("capacity_units", &self.capacity_units)
            .field("unknown", &self.unknown)
            .finish()
    }
}

impl fmt::Debug for PageBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageBytes").field("bytes", &self.body.len()).finish_non_exhaustive()
    }
}
