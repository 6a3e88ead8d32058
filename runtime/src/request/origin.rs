//! What cursors and checkpoints belong to, and how they are written down: readable and checked, or sealed.

use super::seal::Binding;
use crate::error::CursorError;

/// What the cursors of one read belong to.
#[derive(Clone)]
pub(super) struct Origin {
    /// The same for the same query.
    pub(super) fingerprint: u32,
    /// What seals them, if they are sealed.
    pub(super) binding: Option<Binding>,
}

impl Origin {
    /// Content under a head that says what it is: as text, after the fingerprint and a checksum.
    pub(super) fn plain(&self, head: u8, content: &[u8]) -> String {
        let mut bytes = vec![head];
        bytes.extend_from_slice(&self.fingerprint.to_be_bytes());
        bytes.extend_from_slice(&crc32fast::hash(content).to_be_bytes());
        bytes.extend_from_slice(content);
        text(&bytes)
    }
}

/// The head, the fingerprint and the content of what [`Origin::plain`] has written.
pub(super) fn read_plain(bytes: &[u8]) -> Result<(u8, u32, &[u8]), CursorError> {
    let (head, content) = bytes.split_at_checked(9).ok_or(CursorError::Damaged)?;
    let [head, f0, f1, f2, f3, c0, c1, c2, c3] = *head else { return Err(CursorError::Damaged) };
    if crc32fast::hash(content) != u32::from_be_bytes([c0, c1, c2, c3]) {
        return Err(CursorError::Damaged);
    }
    Ok((head, u32::from_be_bytes([f0, f1, f2, f3]), content))
}

pub(super) fn text(bytes: &[u8]) -> String {
    base64_simd::URL_SAFE_NO_PAD.encode_to_string(bytes)
}

pub(super) fn bytes(text: &str) -> Result<Vec<u8>, CursorError> {
    base64_simd::URL_SAFE_NO_PAD.decode_to_vec(text).map_err(|_| CursorError::Damaged)
}
