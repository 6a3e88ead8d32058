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
    /// The cursor belongs to another segment of a scan, or to a scan in another number of segments.
    OtherSegment {
        /// The cursor's segment, counted from 0.
        segment: u32,
        /// The number of segments of its scan.
        total: u32,
    },
    /// The cursor is not sealed, and the read has a seal.
    NotSealed,
    /// The cursor is sealed, and the read has no seal to open it.
    Sealed,
    /// The cursor is sealed with a key that is not among those of the seal, or no longer.
    UnknownKey,
    /// The cursor was changed after it was sealed, or it is of another table, index or tenant.
    Forged,
    /// The cursor was sealed too long ago.
    Expired,
    /// The cursor could not be sealed, because the system gave no randomness.
    Unsealable,
    /// The cursor belongs to a query of a partition key with another number of shards.
    OtherShards {
        /// The number of shards of its query.
        shards: u32,
    },
    /// The checkpoint belongs to a scan in another number of segments.
    OtherSegments {
        /// The number of segments of its scan.
        total: u32,
    },
}

impl fmt::Display for CursorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Damaged => "the cursor is damaged: pass it on exactly as it was given",
            Self::OtherSegment { segment, total } => {
                return write!(
                    f,
                    "the cursor belongs to segment {segment} of a scan in {total}: use it with `.segment({segment}, {total})`"
                );
            }
            Self::OtherSegments { total } => {
                return write!(f, "the checkpoint belongs to a scan in {total} segments: use it with `.segments({total})`");
            }
            Self::OtherShards { shards } => {
                return write!(
                    f,
                    "the cursor belongs to a query of a key in {shards} shards, and now their number is another one: begin again \
                     without a cursor"
                );
            }
            Self::NotSealed => "the cursor is not sealed, and this read takes sealed ones: begin again without a cursor",
            Self::Sealed => "the cursor is sealed: give the handle's builder, or the read, the `cursor_seal` that it is from",
            Self::UnknownKey => {
                "the cursor is sealed with a key that is not here: add the key with `also_opens`, or begin again"
            }
            Self::Forged => "the cursor was changed, or is of another table, index or tenant",
            Self::Expired => "the cursor has expired: begin again without one",
            Self::Unsealable => "the cursor could not be sealed, because the system gave no random numbers",
            Self::OtherQuery => {
                "the cursor belongs to another query: use it with the table, index, key condition, filter and order that \
                 it came from"
            }
        })
    }
}
