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
            Self::OtherQuery => {
                "the cursor belongs to another query: use it with the table, index, key condition, filter and order that \
                 it came from"
            }
        })
    }
}
