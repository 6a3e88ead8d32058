//! From the text of a key to its parts.

use core::fmt;
use std::borrow::Cow;

use super::escape::{SEPARATOR, unescape};
use crate::schema::{KeyTemplate, RawFormat, Segment, SegmentForm, SegmentSchema, TemplateMode};

/// The parts of a key, as plain text.
#[derive(Clone, PartialEq, Eq)]
pub struct ParsedKey<'t> {
    parts: Vec<(&'static str, Cow<'t, str>)>,
    shard: Option<u8>,
}

/// Where the text of a key is not what its template says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyMismatch {
    template: &'static str,
    place: Place,
    reason: Option<super::SegmentError>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Literal(&'static str),
    Part(&'static str),
    Shard,
    End,
}

impl<'t> ParsedKey<'t> {
    /// The text of a field, before its type reads it.
    #[must_use]
    pub fn get(&self, field: &str) -> Option<&str> {
        self.parts.iter().find(|(name, _)| *name == field).map(|(_, text)| &**text)
    }

    /// Which shard the key is of, if it has shards.
    #[must_use]
    pub const fn shard(&self) -> Option<u8> {
        self.shard
    }

    /// The fields and their texts, in the order of the template.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.parts.iter().map(|(name, text)| (*name, &**text))
    }
}

impl fmt::Debug for ParsedKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.parts.iter().map(|(name, _)| name)).finish()
    }
}

impl KeyTemplate {
    /// The parts of a key.
    ///
    /// # Errors
    /// If the text is not of this template. The error names the template and the segment.
    pub fn parse<'t>(&self, text: &'t str) -> Result<ParsedKey<'t>, KeyMismatch> {
        let (mut parts, mut shard) = (Vec::new(), None);
        let mut rest = text;
        for (place, segment) in self.segments.iter().enumerate() {
            let read = match segment {
                Segment::Literal(literal) => rest.strip_prefix(literal),
                Segment::Part(part) => self.part(place, part, rest).map(|(plain, rest)| {
                    parts.push((part.field, plain));
                    rest
                }),
                Segment::Shard(_) => super::shard::split(rest).map(|(found, rest)| {
                    shard = Some(found);
                    rest
                }),
            };
            rest = read.ok_or(KeyMismatch { template: self.text, place: segment.into(), reason: None })?;
        }
        if rest.is_empty() {
            Ok(ParsedKey { parts, shard })
        } else {
            Err(KeyMismatch { template: self.text, place: Place::End, reason: None })
        }
    }

    /// True if the text is of this template.
    pub(crate) fn matches(&self, text: &str) -> bool {
        let mut rest = text;
        for (place, segment) in self.segments.iter().enumerate() {
            let read = match segment {
                Segment::Literal(literal) => rest.strip_prefix(literal),
                Segment::Part(part) => self.part(place, part, rest).map(|(_, rest)| rest),
                Segment::Shard(_) => super::shard::split(rest).map(|(_, rest)| rest),
            };
            match read {
                Some(after) => rest = after,
                None => return false,
            }
        }
        rest.is_empty()
    }

    /// The part's plain text at the start of a text, and what follows.
    fn part<'t>(&self, place: usize, part: &SegmentSchema, text: &'t str) -> Option<(Cow<'t, str>, &'t str)> {
        let end = match part.form {
            SegmentForm::Fixed { width, .. } => usize::from(width),
            SegmentForm::Text => match self.mode {
                TemplateMode::Encoded => text.find(SEPARATOR).unwrap_or(text.len()),
                TemplateMode::Raw => match self.literal_after(place) {
                    Some(literal) => text.find(literal)?,
                    None => text.len(),
                },
            },
        };
        let (written, rest) = text.split_at_checked(end)?;
        let plain = match (part.form, self.mode) {
            _ if written.is_empty() => None,
            (SegmentForm::Fixed { class, .. }, _) => {
                written.bytes().all(|byte| class.has(byte)).then_some(Cow::Borrowed(written))
            }
            (SegmentForm::Text, TemplateMode::Encoded) => unescape(written),
            (SegmentForm::Text, TemplateMode::Raw) => Some(Cow::Borrowed(written)),
        };
        Some((part.format.undo(plain?)?, rest))
    }

    /// The error about a part whose text its type refuses.
    #[cold]
    pub(crate) fn unread(&self, field: &'static str, reason: super::SegmentError) -> KeyMismatch {
        KeyMismatch { template: self.text, place: Place::Part(field), reason: Some(reason) }
    }
}

impl RawFormat {
    /// The plain text that the format was applied to, or nothing if it never wrote such text.
    fn undo(self, written: Cow<'_, str>) -> Option<Cow<'_, str>> {
        match self {
            Self::Plain => Some(written),
            Self::Lower => (written.to_lowercase() == written).then_some(written),
            Self::Upper => (written.to_uppercase() == written).then_some(written),
            Self::Zeros(_) => match written.trim_start_matches('0') {
                "" => Some(Cow::Borrowed("0")),
                digits => Some(Cow::Owned(digits.to_owned())),
            },
        }
    }
}

impl KeyMismatch {
    /// The error about the shard of a key.
    pub(super) const fn of_shard(template: &'static str, reason: Option<super::SegmentError>) -> Self {
        Self { template, place: Place::Shard, reason }
    }

    /// The template.
    #[must_use]
    pub fn template(&self) -> &'static str {
        self.template
    }

    /// The literal or the field where text and template part, or nothing where that is the shard or text after the
    /// template's end.
    #[must_use]
    pub fn segment(&self) -> Option<&'static str> {
        match self.place {
            Place::Literal(literal) => Some(literal),
            Place::Part(field) => Some(field),
            Place::Shard | Place::End => None,
        }
    }
}

impl From<&Segment> for Place {
    fn from(segment: &Segment) -> Self {
        match segment {
            Segment::Literal(literal) => Self::Literal(literal),
            Segment::Part(part) => Self::Part(part.field),
            Segment::Shard(_) => Self::Shard,
        }
    }
}

impl fmt::Display for KeyMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the key is not of the template `{}`: ", self.template)?;
        match self.place {
            Place::Literal(literal) => write!(f, "{literal:?} is not where it should be")?,
            Place::Part(field) => write!(f, "no `{field}` is where it should be")?,
            Place::Shard => f.write_str("its shard is not where it should be")?,
            Place::End => f.write_str("more text follows")?,
        }
        match &self.reason {
            Some(reason) => write!(f, " ({reason})"),
            None => Ok(()),
        }
    }
}

impl core::error::Error for KeyMismatch {}
