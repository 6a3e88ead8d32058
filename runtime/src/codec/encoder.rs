//! Writes attribute values in DynamoDB's JSON.

use std::time::SystemTime;

use super::error::{EncodeError, EncodeProblem};
use super::item::ToItem;
use super::scan::end_of_plain_text;
use crate::limit;
use crate::value::{Adapter, KeyAttribute, ToAttribute};

/// Writes attribute values as the bytes of a request.
///
/// The first problem sticks: what is written after it is thrown away, and [`finish`](Self::finish) reports it. So
/// writing a value is one call that cannot fail, which keeps generated code small.
#[derive(Debug, Default)]
pub struct Encoder {
    out: Vec<u8>,
    depth: u32,
    error: Option<EncodeError>,
    clock: Option<Clock>,
}

/// The time that replaces the time stamps of an item while it is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    pub(crate) now: SystemTime,
    /// True if the item is new, so that its creation time is now as well.
    pub(crate) creating: bool,
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

    pub(crate) fn with_capacity(bytes: usize) -> Self {
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

    pub(crate) fn set_clock(&mut self, clock: Option<Clock>) {
        self.clock = clock;
    }

    pub(crate) fn raw(&mut self, json: &str) {
        self.out.extend_from_slice(json.as_bytes());
    }

    pub(crate) fn raw_bytes(&mut self, json: &[u8]) {
        self.out.extend_from_slice(json);
    }

    pub(crate) fn len(&self) -> usize {
        self.out.len()
    }

    pub(crate) fn written(&self) -> &[u8] {
        &self.out
    }

    /// Records a problem, unless there is one already.
    #[cold]
    pub fn fail(&mut self, problem: EncodeProblem) {
        if self.error.is_none() {
            self.error = Some(EncodeError::new(problem));
        }
    }

    /// Writes a string: `{"S":"…"}`.
    pub fn string(&mut self, text: &str) {
        self.raw("{\"S\":\"");
        self.text(text);
        self.raw("\"}");
    }

    /// Writes a number that is already in DynamoDB's notation: `{"N":"…"}`.
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

    /// Writes a list: `{"L":[…]}`.
    pub fn list<'v, T: ToAttribute + 'v>(&mut self, values: impl IntoIterator<Item = &'v T>) {
        if !self.enter() {
            return;
        }
        self.raw("{\"L\":[");
        for (index, value) in values.into_iter().enumerate() {
            if index > 0 {
                self.raw(",");
            }
            let healthy = self.error.is_none();
            value.encode(self);
            self.locate(healthy, |error| error.in_element(index));
        }
        self.raw("]}");
        self.depth -= 1;
    }

    /// Writes a document as a map: `{"M":{…}}`.
    pub fn document<T: ToItem + ?Sized>(&mut self, document: &T) {
        if !self.enter() {
            return;
        }
        self.raw("{\"M\":{");
        document.encode_item(self);
        self.raw("}}");
        self.depth -= 1;
    }

    /// Writes a map with keys of its own: `{"M":{…}}`.
    pub fn map<'v, K: AsRef<str>, T: ToAttribute + 'v>(&mut self, entries: impl IntoIterator<Item = (K, &'v T)>) {
        if !self.enter() {
            return;
        }
        self.raw("{\"M\":{");
        self.entries(entries);
        self.raw("}}");
        self.depth -= 1;
    }

    /// Writes attributes whose names are known at run time only: the members of the map that the encoder is in.
    pub fn entries<'v, K: AsRef<str>, T: ToAttribute + 'v>(&mut self, entries: impl IntoIterator<Item = (K, &'v T)>) {
        for (name, value) in entries {
            if value.is_absent() {
                continue;
            }
            self.comma();
            self.raw("\"");
            self.text(name.as_ref());
            self.raw("\":");
            let healthy = self.error.is_none();
            value.encode(self);
            self.locate(healthy, |error| error.in_attribute(name.as_ref().to_owned()));
        }
    }

    /// Writes an attribute of the map that the encoder is in. `member` is the name as JSON with its colon: `"name":`.
    #[doc(hidden)]
    pub fn attribute<T: ToAttribute + ?Sized>(&mut self, member: &'static str, value: &T) {
        if value.is_absent() {
            return;
        }
        self.member(member);
        let healthy = self.error.is_none();
        value.encode(self);
        self.locate(healthy, |error| error.in_attribute(name_of(member)));
    }

    /// Writes a key attribute, which must not be empty or too long.
    #[doc(hidden)]
    pub fn key<T: KeyAttribute + ?Sized>(&mut self, member: &'static str, value: &T, part: KeyPart) {
        self.member(member);
        let healthy = self.error.is_none();
        let start = self.out.len();
        value.encode(self);
        self.check_key(start, part);
        self.locate(healthy, |error| error.in_attribute(name_of(member)));
    }

    /// Writes a key attribute of an index, which may be absent but must not be empty or too long.
    #[doc(hidden)]
    pub fn index_key<T: ToAttribute + ?Sized>(&mut self, member: &'static str, value: &T, part: KeyPart) {
        if value.is_absent() {
            return;
        }
        self.member(member);
        let healthy = self.error.is_none();
        let start = self.out.len();
        value.encode(self);
        self.check_key(start, part);
        self.locate(healthy, |error| error.in_attribute(name_of(member)));
    }

    /// Writes a key attribute given as an operand, as a member of the map that the encoder is in.
    pub(crate) fn key_operand(&mut self, name: &'static str, part: KeyPart, encode: impl FnOnce(&mut Self)) {
        self.comma();
        self.raw("\"");
        self.text(name);
        self.raw("\":");
        self.key_value(name, part, encode);
    }

    /// Writes a key value alone.
    pub(crate) fn key_value(
        &mut self,
        name: impl Into<std::borrow::Cow<'static, str>>,
        part: KeyPart,
        encode: impl FnOnce(&mut Self),
    ) {
        let healthy = self.error.is_none();
        let start = self.out.len();
        encode(self);
        self.check_key(start, part);
        self.locate(healthy, |error| error.in_attribute(name));
    }

    /// Writes an attribute through an adapter.
    #[doc(hidden)]
    pub fn adapted<A: Adapter<T>, T>(&mut self, member: &'static str, value: &T) {
        match A::store(value) {
            Ok(stored) => self.attribute(member, &stored),
            Err(reason) => {
                let healthy = self.error.is_none();
                self.fail(EncodeProblem::Refused(reason.into()));
                self.locate(healthy, |error| error.in_attribute(name_of(member)));
            }
        }
    }

    /// Writes a time stamp: the clock's where one is set, the field's where none is.
    #[doc(hidden)]
    pub fn stamped<T: crate::time::FromClock + ToAttribute>(&mut self, member: &'static str, value: &T, stamp: Stamp) {
        match self.clock {
            Some(clock) if clock.creating || stamp == Stamp::Updated => {
                self.attribute(member, &T::from_clock(clock.now));
            }
            _ => self.attribute(member, value),
        }
    }

    fn member(&mut self, member: &'static str) {
        self.comma();
        self.raw(member);
    }

    fn comma(&mut self) {
        if self.out.last().is_some_and(|last| *last != b'{') {
            self.out.push(b',');
        }
    }

    /// Goes one level deeper, or refuses.
    fn enter(&mut self) -> bool {
        if self.depth >= limit::NESTING_LEVELS {
            self.fail(EncodeProblem::TooDeep);
            return false;
        }
        self.depth += 1;
        true
    }

    /// Adds a step to the path of a problem that came up just now.
    fn locate(&mut self, was_healthy: bool, step: impl FnOnce(&mut EncodeError)) {
        if was_healthy && let Some(error) = &mut self.error {
            step(error);
        }
    }

    /// Checks the key value that was written at `start`.
    fn check_key(&mut self, start: usize, part: KeyPart) {
        let limit = match part {
            KeyPart::Partition => limit::PARTITION_KEY_BYTES,
            KeyPart::Sort => limit::SORT_KEY_BYTES,
        };
        let Some(json) = self.out.get(start..) else { return };
        // `{"S":""}` is the shortest value, and a value is never longer than its JSON.
        if json.len() > 8 && json.len() <= limit {
            return;
        }
        match super::page::key_bytes(json) {
            0 => self.fail(EncodeProblem::EmptyKey),
            bytes if bytes > limit => self.fail(EncodeProblem::KeyTooLong { bytes, limit }),
            _ => {}
        }
    }

    /// Writes base64 without quotes.
    pub(crate) fn base64(&mut self, bytes: &[u8]) {
        base64_simd::STANDARD.encode_append(bytes, &mut self.out);
    }

    /// Writes the text of a JSON string without its quotes.
    #[inline]
    pub(crate) fn text(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let end = end_of_plain_text(bytes, 0);
        if end == bytes.len() {
            self.out.extend_from_slice(bytes);
        } else {
            self.escaped_text(text, end);
        }
    }

    #[cold]
    fn escaped_text(&mut self, text: &str, mut end: usize) {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        let bytes = text.as_bytes();
        let mut start = 0;
        loop {
            self.out.extend_from_slice(bytes.get(start..end).unwrap_or_default());
            let Some(&byte) = bytes.get(end) else { return };
            match byte {
                b'"' => self.raw("\\\""),
                b'\\' => self.raw("\\\\"),
                b'\n' => self.raw("\\n"),
                b'\r' => self.raw("\\r"),
                b'\t' => self.raw("\\t"),
                control => {
                    self.raw("\\u00");
                    for nibble in [control >> 4, control & 15] {
                        self.out.push(HEX.get(usize::from(nibble)).copied().unwrap_or(b'0'));
                    }
                }
            }
            start = end + 1;
            end = end_of_plain_text(bytes, start);
        }
    }
}

/// The attribute's name in `"name":`, with JSON's escapes still in it.
fn name_of(member: &'static str) -> &'static str {
    member.trim_end_matches(':').trim_matches('"')
}
