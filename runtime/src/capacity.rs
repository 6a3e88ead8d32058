//! How large items are to DynamoDB, and how many capacity units calls use, to the byte and to the unit.
//!
//! They are what a program plans with: how many items fit a page, what a migration costs, how fast a scan may go. What a
//! call did use is in its answer, for example in [`Page::capacity_units`](crate::request::Page::capacity_units).
//!
//! ```
//! use tablewright::capacity::{self, Reading};
//! use tablewright::prelude::*;
//!
//! #[derive(DynamoTable)]
//! #[dynamo(table = "shirts")]
//! struct Shirt {
//!     #[dynamo(partition_key, rename = "shirt-color")]
//!     color: String,
//!     #[dynamo(rename = "shirt-size")]
//!     size: String,
//! }
//!
//! let bytes = capacity::item_bytes(&Shirt { color: "R".into(), size: "M".into() })?;
//! assert_eq!(bytes, 23, "the names count as well");
//! assert_eq!(capacity::read_units(bytes, Reading::Eventual), 0.5);
//! assert_eq!(capacity::write_units(None, Some(bytes)), 1.0);
//! # Ok::<(), tablewright::codec::EncodeError>(())
//! ```
//!
//! The rules: <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html> and
//! <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html>

use crate::codec::{EncodeError, Encoder, ToItem};
use crate::value::Number;

pub use crate::codec::item_size as json_bytes;

/// The bytes of an item that one read unit pays for.
pub const READ_UNIT_BYTES: usize = 4096;

/// The bytes of an item that one write unit pays for.
pub const WRITE_UNIT_BYTES: usize = 1024;

/// What storage is billed for each item beside its own bytes.
///
/// <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html>
pub const STORAGE_OVERHEAD_BYTES: usize = 100;

/// How a read sees the writes before it, which decides what it costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reading {
    /// The default of reads, and the only one of global secondary indexes: half a unit for each 4 KB.
    Eventual,
    /// After `.consistent()`: a unit for each 4 KB.
    Consistent,
    /// `TransactGetItems`: two units for each 4 KB.
    Transactional,
}

/// What a write does to an item's entry in a secondary index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IndexChange {
    /// Neither the entry's key nor a projected attribute changes.
    Unchanged,
    /// The entry is added, removed, or changed under the same key.
    Rewritten,
    /// The entry's key changes: it is removed in one place and added in another.
    Moved,
}

/// The bytes that DynamoDB counts an item as: its attributes' names and values.
///
/// It is what the limit of 400 KB is about, what capacity units are counted by, and, with
/// [`STORAGE_OVERHEAD_BYTES`], what storage is billed by. [`json_bytes`] has the rules, and takes the item as JSON.
///
/// # Errors
/// If a value cannot be stored.
pub fn item_bytes<T: ToItem + ?Sized>(item: &T) -> Result<usize, EncodeError> {
    let mut out = Encoder::new();
    out.item(item);
    out.finish().map(|json| json_bytes(&json))
}

/// The bytes that DynamoDB counts a number as: 2 to 21.
///
/// One byte for two significant digits, where the digits before and after the point are rounded up each by themselves,
/// one byte more, and one for a minus. AWS only says "approximately"; this is what measurements at the limit of 400 KB
/// show.
#[must_use]
pub fn number_bytes(number: Number) -> usize {
    number.stored_bytes()
}

/// The read units of an item of so many bytes, read by itself: `GetItem`, or one item of `BatchGetItem` or
/// `TransactGetItems`.
///
/// An item that is not there costs as much as the smallest: pass 0.
///
/// ```
/// use tablewright::capacity::{Reading, read_units};
///
/// assert_eq!(read_units(4096, Reading::Consistent), 1.0);
/// assert_eq!(read_units(4097, Reading::Eventual), 1.0);
/// assert_eq!(read_units(0, Reading::Transactional), 2.0);
/// ```
#[must_use]
pub fn read_units(bytes: usize, reading: Reading) -> f64 {
    let blocks = units(bytes, READ_UNIT_BYTES);
    match reading {
        Reading::Eventual => blocks / 2.0,
        Reading::Consistent => blocks,
        Reading::Transactional => blocks * 2.0,
    }
}

/// The read units of a page of `Query` or `Scan` that reads items of these sizes, before filter and projection.
///
/// The sizes are added up first and rounded up once, so that many small items cost less than one by one.
///
/// ```
/// use tablewright::capacity::{Reading, page_read_units, read_units};
///
/// assert_eq!(page_read_units([64; 1500], Reading::Consistent), 24.0);
/// assert_eq!(1500.0 * read_units(64, Reading::Consistent), 1500.0);
/// ```
#[must_use]
pub fn page_read_units(items: impl IntoIterator<Item = usize>, reading: Reading) -> f64 {
    read_units(items.into_iter().fold(0, usize::saturating_add), reading)
}

/// The write units of a put, update or delete, given the item's bytes before and after: `None` where there is none.
///
/// The larger of the two counts, so that making an item smaller costs what it was. A delete of an item that is not there
/// costs one unit, and a write whose condition fails costs what the stored item does. In `BatchWriteItem` each write costs
/// the same as alone. Secondary indexes are counted by themselves: [`index_write_units`].
///
/// ```
/// use tablewright::capacity::write_units;
///
/// assert_eq!(write_units(None, Some(1025)), 2.0);
/// assert_eq!(write_units(Some(5000), Some(100)), 5.0);
/// assert_eq!(write_units(None, None), 1.0);
/// ```
#[must_use]
pub fn write_units(before: Option<usize>, after: Option<usize>) -> f64 {
    units(before.max(after).unwrap_or(0), WRITE_UNIT_BYTES)
}

/// The write units of one action of `TransactWriteItems`: twice those of the same write alone. A condition check counts as
/// a write that leaves its item as it is.
#[must_use]
pub fn transact_write_units(before: Option<usize>, after: Option<usize>) -> f64 {
    2.0 * write_units(before, after)
}

/// The write units that a write uses in one secondary index, given the bytes of the item's entry there before and after.
///
/// An entry has the table's key, the index's key and the projected attributes; an item without a key attribute of the
/// index has none, which is `None` here. A transaction does not double these.
///
/// ```
/// use tablewright::capacity::{IndexChange, index_write_units};
///
/// assert_eq!(index_write_units(Some(300), Some(300), IndexChange::Moved), 2.0);
/// assert_eq!(index_write_units(Some(300), Some(300), IndexChange::Unchanged), 0.0);
/// ```
#[must_use]
pub fn index_write_units(before: Option<usize>, after: Option<usize>, change: IndexChange) -> f64 {
    let units_of = |entry: Option<usize>| entry.map_or(0.0, |bytes| units(bytes, WRITE_UNIT_BYTES));
    match change {
        IndexChange::Unchanged => 0.0,
        IndexChange::Rewritten => units_of(before.max(after)),
        IndexChange::Moved => units_of(before) + units_of(after),
    }
}

/// Blocks of that size, the last one rounded up, and one at least.
fn units(bytes: usize, block: usize) -> f64 {
    // Far more bytes than any call has are counted exactly by a float.
    bytes.div_ceil(block).max(1) as f64
}
