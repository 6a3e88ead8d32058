//! The ends of a range of keys, where they are of one part.

use super::render::Rendered;
use super::{KeyRange, SegmentForm, WriteSegment};
use crate::codec::EncodeError;
use crate::schema::{KeyTemplate, SegmentSchema, TemplateMode};

type Result<T> = core::result::Result<T, EncodeError>;

/// The ends of a range of one part.
pub(super) struct Bounds<'t> {
    pub(super) template: &'t KeyTemplate,
    pub(super) place: usize,
    pub(super) part: &'static SegmentSchema,
    /// The text before the part.
    pub(super) before: Rendered<'t>,
}

impl Bounds<'_> {
    pub(super) fn begins_with(self, value: &dyn WriteSegment) -> Result<KeyRange> {
        let mut text = self.before;
        text.beginning(self.part, value)?;
        match text.finish()? {
            text if text.is_empty() => Ok(KeyRange::All),
            text => Ok(KeyRange::BeginsWith(text)),
        }
    }

    pub(super) fn between(self, low: &dyn WriteSegment, high: &dyn WriteSegment) -> Result<KeyRange> {
        self.check_order()?;
        let (low, high) = (self.text(low)?.finish()?, self.upper_included(high)?);
        Ok(KeyRange::Between(low, high))
    }

    pub(super) fn at_least(self, value: &dyn WriteSegment) -> Result<KeyRange> {
        self.check_order()?;
        let low = self.text(value)?.finish()?;
        Ok(self.up(low))
    }

    pub(super) fn above(self, value: &dyn WriteSegment) -> Result<KeyRange> {
        self.check_order()?;
        let mut text = self.text(value)?;
        if !self.is_last() {
            let low = self.after(text)?;
            return Ok(self.up(low));
        }
        if self.before.text.is_empty() {
            return Ok(KeyRange::Above(text.finish()?));
        }
        // The least text above this one has one more character, unless no key can be longer.
        if text.text.len() < text.limit() {
            text.text.push('\0');
        } else {
            text.text = successor(&text.text);
        }
        let low = text.finish()?;
        Ok(self.up(low))
    }

    pub(super) fn at_most(self, value: &dyn WriteSegment) -> Result<KeyRange> {
        self.check_order()?;
        let high = self.upper_included(value)?;
        Ok(self.down(high))
    }

    pub(super) fn below(self, value: &dyn WriteSegment) -> Result<KeyRange> {
        self.check_order()?;
        let mut text = self.text(value)?;
        // A part that is not the last has more after it, so no key is this text.
        if !self.is_last() {
            let high = text.finish()?;
            return Ok(self.down(high));
        }
        if self.before.text.is_empty() {
            return Ok(KeyRange::Below(text.finish()?));
        }
        let limit = text.limit();
        text.text = predecessor(&text.text, if self.part.form == SegmentForm::Text { limit } else { 0 });
        let high = text.finish()?;
        Ok(self.down(high))
    }

    fn is_last(&self) -> bool {
        self.place + 1 == self.template.segments.len()
    }

    /// The text of a raw template has an order only where its width is fixed, or as text at the end.
    fn check_order(&self) -> Result<()> {
        match (self.template.mode, self.part.form) {
            (TemplateMode::Raw, SegmentForm::Text) if !self.is_last() => {
                Err(self.template.refused(self.part.field, "a raw template has a range of its last part only"))
            }
            _ => Ok(()),
        }
    }

    /// The text up to and with the part.
    fn text(&self, value: &dyn WriteSegment) -> Result<Rendered<'_>> {
        let mut text = self.before.clone();
        if text.part(self.place, self.part, value)? {
            Ok(text)
        } else {
            Err(self.template.refused(self.part.field, "an index has no keys without it"))
        }
    }

    /// The end of the keys whose part is at most the value.
    fn upper_included(&self, value: &dyn WriteSegment) -> Result<Box<str>> {
        let text = self.text(value)?;
        if self.is_last() { text.finish() } else { self.after(text) }
    }

    /// A text after all keys that have this part and more, and before all keys with a greater part.
    fn after(&self, mut text: Rendered<'_>) -> Result<Box<str>> {
        text.text.extend(self.template.literal_after(self.place).and_then(|literal| literal.chars().next()));
        text.text = successor(&text.text);
        text.finish()
    }

    /// From there to the end of the keys with the same text before.
    fn up(self, low: Box<str>) -> KeyRange {
        match successor(&self.before.text) {
            end if end.is_empty() => KeyRange::AtLeast(low),
            end => KeyRange::Between(low, end.into()),
        }
    }

    /// From the start of the keys with the same text before, to there.
    fn down(self, high: Box<str>) -> KeyRange {
        if self.before.text.is_empty() {
            KeyRange::AtMost(high)
        } else {
            KeyRange::Between(self.before.text.into(), high)
        }
    }
}

/// The least text after every text that begins with this one; empty if there is none.
fn successor(text: &str) -> String {
    let mut text = text.to_owned();
    while let Some(last) = text.pop() {
        if let Some(next) = next(last) {
            text.push(next);
            return text;
        }
    }
    text
}

fn next(character: char) -> Option<char> {
    match character {
        '\u{d7ff}' => Some('\u{e000}'),
        character => char::from_u32(u32::from(character) + 1),
    }
}

/// The greatest text of at most so many bytes before this one. No character of a key's last part is NUL.
fn predecessor(text: &str, limit: usize) -> String {
    let mut text = text.to_owned();
    let before = match text.pop() {
        Some('\u{e000}') => Some('\u{d7ff}'),
        Some(character) => u32::from(character).checked_sub(1).and_then(char::from_u32),
        None => None,
    };
    text.extend(before);
    for greatest in ['\u{10ffff}', '\u{ffff}', '\u{7ff}', '\u{7f}'] {
        while before.is_some() && text.len() + greatest.len_utf8() <= limit {
            text.push(greatest);
        }
    }
    text
}
