//! How far each segment of a scan is, as text that can be stored and taken back.

use core::fmt;

use super::cursor::PageCursor;
use super::origin::{self, Origin};
use crate::error::CursorError;

/// How far a scan in segments is: which segments are done, and where the others go on.
///
/// It is opaque text for a file or an item, and belongs to the scan that it came from, in as many segments. It holds keys
/// of items in readable form, and is not signed, as a [`PageCursor`]; where cursors are sealed, so is the checkpoint.
#[derive(Clone, PartialEq, Eq)]
pub struct ScanCheckpoint(String);

/// Tells one format of checkpoints from the next: readable and sealed.
const PLAIN: u8 = 1;
const SEALED: u8 = 2;

/// What sealed checkpoints are for, as opposed to whatever else the same key seals.
const PURPOSE: &str = "scan checkpoint";

/// How far one segment is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reached {
    Nothing,
    Page(PageCursor),
    End,
}

impl ScanCheckpoint {
    /// A checkpoint of its text.
    ///
    /// Whether it is sound and belongs to the scan shows when it is used.
    #[must_use]
    pub fn from_text(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The checkpoint's text: letters, digits, `-` and `_`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The checkpoint of this scan.
    pub(super) fn seal(origin: &Origin, segments: &[Reached]) -> Self {
        let mut states = Vec::new();
        for segment in segments {
            match segment {
                Reached::Nothing => states.push(b'.'),
                Reached::End => states.push(b'!'),
                Reached::Page(cursor) => {
                    states.extend_from_slice(cursor.as_str().as_bytes());
                    states.push(b',');
                }
            }
        }
        Self(match &origin.binding {
            None => origin.plain(PLAIN, &states),
            // What cannot be sealed is not said: an empty checkpoint is refused.
            Some(binding) => {
                binding.seal(PURPOSE, &[SEALED], &states).map_or_else(|_| String::new(), |it| origin::text(&it))
            }
        })
    }

    /// How far each of so many segments is, if the checkpoint is sound and belongs to this scan.
    pub(super) fn open(&self, origin: &Origin, segments: u32) -> Result<Vec<Reached>, CursorError> {
        let bytes = origin::bytes(&self.0)?;
        let states = match (&origin.binding, bytes.split_at_checked(1)) {
            (None, Some(([SEALED], _))) => return Err(CursorError::Sealed),
            (Some(binding), Some((head @ [SEALED], sealed))) => binding.open(PURPOSE, head, sealed)?,
            (Some(_), Some(([PLAIN], _))) => return Err(CursorError::NotSealed),
            (None, _) => match origin::read_plain(&bytes)? {
                (PLAIN, fingerprint, states) if fingerprint == origin.fingerprint => states.to_vec(),
                (PLAIN, ..) => return Err(CursorError::OtherQuery),
                _ => return Err(CursorError::Damaged),
            },
            (Some(_), _) => return Err(CursorError::Damaged),
        };
        let reached = read(core::str::from_utf8(&states).map_err(|_| CursorError::Damaged)?)?;
        match u32::try_from(reached.len()) {
            Ok(total) if total == segments => Ok(reached),
            Ok(total) => Err(CursorError::OtherSegments { total }),
            Err(_) => Err(CursorError::Damaged),
        }
    }
}

fn read(mut states: &str) -> Result<Vec<Reached>, CursorError> {
    let mut reached = Vec::new();
    while let Some(first) = states.chars().next() {
        let (segment, rest) = match first {
            '.' => (Reached::Nothing, states.get(1..)),
            '!' => (Reached::End, states.get(1..)),
            _ => {
                let (cursor, rest) = states.split_once(',').ok_or(CursorError::Damaged)?;
                (Reached::Page(PageCursor::from_text(cursor)), Some(rest))
            }
        };
        reached.push(segment);
        states = rest.unwrap_or_default();
    }
    Ok(reached)
}

impl fmt::Display for ScanCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ScanCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ScanCheckpoint(..)")
    }
}

impl core::str::FromStr for ScanCheckpoint {
    type Err = core::convert::Infallible;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}
