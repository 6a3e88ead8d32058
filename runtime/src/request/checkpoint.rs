//! How far each segment of a scan is, as text that can be stored and taken back.

use core::fmt;

use super::cursor::PageCursor;
use crate::error::CursorError;

/// How far a scan in segments is: which segments are done, and where the others go on.
///
/// It is opaque text for a file or an item, and belongs to the scan that it came from, in as many segments. It holds keys
/// of items in readable form, and is not signed, as a [`PageCursor`].
#[derive(Clone, PartialEq, Eq)]
pub struct ScanCheckpoint(String);

/// Tells one format of checkpoints from the next.
const VERSION: u8 = 1;

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

    /// The checkpoint of the scan with this fingerprint.
    pub(super) fn seal(fingerprint: u32, segments: &[Reached]) -> Self {
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
        let mut bytes = vec![VERSION];
        bytes.extend_from_slice(&fingerprint.to_be_bytes());
        bytes.extend_from_slice(&crc32fast::hash(&states).to_be_bytes());
        bytes.extend_from_slice(&states);
        Self(base64_simd::URL_SAFE_NO_PAD.encode_to_string(bytes))
    }

    /// How far each of so many segments is, if the checkpoint is sound and belongs to the scan with this fingerprint.
    pub(super) fn open(&self, fingerprint: u32, segments: u32) -> Result<Vec<Reached>, CursorError> {
        let bytes = base64_simd::URL_SAFE_NO_PAD.decode_to_vec(&self.0).map_err(|_| CursorError::Damaged)?;
        let (head, states) = bytes.split_at_checked(9).ok_or(CursorError::Damaged)?;
        let [VERSION, f0, f1, f2, f3, c0, c1, c2, c3] = *head else { return Err(CursorError::Damaged) };
        if crc32fast::hash(states) != u32::from_be_bytes([c0, c1, c2, c3]) {
            return Err(CursorError::Damaged);
        }
        if fingerprint != u32::from_be_bytes([f0, f1, f2, f3]) {
            return Err(CursorError::OtherQuery);
        }
        let reached = read(core::str::from_utf8(states).map_err(|_| CursorError::Damaged)?)?;
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
