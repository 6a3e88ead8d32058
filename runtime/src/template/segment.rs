//! The types that can be parts of a key template.

use core::fmt;

use super::SegmentError;
use crate::schema::SegmentForm;

/// A type whose values can be parts of a key template.
///
/// The text of a value must say the value back, and where the order of the parts matters, the order of the texts in
/// UTF-8 must be the order of the values. The template escapes and separates; a type writes plain text.
///
/// Newtypes and enums without data get it from `#[derive(DynamoAttribute)]`. [The module](super) has the forms of all types
/// and an example.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be part of a key template",
    label = "has no text whose order is its own",
    note = "parts of a key template are text, integers, `bool`, UUIDs, dates, time stamps and `EpochSeconds`, and newtypes \
            and unit enums that derive `DynamoAttribute`; floats, decimals, `Number` and bytes cannot be parts",
    note = "for a text form of another program, implement `tablewright::template::KeySegment` for a newtype of your own"
)]
pub trait KeySegment: Sized {
    /// What the text looks like in an encoded template.
    const FORM: SegmentForm;
    /// What the text looks like in a raw template.
    const RAW_FORM: SegmentForm = Self::FORM;

    /// Writes the value as it stands in an encoded template.
    ///
    /// # Errors
    /// If the value has no such text.
    fn write_segment(&self, out: &mut SegmentText) -> Result<(), SegmentError>;

    /// Reads what [`write_segment`](Self::write_segment) wrote.
    ///
    /// # Errors
    /// If the text is no value of the type.
    fn parse_segment(text: &str) -> Result<Self, SegmentError>;

    /// Writes the value as it stands in a raw template: in the way that other programs write it.
    ///
    /// # Errors
    /// If the value has no such text.
    fn write_raw(&self, out: &mut SegmentText) -> Result<(), SegmentError> {
        self.write_segment(out)
    }

    /// Reads what [`write_raw`](Self::write_raw) wrote.
    ///
    /// # Errors
    /// If the text is no value of the type.
    fn parse_raw(text: &str) -> Result<Self, SegmentError> {
        Self::parse_segment(text)
    }
}

/// A part that is text, so that keys can be asked for by the beginning of it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no `begins_with` in a key",
    label = "not text",
    note = "only text begins with something; for other parts use `between`, `ge` or `lt`"
)]
pub trait TextSegment: KeySegment {}

/// The text of a part, while it is written.
#[derive(Default)]
pub struct SegmentText {
    text: String,
    /// Where the part starts: what is before it are other segments of the key.
    start: usize,
}

impl SegmentText {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// The text of the next part of a key.
    pub(crate) fn after(text: String) -> Self {
        Self { start: text.len(), text }
    }

    /// Adds text.
    pub fn push_str(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// The text so far.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.text.get(self.start..).unwrap_or_default()
    }

    /// The text of the key so far, with the segments before the part.
    pub(crate) fn into_string(self) -> String {
        self.text
    }
}

impl fmt::Write for SegmentText {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push_str(text);
        Ok(())
    }
}

impl fmt::Debug for SegmentText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SegmentText").field("bytes", &self.as_str().len()).finish_non_exhaustive()
    }
}
