//! Whether a template can be read back, by itself.

use super::message::Message;
use crate::schema::{KeyTemplate, RawFormat, Segment, SegmentForm, SegmentSchema, TemplateMode};
use crate::template::MOST_SHARDS;
use crate::template::escape::SEPARATOR;

/// Why keys of a template could not be read back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// It makes no text.
    Empty,
    /// What follows the variable part of that field does not end it.
    Unclosed(&'static str),
    /// The type of that field has a form with characters that separate.
    Form(&'static str),
    /// The placeholder of that field has a format, which encoded templates have not.
    Format(&'static str),
    /// The shard is not the last of several after a separator, or the template is raw.
    Shard,
}

/// Checks that the keys of a template can be read back into their parts.
#[track_caller]
pub const fn check_template(template: &KeyTemplate) {
    if let Some(flaw) = flaw(template) {
        flaw.message(template).stop();
    }
}

/// Checks that what a template's first parts fix ends with a separator, so that it can be a prefix.
#[track_caller]
pub const fn check_collection(template: &KeyTemplate, parts: usize) {
    if !template.is_closed_after(parts) {
        let message = Message::new().all(&["the key `", template.text, "` does not end with `#`, so that its items "]);
        let text = "cannot be told from items whose keys begin alike: write `#` at its end";
        message.add(text).stop();
    }
}

impl KeyTemplate {
    /// True if a separator follows the first so many parts before the next one.
    #[doc(hidden)]
    #[must_use]
    pub const fn is_closed_after(&self, parts: usize) -> bool {
        let (mut segments, mut left, mut closed) = (self.segments, parts, parts == 0);
        while let [segment, rest @ ..] = segments {
            match segment {
                Segment::Part(_) if left == 0 => return closed,
                Segment::Part(_) => left -= 1,
                Segment::Literal(literal) => closed = closed || left == 0 && has_separator(literal),
                Segment::Shard(_) => {}
            }
            segments = rest;
        }
        closed
    }
}

/// The first thing that is wrong with a template.
pub(crate) const fn flaw(template: &KeyTemplate) -> Option<Flaw> {
    let mut segments = template.segments;
    let mut empty = true;
    while let [segment, rest @ ..] = segments {
        match segment {
            Segment::Literal(literal) => empty = empty && literal.is_empty(),
            Segment::Part(part) => {
                empty = false;
                let flaw = match template.mode {
                    TemplateMode::Encoded => encoded_flaw(part, rest),
                    TemplateMode::Raw => raw_flaw(part, rest),
                };
                if flaw.is_some() {
                    return flaw;
                }
            }
            Segment::Shard(_) if !ends_in_shard(template) || !rest.is_empty() => return Some(Flaw::Shard),
            Segment::Shard(_) => {}
        }
        segments = rest;
    }
    if empty { Some(Flaw::Empty) } else { None }
}

/// True if the template's end is a separator and one of 2 to 256 shards.
const fn ends_in_shard(template: &KeyTemplate) -> bool {
    match template.segments {
        [_, .., Segment::Literal(literal), Segment::Shard(2..=MOST_SHARDS)] => {
            matches!(template.mode, TemplateMode::Encoded)
                && matches!(literal.as_bytes(), [byte] if *byte == SEPARATOR as u8)
        }
        _ => false,
    }
}

const fn encoded_flaw(part: &SegmentSchema, rest: &[Segment]) -> Option<Flaw> {
    if !matches!(part.format, RawFormat::Plain) {
        return Some(Flaw::Format(part.field));
    }
    match part.form {
        SegmentForm::Fixed { width, class } => {
            // The escape and all below it are for text and separators.
            let low = class.bits() & ((1 << (SEPARATOR as u8 + 2)) - 1);
            if width == 0 || low != 0 { Some(Flaw::Form(part.field)) } else { None }
        }
        SegmentForm::Text => match rest {
            [] => None,
            [Segment::Literal(literal), ..] if starts_with_separator(literal) => None,
            _ => Some(Flaw::Unclosed(part.field)),
        },
    }
}

const fn raw_flaw(part: &SegmentSchema, rest: &[Segment]) -> Option<Flaw> {
    match (part.form, rest) {
        (SegmentForm::Fixed { width: 0, .. }, _) => Some(Flaw::Form(part.field)),
        (SegmentForm::Text, [Segment::Part(_), ..]) => Some(Flaw::Unclosed(part.field)),
        (SegmentForm::Text, [Segment::Literal(literal), ..]) if literal.is_empty() => Some(Flaw::Unclosed(part.field)),
        _ => None,
    }
}

const fn starts_with_separator(literal: &str) -> bool {
    matches!(literal.as_bytes(), [first, ..] if *first == SEPARATOR as u8)
}

const fn has_separator(literal: &str) -> bool {
    let mut bytes = literal.as_bytes();
    while let [byte, rest @ ..] = bytes {
        if *byte == SEPARATOR as u8 {
            return true;
        }
        bytes = rest;
    }
    false
}

impl Flaw {
    const fn message(self, template: &KeyTemplate) -> Message {
        let message = Message::new().all(&["key template `", template.text, "`: "]);
        match self {
            Self::Empty => message.add("it makes no text, and a key cannot be empty"),
            Self::Unclosed(field) => match template.mode {
                TemplateMode::Encoded => message.all(&[
                    "`{",
                    field,
                    "}` can have any length, so `#` must follow it or nothing: nothing else says where it ends",
                ]),
                TemplateMode::Raw => message.all(&[
                    "`{",
                    field,
                    "}` can have any length, so a literal must follow it or nothing: nothing else says where it ends",
                ]),
            },
            Self::Form(field) => message.all(&[
                "the type of `",
                field,
                "` says in its `KeySegment::FORM` that its text has a fixed width, with no character at all or with \
                 ones up to `$`, which separate parts: make it `SegmentForm::Text`",
            ]),
            Self::Shard => message.add(
                "a key has 2 to 256 shards, and its shard is its end, after the literal `#`, in a template that is not raw",
            ),
            Self::Format(field) => message.all(&[
                "`{",
                field,
                "}` has a format, which only raw templates have: leave it out, or say `raw`",
            ]),
        }
    }
}
