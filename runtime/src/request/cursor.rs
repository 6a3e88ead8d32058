//! The place where a page ended, as text that can be handed out and taken back.

use core::fmt;

use super::origin::{self, Origin};
use super::seal::Binding;
use crate::error::CursorError;

/// The place where a page ended.
///
/// It is opaque text for URLs and messages, and belongs to the query that it came from: used with another table, index,
/// key condition, filter or order it is an error. It holds the key of the page's last item in readable form, and of an index
/// in shards one for each shard, so it is no place for secrets; and it is not signed, so whoever holds one can go on from any
/// key of the same query. A handle or a read with a `CursorSeal` (feature `sealed-cursors`) seals its cursors, so that neither
/// is so.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PageCursor(String);

/// Tells one format of cursors from the next: without and with a segment, readable and sealed.
const PLAIN: u8 = 1;
const PLAIN_OF_SEGMENT: u8 = 2;
const SEALED: u8 = 3;
const SEALED_OF_SEGMENT: u8 = 4;

/// What sealed cursors are for, as opposed to whatever else the same key seals.
const PURPOSE: &str = "page cursor";

/// A segment of a scan, and how many there are.
type Segment = (u32, u32);

impl PageCursor {
    /// A cursor of its text.
    ///
    /// Whether it is sound and belongs to the query shows when it is used.
    #[must_use]
    pub fn from_text(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The cursor's text: letters, digits, `-` and `_`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The segment of the scan that the cursor is of, counted from 0, and how many segments that scan has; none if it is
    /// not of a segment, or damaged.
    #[must_use]
    pub fn segment(&self) -> Option<(u32, u32)> {
        let bytes = origin::bytes(&self.0).ok()?;
        match bytes.split_first()? {
            (&SEALED_OF_SEGMENT, rest) => Some(split_segment(rest).ok()?.0),
            _ => plain_parts(&bytes).ok()?.segment,
        }
    }

    /// The cursor for the key that a page of this read ended at.
    pub(super) fn seal(origin: &Origin, segment: Option<Segment>, key: &str) -> Result<Self, CursorError> {
        let place = segment.map(|(segment, total)| [segment.to_be_bytes(), total.to_be_bytes()]);
        let place = place.as_ref().map_or(&[][..], |place| place.as_flattened());
        let Some(binding) = &origin.binding else {
            let head = if segment.is_some() { PLAIN_OF_SEGMENT } else { PLAIN };
            return Ok(Self(origin.plain(head, &[place, key.as_bytes()].concat())));
        };
        let head = if segment.is_some() { SEALED_OF_SEGMENT } else { SEALED };
        let sealed = binding.seal(PURPOSE, &[&[head], place].concat(), key.as_bytes())?;
        Ok(Self(origin::text(&sealed)))
    }

    /// The key to go on from, if the cursor is sound and belongs to the segment of this read.
    pub(super) fn open(&self, origin: &Origin, segment: Option<Segment>) -> Result<String, CursorError> {
        let bytes = origin::bytes(&self.0)?;
        if let Some(shards) = Self::shards(&bytes) {
            return Err(CursorError::OtherShards { shards: shards.into() });
        }
        let parts = match (&origin.binding, bytes.first()) {
            (None, Some(&(SEALED | SEALED_OF_SEGMENT))) => return Err(CursorError::Sealed),
            (None, _) => plain_parts(&bytes)?,
            (Some(binding), Some(&(SEALED | SEALED_OF_SEGMENT))) => sealed_parts(binding, origin, &bytes)?,
            (Some(_), _) => return Err(plain_parts(&bytes).map_or(CursorError::Damaged, |_| CursorError::NotSealed)),
        };
        match parts.segment {
            Some((other, total)) if parts.segment != segment => {
                return Err(CursorError::OtherSegment { segment: other, total });
            }
            _ if origin.fingerprint != parts.fingerprint => return Err(CursorError::OtherQuery),
            _ => {}
        }
        // Not every cursor is sealed: what it holds must be a key and nothing else before it becomes part of a request.
        if !crate::codec::is_key(&parts.key) {
            return Err(CursorError::Damaged);
        }
        String::from_utf8(parts.key).map_err(|_| CursorError::Damaged)
    }
}

/// What a sound cursor holds.
struct Parts {
    fingerprint: u32,
    segment: Option<Segment>,
    key: Vec<u8>,
}

fn plain_parts(bytes: &[u8]) -> Result<Parts, CursorError> {
    let (head, fingerprint, content) = origin::read_plain(bytes)?;
    let (segment, key) = match head {
        PLAIN => (None, content),
        PLAIN_OF_SEGMENT => split_segment(content).map(|(segment, key)| (Some(segment), key))?,
        _ => return Err(CursorError::Damaged),
    };
    Ok(Parts { fingerprint, segment, key: key.to_vec() })
}

/// The segment of a sealed cursor is readable, and authenticated.
fn sealed_parts(binding: &Binding, origin: &Origin, bytes: &[u8]) -> Result<Parts, CursorError> {
    let (segment, head) = match bytes.split_first() {
        Some((&SEALED_OF_SEGMENT, rest)) => (Some(split_segment(rest)?.0), 9),
        _ => (None, 1),
    };
    let (head, sealed) = bytes.split_at_checked(head).ok_or(CursorError::Damaged)?;
    Ok(Parts { fingerprint: origin.fingerprint, segment, key: binding.open(PURPOSE, head, sealed)? })
}

fn split_segment(bytes: &[u8]) -> Result<(Segment, &[u8]), CursorError> {
    let (segment, rest) = bytes.split_first_chunk().ok_or(CursorError::Damaged)?;
    let (total, rest) = rest.split_first_chunk().ok_or(CursorError::Damaged)?;
    Ok(((u32::from_be_bytes(*segment), u32::from_be_bytes(*total)), rest))
}

impl fmt::Display for PageCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for PageCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PageCursor(..)")
    }
}

impl core::str::FromStr for PageCursor {
    type Err = core::convert::Infallible;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}
