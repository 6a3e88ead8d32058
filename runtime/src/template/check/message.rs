//! Text that is put together while constants are evaluated.

use crate::schema::{KeySource, Segment};

const CAPACITY: usize = 2048;

/// The message of a mistake that a constant's evaluation finds. What does not fit is left out.
pub(crate) struct Message {
    bytes: [u8; CAPACITY],
    len: usize,
}

impl Message {
    pub(crate) const fn new() -> Self {
        Self { bytes: [0; CAPACITY], len: 0 }
    }

    /// Adds a text, or nothing of it if there is no room for all of it.
    pub(crate) const fn add(mut self, text: &str) -> Self {
        if let Some((_, free)) = self.bytes.split_at_mut_checked(self.len)
            && let Some((place, _)) = free.split_at_mut_checked(text.len())
        {
            place.copy_from_slice(text.as_bytes());
            self.len += text.len();
        }
        self
    }

    /// Adds several texts.
    pub(crate) const fn all(mut self, texts: &[&str]) -> Self {
        let mut texts = texts;
        while let [text, rest @ ..] = texts {
            self = self.add(text);
            texts = rest;
        }
        self
    }

    /// Adds where a key comes from, as a user writes it.
    pub(crate) const fn source(self, source: &KeySource) -> Self {
        match source {
            KeySource::Template(template) => self.all(&["`", template.text, "`"]),
            KeySource::Field { field, .. } => self.all(&["field `", field, "`"]),
            KeySource::TablePartitionKey => self.add("the table's partition key"),
            KeySource::TableSortKey => self.add("the table's sort key"),
        }
    }

    /// Adds a segment, as a user writes it.
    pub(crate) const fn segment(self, segment: &Segment) -> Self {
        match segment {
            Segment::Literal(literal) => self.all(&["`", literal, "`"]),
            Segment::Part(part) => self.all(&["`{", part.field, "}`"]),
            Segment::Shard(_) => self.add("the shard"),
        }
    }

    /// The text so far.
    pub(crate) const fn text(&self) -> &str {
        match self.bytes.split_at_checked(self.len) {
            Some((text, _)) => match core::str::from_utf8(text) {
                Ok(text) => text,
                Err(_) => "",
            },
            None => "",
        }
    }

    /// Stops the compilation with this message.
    #[track_caller]
    #[allow(clippy::panic, reason = "it is evaluated by the compiler, which reports it as an error")]
    pub(crate) const fn stop(&self) -> ! {
        panic!("{}", self.text())
    }
}

/// True if the texts are the same.
pub(crate) const fn same(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    while let ([x, a_rest @ ..], [y, b_rest @ ..]) = (a, b) {
        if *x != *y {
            return false;
        }
        (a, b) = (a_rest, b_rest);
    }
    true
}
