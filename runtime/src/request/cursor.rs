//! The place where a page ended, as text that can be handed out and taken back.

use core::fmt;

use crate::error::CursorError;

/// The place where a page ended.
///
/// It is opaque text for URLs and messages, and belongs to the query that it came from: used with another table, index,
/// key condition, filter or order it is an error. It holds the key of the page's last item in readable form, so it is no
/// place for secrets; and it is not signed, so whoever holds one can go on from any key of the same query.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PageCursor(String);

/// Tells one format of cursors from the next: without and with a segment.
const VERSION: u8 = 1;
const VERSION_OF_SEGMENT: u8 = 2;

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
        self.parts().ok().and_then(|parts| parts.segment)
    }

    /// The cursor for the key that a page of the query with this fingerprint ended at.
    pub(super) fn seal(fingerprint: u32, segment: Option<Segment>, key: &str) -> Self {
        let mut checked = Vec::with_capacity(8 + key.len());
        if let Some((segment, total)) = segment {
            checked.extend_from_slice(&segment.to_be_bytes());
            checked.extend_from_slice(&total.to_be_bytes());
        }
        checked.extend_from_slice(key.as_bytes());
        let mut bytes = vec![if segment.is_some() { VERSION_OF_SEGMENT } else { VERSION }];
        bytes.extend_from_slice(&fingerprint.to_be_bytes());
        bytes.extend_from_slice(&crc32fast::hash(&checked).to_be_bytes());
        bytes.extend_from_slice(&checked);
        Self(base64_simd::URL_SAFE_NO_PAD.encode_to_string(bytes))
    }

    /// The key to go on from, if the cursor is sound and belongs to the segment of the query with this fingerprint.
    pub(super) fn open(&self, fingerprint: u32, segment: Option<Segment>) -> Result<String, CursorError> {
        let parts = self.parts()?;
        match parts.segment {
            Some((other, total)) if parts.segment != segment => {
                return Err(CursorError::OtherSegment { segment: other, total });
            }
            _ if fingerprint != parts.fingerprint => return Err(CursorError::OtherQuery),
            _ => {}
        }
        // A cursor is not signed: what it holds must be a key and nothing else before it becomes part of a request.
        if !crate::codec::is_key(&parts.key) {
            return Err(CursorError::Damaged);
        }
        String::from_utf8(parts.key).map_err(|_| CursorError::Damaged)
    }

    fn parts(&self) -> Result<Parts, CursorError> {
        let bytes = base64_simd::URL_SAFE_NO_PAD.decode_to_vec(&self.0).map_err(|_| CursorError::Damaged)?;
        let (head, checked) = bytes.split_at_checked(9).ok_or(CursorError::Damaged)?;
        let [version, f0, f1, f2, f3, c0, c1, c2, c3] = *head else { return Err(CursorError::Damaged) };
        if crc32fast::hash(checked) != u32::from_be_bytes([c0, c1, c2, c3]) {
            return Err(CursorError::Damaged);
        }
        let (segment, key) = match (version, checked.split_first_chunk::<8>()) {
            (VERSION, _) => (None, checked),
            (VERSION_OF_SEGMENT, Some(([s0, s1, s2, s3, t0, t1, t2, t3], key))) => {
                (Some((u32::from_be_bytes([*s0, *s1, *s2, *s3]), u32::from_be_bytes([*t0, *t1, *t2, *t3]))), key)
            }
            _ => return Err(CursorError::Damaged),
        };
        Ok(Parts { fingerprint: u32::from_be_bytes([f0, f1, f2, f3]), segment, key: key.to_vec() })
    }
}

/// What a sound cursor holds.
struct Parts {
    fingerprint: u32,
    segment: Option<Segment>,
    key: Vec<u8>,
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
