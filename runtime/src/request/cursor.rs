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

/// Tells one format of cursors from the next.
const VERSION: u8 = 1;

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

    /// The cursor for the key that a page of the query with this fingerprint ended at.
    pub(super) fn seal(fingerprint: u32, key: &str) -> Self {
        let mut bytes = vec![VERSION];
        bytes.extend_from_slice(&fingerprint.to_be_bytes());
        bytes.extend_from_slice(&crc32fast::hash(key.as_bytes()).to_be_bytes());
        bytes.extend_from_slice(key.as_bytes());
        Self(base64_simd::URL_SAFE_NO_PAD.encode_to_string(bytes))
    }

    /// The key to go on from, if the cursor is sound and belongs to the query with this fingerprint.
    pub(super) fn open(&self, fingerprint: u32) -> Result<String, CursorError> {
        let bytes = base64_simd::URL_SAFE_NO_PAD.decode_to_vec(&self.0).map_err(|_| CursorError::Damaged)?;
        let (head, key) = bytes.split_at_checked(9).ok_or(CursorError::Damaged)?;
        let [VERSION, f0, f1, f2, f3, c0, c1, c2, c3] = *head else { return Err(CursorError::Damaged) };
        if crc32fast::hash(key) != u32::from_be_bytes([c0, c1, c2, c3]) {
            return Err(CursorError::Damaged);
        }
        if fingerprint != u32::from_be_bytes([f0, f1, f2, f3]) {
            return Err(CursorError::OtherQuery);
        }
        // A cursor is not signed: what it holds must be a key and nothing else before it becomes part of a request.
        if !crate::codec::is_key(key) {
            return Err(CursorError::Damaged);
        }
        String::from_utf8(key.to_vec()).map_err(|_| CursorError::Damaged)
    }
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
