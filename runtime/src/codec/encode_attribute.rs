//! Writes attributes: documents, lists, maps and sets, and what generated code calls for each field.

use std::borrow::Cow;

use super::cursor::Cursor;
use super::encode_error::{EncodeError, EncodeProblem};
use super::encoder::{Encoder, KeyPart, Stamp};
use super::item::ToItem;
use crate::limit;
use crate::value::{Adapter, KeyAttribute, ToAttribute};

impl Encoder {
    /// Writes a list: `{"L":[…]}`.
    pub fn list<'v, T: ToAttribute + 'v>(&mut self, values: impl IntoIterator<Item = &'v T>) {
        if !self.enter() {
            return;
        }
        self.raw("{\"L\":[");
        let start = self.len();
        for (index, value) in values.into_iter().enumerate() {
            if index > 0 {
                self.raw(",");
            }
            let healthy = self.error.is_none();
            value.encode(self);
            self.locate(healthy, |error| error.in_element(index));
        }
        self.leave(start);
        self.raw("]}");
    }

    /// Writes a document as a map: `{"M":{…}}`.
    pub fn document<T: ToItem + ?Sized>(&mut self, document: &T) {
        if !self.enter() {
            return;
        }
        self.raw("{\"M\":{");
        let start = self.len();
        document.encode_item(self);
        self.leave(start);
        self.raw("}}");
    }

