//! Writes attribute values in DynamoDB's JSON.

use super::encode_error::{EncodeError, EncodeProblem};
use super::item::ToItem;
use super::writing::Writing;
use crate::entity::Entity;

/// Writes attribute values as the bytes of a request.
///
/// The first problem sticks: what is written after it is thrown away, and [`finish`](Self::finish) reports it. So
/// writing a value is one call that cannot fail, which keeps generated code small.
#[derive(Debug, Default)]
pub struct Encoder {
    pub(super) out: Vec<u8>,
    pub(super) depth: u32,
    pub(super) error: Option<EncodeError>,
    pub(super) writing: Option<Writing>,
    /// Where the primary key of the item is, for the keys of indexes that are calculated from it.
    primary: core::ops::Range<usize>,
}

/// Which part of a primary key an attribute is.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyPart {
    /// The partition key: at most 2048 bytes.
    Partition,
    /// The sort key: at most 1024 bytes.
    Sort,
}

/// Which time stamp of an item a field is.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stamp {
    /// When the item was created.
    Created,
    /// When the item was last written.
    Updated,
}

impl Encoder {
    /// An encoder that has written nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An encoder that has written nothing, with room for so many bytes.
    #[must_use]
    pub fn with_capacity(bytes: usize) -> Self {
        Self { out: Vec::with_capacity(bytes), ..Self::default() }
    }

    /// The bytes, or the first problem.
    ///
    /// # Errors
    /// If a value could not be stored.
    pub fn finish(self) -> Result<Vec<u8>, EncodeError> {
        match self.error {
            None => Ok(self.out),
            Some(error) => Err(error),
        }
    }

    /// Makes what is encoded the write of an item through a handle.
    pub(crate) fn begin(&mut self, writing: Option<Writing>) {
        self.writing = writing;
    }

    /// What became of the write.
    pub(crate) fn end(&mut self) -> Option<Writing> {
        self.writing.take()
    }

    #[inline]
    pub(crate) fn raw(&mut self, json: &str) {
        self.out.extend_from_slice(json.as_bytes());
    }

    #[inline]
    pub(crate) fn raw_bytes(&mut self, json: &[u8]) {
        self.out.extend_from_slice(json);
    }

    pub(crate) fn len(&self) -> usize {
        self.out.len()
    }

    pub(crate) fn written(&self) -> &[u8] {
        &self.out
    }

    /// Writes a sensitive attribute: an error about it does not say why, because the reason may quote the value.
    #[doc(hidden)]
    pub fn redacted(&mut self, write: impl FnOnce(&mut Self)) {
        let before = self.error.take();
        write(self);
        let of_this = self.error.take().map(EncodeError::redacted);
        self.error = before.or(of_this);
    }

    /// Records a problem, unless there is one already.
    #[cold]
    pub fn fail(&mut self, problem: EncodeProblem) {
        if self.error.is_none() {
            self.error = Some(EncodeError::new(problem));
        }
    }

    /// Records an error that says its place itself, unless there is one already.
    #[cold]
    pub(crate) fn fail_with(&mut self, error: EncodeError) {
        self.error.get_or_insert(error);
    }

    /// Writes a string: `{"S":"…"}`.
    pub fn string(&mut self, text: &str) {
        self.raw("{\"S\":\"");
        self.text(text);
        self.raw("\"}");
    }

    /// Writes a string as an element of a set: `"…"`.
    pub(crate) fn element_string(&mut self, text: &str) {
        self.raw("\"");
        self.text(text);
        self.raw("\"");
    }

    /// Writes a number that is already in DynamoDB's notation: `{"N":"…"}`.
    #[inline]
    pub(crate) fn number(&mut self, digits: &str) {
        self.raw("{\"N\":\"");
        self.raw(digits);
        self.raw("\"}");
    }

    /// Writes binary: `{"B":"…"}`.
    pub fn binary(&mut self, bytes: &[u8]) {
        self.raw("{\"B\":\"");
        self.base64(bytes);
        self.raw("\"}");
    }

    /// Writes a boolean: `{"BOOL":…}`.
    pub fn boolean(&mut self, value: bool) {
        self.raw(if value { "{\"BOOL\":true}" } else { "{\"BOOL\":false}" });
    }

    /// Writes the explicit null: `{"NULL":true}`.
    pub fn null(&mut self) {
        self.raw("{\"NULL\":true}");
    }

    /// Writes base64 without quotes.
    pub(crate) fn base64(&mut self, bytes: &[u8]) {
        base64_simd::STANDARD.encode_append(bytes, &mut self.out);
    }

    /// Writes the attributes of an item's primary key, and keeps them for [`primary`](Self::primary).
    #[doc(hidden)]
    pub fn keep_primary<E: Entity>(&mut self, item: &E) {
        let start = self.len();
        item.encode_key(self);
        self.primary = start..self.len();
    }

    /// The primary key of the item that is written, as an object.
    pub(crate) fn primary(&self) -> String {
        let key = self.out.get(self.primary.clone()).unwrap_or_default();
        format!("{{{}}}", String::from_utf8_lossy(key))
    }

    /// Writes a whole item as an object: `{…}`.
    pub(crate) fn item<T: ToItem + ?Sized>(&mut self, item: &T) {
        self.raw("{");
        item.encode_item(self);
        self.raw("}");
    }
}
