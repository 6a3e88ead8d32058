//! From parts to the text of a key.

use super::escape::escape_from;
use super::{SegmentError, SegmentText, WriteSegment};
use crate::codec::{EncodeError, EncodeProblem, KeyPart};
use crate::limit;
use crate::schema::{KeyTemplate, RawFormat, Segment, SegmentForm, SegmentSchema, TemplateMode};

/// The values of a template's fields, by the fields' names; others are left out of account.
pub type SegmentValues<'v> = &'v [(&'static str, &'v dyn WriteSegment)];

impl KeyTemplate {
    /// The text of the key of these parts, or nothing where an optional part has no value.
    ///
    /// # Errors
    /// If a part is missing or cannot be written, or if the key is too long. The error names field and template.
    #[doc(hidden)]
    pub fn render(&self, values: SegmentValues<'_>, key: KeyPart) -> Result<Option<Box<str>>, EncodeError> {
        Ok(self.text_of(values, key, None)?.map(String::into_boxed_str))
    }

    /// The same text, to be written at once; of that shard, where the key has shards.
    pub(crate) fn text_of(
        &self,
        values: SegmentValues<'_>,
        key: KeyPart,
        shard: Option<u8>,
    ) -> Result<Option<String>, EncodeError> {
        let mut text = Rendered::new(self, key);
        for (place, segment) in self.segments.iter().enumerate() {
            match segment {
                Segment::Literal(literal) => text.literal(literal),
                Segment::Part(part) => {
                    let Some(value) = value_of(values, part.field) else {
                        return Err(self.refused(part.field, "it is missing"));
                    };
                    if !text.part(place, part, value)? {
                        return Ok(None);
                    }
                }
                Segment::Shard(_) => match shard {
                    Some(shard) => text.literal(&super::digits(shard)),
                    None => return Err(self.refused("", "which of its shards it is in is not known here")),
                },
            }
        }
        text.finish_text().map(Some)
    }

    /// The error about a part.
    #[cold]
    pub(super) fn refused(&self, field: &'static str, reason: impl Into<Box<str>>) -> EncodeError {
        let mut error = EncodeError::new(EncodeProblem::KeyPart { template: self.text, reason: reason.into() });
        error.in_attribute(field);
        error
    }

    /// The text that closes the variable part at that place of a raw template.
    pub(super) fn literal_after(&self, place: usize) -> Option<&'static str> {
        match self.segments.get(place + 1) {
            Some(Segment::Literal(literal)) => Some(literal),
            _ => None,
        }
    }
}

/// The value of a field.
pub(super) fn value_of<'v>(values: SegmentValues<'v>, field: &str) -> Option<&'v dyn WriteSegment> {
    values.iter().find(|(name, _)| *name == field).map(|(_, value)| *value)
}

/// The text of a key while it is made.
#[derive(Clone)]
pub(super) struct Rendered<'t> {
    template: &'t KeyTemplate,
    key: KeyPart,
    pub(super) text: String,
    /// The field with the longest text, which is to blame where the key is too long.
    longest: (&'static str, usize),
}

impl<'t> Rendered<'t> {
    pub(super) fn new(template: &'t KeyTemplate, key: KeyPart) -> Self {
        Self { template, key, text: String::with_capacity(64), longest: ("", 0) }
    }

    pub(super) fn literal(&mut self, literal: &str) {
        self.text.push_str(literal);
    }