    /// Writes a map with keys of its own: `{"M":{…}}`.
    pub fn map<'v, K: AsRef<str>, T: ToAttribute + 'v>(&mut self, entries: impl IntoIterator<Item = (K, &'v T)>) {
        if !self.enter() {
            return;
        }
        self.raw("{\"M\":{");
        let start = self.len();
        self.entries(entries);
        self.leave(start);
        self.raw("}}");
    }

    /// Writes attributes whose names are known at run time only: the members of the map that the encoder is in.
    ///
    /// The names are data, so each is written: a `None` becomes an explicit NULL.
    pub fn entries<'v, K: AsRef<str>, T: ToAttribute + 'v>(&mut self, entries: impl IntoIterator<Item = (K, &'v T)>) {
        for (name, value) in entries {
            self.comma();
            self.name(name.as_ref());
            let healthy = self.error.is_none();
            value.encode(self);
            self.locate(healthy, |error| error.in_attribute(name.as_ref().to_owned()));
        }
    }

    /// Writes a set: `{"SS":["…"]}` and so on.
    pub(crate) fn set<'v, T: ToAttribute + 'v>(&mut self, kind: &str, elements: impl IntoIterator<Item = &'v T>) {
        self.raw("{\"");
        self.raw(kind);
        self.raw("\":[");
        let mut empty = true;
        for element in elements {
            if !empty {
                self.raw(",");
            }
            empty = false;
            element.encode_element(self);
        }
        if empty {
            self.fail(EncodeProblem::EmptySet);
        }
        self.raw("]}");
    }

    /// Writes a set whose own order is not to be seen: in the order of the elements' text.
    pub(crate) fn unordered_set<'v, T: ToAttribute + 'v>(
        &mut self,
        kind: &str,
        elements: impl IntoIterator<Item = &'v T>,
    ) {
        let start = self.len();
        let mut texts: Vec<Vec<u8>> = Vec::new();
        for element in elements {
            element.encode_element(self);
            texts.push(self.out.drain(start..).collect());
        }
        texts.sort_unstable();
        self.raw("{\"");
        self.raw(kind);
        self.raw("\":[");
        for (index, text) in texts.iter().enumerate() {
            self.raw(if index > 0 { "," } else { "" });
            self.raw_bytes(text);
        }
        if texts.is_empty() {
            self.fail(EncodeProblem::EmptySet);
        }
        self.raw("]}");
    }

    /// Takes the braces and the type off the scalar that `encode` writes, as the elements of sets stand without them.
    pub(crate) fn element(&mut self, encode: impl FnOnce(&mut Self)) {
        const BRACES: usize = "{\"S\":".len();
        let start = self.len();
        encode(self);
        if self.error.is_none() && self.out.get(start..start + BRACES).is_some() {
            self.out.drain(start..start + BRACES);
            self.out.pop();
        }
    }

    /// Writes an attribute of the map that the encoder is in. `member` is the name as JSON with its colon: `"name":`.
    #[doc(hidden)]
    #[inline]
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
        self.index_key(member, value, part);
    }

    /// Writes a key attribute of an index, which may be absent but must not be empty or too long.
    #[doc(hidden)]
    pub fn index_key<T: ToAttribute + ?Sized>(&mut self, member: &'static str, value: &T, part: KeyPart) {
        if value.is_absent() {
            return;
        }
        self.member(member);
        let healthy = self.error.is_none();
        let start = self.len();
        value.encode(self);
        self.check_key(start, part);
        self.locate(healthy, |error| error.in_attribute(name_of(member)));
    }

    /// Writes a key attribute given as an operand, as a member of the map that the encoder is in.
    pub(crate) fn key_operand(&mut self, name: &'static str, part: KeyPart, encode: impl FnOnce(&mut Self)) {
        self.comma();
        self.name(name);
        self.key_value(name, part, encode);
    }

    /// Writes an attribute of that name.
    pub(crate) fn named(&mut self, name: &str, encode: impl FnOnce(&mut Self)) {
        self.comma();
        self.name(name);
        encode(self);
    }

    /// Writes a key value alone.
    pub(crate) fn key_value(
        &mut self,
        name: impl Into<Cow<'static, str>>,
        part: KeyPart,
        encode: impl FnOnce(&mut Self),
    ) {
        let healthy = self.error.is_none();
        let start = self.len();
        encode(self);
        self.check_key(start, part);
        self.locate(healthy, |error| error.in_attribute(name));
    }

    /// Writes an attribute through an adapter.
    #[doc(hidden)]
    pub fn adapted<A: Adapter<T>, T>(&mut self, member: &'static str, value: &T) {
        match A::store(value) {
            Ok(stored) => self.attribute(member, &stored),
            Err(reason) => self.fail_at(member, EncodeProblem::Refused(reason.into())),
        }
    }

    /// Writes a time stamp: the clock's where one is set, the field's where none is.
    #[doc(hidden)]
    pub fn stamped<T: crate::time::FromClock + ToAttribute>(&mut self, member: &'static str, value: &T, stamp: Stamp) {
        match &self.writing {
            Some(writing) if writing.creating || stamp == Stamp::Updated => {
                let now = T::from_clock(writing.now);
                self.attribute(member, &now);
            }
            _ => self.attribute(member, value),
        }
    }

    /// Records a problem of an attribute that is not written.
    #[cold]
    pub(crate) fn fail_at(&mut self, member: &'static str, problem: EncodeProblem) {
        let healthy = self.error.is_none();
        self.fail(problem);
        self.locate(healthy, |error| error.in_attribute(name_of(member)));
    }

    #[inline]
    pub(crate) fn member(&mut self, member: &'static str) {
        self.comma();
        self.raw(member);
    }

    fn name(&mut self, name: &str) {
        self.raw("\"");
        self.text(name);
        self.raw("\":");
    }

    #[inline]
    fn comma(&mut self) {
        if self.out.last().is_some_and(|last| *last != b'{') {
            self.out.push(b',');
        }
    }

    /// Goes into a list or map, or refuses. The stack is safe: at most 32 of them nest.
    fn enter(&mut self) -> bool {
        if self.depth >= limit::NESTING_LEVELS {
            self.fail(EncodeProblem::TooDeep);
            return false;
        }
        self.depth += 1;
        true
    }

    /// Goes out of a list or map whose values start at `start`. One at level 32 must be empty, because its values
    /// would be at level 33.
    fn leave(&mut self, start: usize) {
        if self.depth >= limit::NESTING_LEVELS && self.len() > start {
            self.fail(EncodeProblem::TooDeep);
        }
        self.depth -= 1;
    }

    /// Adds a step to the path of a problem that came up just now.
    #[inline]
    pub(crate) fn locate(&mut self, was_healthy: bool, step: impl FnOnce(&mut EncodeError)) {
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
        if json.len() > 8 && json.len() <= limit && !json.starts_with(b"{\"NU") {
            return;
        }
        match super::size::key_bytes(json) {
            0 => self.fail(EncodeProblem::EmptyKey),
            bytes if bytes > limit => self.fail(EncodeProblem::KeyTooLong { bytes, limit }),
            _ => {}
        }
    }
}

/// The attribute's name in `"name":`.
#[cold]
fn name_of(member: &'static str) -> Cow<'static, str> {
    Cursor::over(member).string().unwrap_or(Cow::Borrowed(member))
}