    /// Adds the part at that place of the template; says whether there is a value.
    pub(super) fn part(
        &mut self,
        place: usize,
        part: &SegmentSchema,
        value: &dyn WriteSegment,
    ) -> Result<bool, EncodeError> {
        let start = self.text.len();
        if !self.write(part, value)? {
            return Ok(false);
        }
        let written = self.text.get(start..).unwrap_or_default();
        if written.is_empty() {
            return Err(self.template.refused(part.field, "it is empty"));
        }
        match (part.form, self.template.mode) {
            (SegmentForm::Fixed { width, class }, _) => {
                if written.len() != usize::from(width) || !written.bytes().all(|byte| class.has(byte)) {
                    let reason = "its text has not the form that its type promises";
                    return Err(self.template.refused(part.field, reason));
                }
            }
            (SegmentForm::Text, TemplateMode::Encoded) => escape_from(&mut self.text, start),
            (SegmentForm::Text, TemplateMode::Raw) => self.check_closed(place, part, written)?,
        }
        self.measure(part.field, self.text.len() - start);
        Ok(true)
    }

    /// Adds the beginning of a part that is text.
    pub(super) fn beginning(&mut self, part: &SegmentSchema, value: &dyn WriteSegment) -> Result<(), EncodeError> {
        let start = self.text.len();
        self.write(part, value)?;
        if self.template.mode == TemplateMode::Encoded {
            escape_from(&mut self.text, start);
        }
        self.measure(part.field, self.text.len() - start);
        Ok(())
    }

    fn measure(&mut self, field: &'static str, bytes: usize) {
        if bytes >= self.longest.1 {
            self.longest = (field, bytes);
        }
    }

    /// Adds the part's plain text with the format of its placeholder; says whether there is a value.
    fn write(&mut self, part: &SegmentSchema, value: &dyn WriteSegment) -> Result<bool, EncodeError> {
        let start = self.text.len();
        let refused = |error: SegmentError| self.template.refused(part.field, error.reason());
        let mut out = SegmentText::after(core::mem::take(&mut self.text));
        let written = value.write(self.template.mode, &mut out).map_err(refused)?;
        self.text = out.into_string();
        if part.format != RawFormat::Plain && written {
            let plain = self.text.split_off(start);
            self.text.push_str(&part.format.apply(plain).map_err(refused)?);
        }
        Ok(written)
    }

    /// A variable part of a raw template ends at the next literal, so it cannot have that literal itself.
    fn check_closed(&self, place: usize, part: &SegmentSchema, plain: &str) -> Result<(), EncodeError> {
        let Some(literal) = self.template.literal_after(place) else { return Ok(()) };
        if literal.chars().next().is_none_or(|first| !plain.contains(first)) {
            return Ok(());
        }
        let closed = format!("{plain}{literal}");
        if closed.find(literal) == Some(plain.len()) {
            return Ok(());
        }
        let reason = format!("it has the text {literal:?} that comes after it in this raw template");
        Err(self.template.refused(part.field, reason))
    }

    pub(super) fn limit(&self) -> usize {
        match self.key {
            KeyPart::Partition => limit::PARTITION_KEY_BYTES,
            KeyPart::Sort => limit::SORT_KEY_BYTES,
        }
    }

    /// The text, if it is not too long.
    pub(super) fn finish(self) -> Result<Box<str>, EncodeError> {
        self.finish_text().map(String::into_boxed_str)
    }

    fn finish_text(self) -> Result<String, EncodeError> {
        let (bytes, limit) = (self.text.len(), self.limit());
        if bytes <= limit {
            return Ok(self.text);
        }
        let problem = EncodeProblem::KeyTemplateTooLong { template: self.template.text, bytes, limit };
        let mut error = EncodeError::new(problem);
        error.in_attribute(self.longest.0);
        Err(error)
    }
}

impl RawFormat {
    fn apply(self, plain: String) -> Result<String, SegmentError> {
        match self {
            Self::Plain => Ok(plain),
            Self::Lower => Ok(plain.to_lowercase()),
            Self::Upper => Ok(plain.to_uppercase()),
            Self::Zeros(width) => {
                let width = usize::from(width);
                if plain.len() > width || !plain.bytes().all(|byte| byte.is_ascii_digit()) {
                    return Err(SegmentError::new(format!("it is no number from 0 with at most {width} digits")));
                }
                Ok(format!("{plain:0>width$}"))
            }
        }
    }
}
