//! From a condition on a part to a range of keys.

use super::render::{Rendered, SegmentValues, value_of};
use super::{SegmentForm, WriteSegment};
use crate::codec::{EncodeError, KeyPart};
use crate::schema::{KeyTemplate, Segment, SegmentSchema, TemplateMode};

/// Which keys a condition on a template selects.
#[doc(hidden)]
#[derive(Clone, PartialEq, Eq)]
pub enum KeyRange {
    /// All of them: no condition.
    All,
    /// `=`.
    Equal(Box<str>),
    /// `begins_with`.
    BeginsWith(Box<str>),
    /// `BETWEEN`, both ends included.
    Between(Box<str>, Box<str>),
    /// `>=`.
    AtLeast(Box<str>),
    /// `<=`.
    AtMost(Box<str>),
    /// `>`.
    Above(Box<str>),
    /// `<`.
    Below(Box<str>),
}

/// The operator of a condition on a part.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartOperator {
    /// Equal to the value.
    Eq,
    /// Less than the value.
    Lt,
    /// Less than or equal to the value.
    Le,
    /// Greater than the value.
    Gt,
    /// Greater than or equal to the value.
    Ge,
    /// From the first value to the second, both included.
    Between,
    /// Begins with the value.
    BeginsWith,
}

impl KeyTemplate {
    /// The keys whose first parts have these values: one key if all parts have.
    ///
    /// # Errors
    /// If a part cannot be written, or if the key is too long.
    #[doc(hidden)]
    pub fn range_of(&self, values: SegmentValues<'_>, key: KeyPart) -> Result<KeyRange> {
        let (text, complete) = self.beginning(values, key, None)?;
        match text.finish()? {
            text if complete => Ok(KeyRange::Equal(text)),
            text if text.is_empty() => Ok(KeyRange::All),
            text => Ok(KeyRange::BeginsWith(text)),
        }
    }

    /// The keys of every entity that begin with the parts up to that field, whose values are these.
    ///
    /// A part is closed by the separator or by the end of the key, so that no key is in the range whose part is longer.
    ///
    /// # Errors
    /// If a part cannot be written, or if the key is too long.
    #[doc(hidden)]
    pub fn collection_of(&self, values: SegmentValues<'_>, key: KeyPart, field: &str) -> Result<KeyRange> {
        let mut text = Rendered::new(self, key);
        let mut segments = self.segments.iter().enumerate();
        for (place, segment) in segments.by_ref() {
            match segment {
                Segment::Literal(literal) => text.literal(literal),
                Segment::Part(part) => {
                    if let Some(value) = value_of(values, part.field) {
                        text.part(place, part, value)?;
                    }
                    if part.field == field {
                        break;
                    }
                }
            }
        }
        let closed = match segments.next() {
            None => true,
            Some((_, Segment::Literal(literal))) => literal.starts_with(super::escape::SEPARATOR),
            Some((_, Segment::Part(_))) => false,
        };
        let low = text.clone().finish()?;
        if self.mode == TemplateMode::Raw || !closed {
            return Ok(KeyRange::BeginsWith(low));
        }
        // Nothing but the separator is less than the mark of an escape, and no key ends in that mark.
        text.text.push(super::escape::ESCAPE);
        Ok(KeyRange::Between(low, text.finish()?))
    }

    /// The keys whose part of that field meets a condition, and whose parts before it have these values.
    ///
    /// # Errors
    /// If a part cannot be written, if a key is too long, or if the template is raw and its text has no such order.
    #[doc(hidden)]
    pub fn range_by(
        &self,
        values: SegmentValues<'_>,
        key: KeyPart,
        field: &'static str,
        operator: PartOperator,
        operands: &[&dyn WriteSegment],
    ) -> Result<KeyRange> {
        let found = self.segments.iter().enumerate().find_map(|(place, segment)| match segment {
            Segment::Part(part) if part.field == field => Some((place, part)),
            _ => None,
        });
        let Some((place, part)) = found else { return Err(self.refused(field, "the key has no such part")) };
        let (before, _) = self.beginning(values, key, Some(field))?;
        let bounds = Bounds { template: self, place, part, before };
        match (operator, operands) {
            (PartOperator::Eq, [value]) => {
                let values: Vec<_> = [(field, *value)].into_iter().chain(values.iter().copied()).collect();
                self.range_of(&values, key)
            }
            (PartOperator::BeginsWith, [value]) => bounds.begins_with(*value),
            (PartOperator::Between, [low, high]) => bounds.between(*low, *high),
            (PartOperator::Ge, [value]) => bounds.at_least(*value),
            (PartOperator::Gt, [value]) => bounds.above(*value),
            (PartOperator::Le, [value]) => bounds.at_most(*value),
            (PartOperator::Lt, [value]) => bounds.below(*value),
            _ => Err(self.refused(field, "the condition has not the values that it needs")),
        }
    }

    /// The text up to the first part without a value, or up to that field; and whether it is the whole key.
    fn beginning(&self, values: SegmentValues<'_>, key: KeyPart, up_to: Option<&str>) -> Result<(Rendered<'_>, bool)> {
        let mut text = Rendered::new(self, key);
        for (place, segment) in self.segments.iter().enumerate() {
            match segment {
                Segment::Literal(literal) => text.literal(literal),
                Segment::Part(part) => {
                    let value = value_of(values, part.field).filter(|_| up_to != Some(part.field));
                    let Some(value) = value else { return Ok((text, false)) };
                    if !text.part(place, part, value)? {
                        return Err(self.refused(part.field, "an index has no keys without it"));
                    }
                }
            }
        }
        Ok((text, true))
    }
}

/// The ends of a range of one part.
struct Bounds<'t> {
    template: &'t KeyTemplate,
    place: usize,
    part: &'static SegmentSchema,
    /// The text before the part.
    before: Rendered<'t>,
}

type Result<T> = core::result::Result<T, EncodeError>;

impl Bounds<'_> {
    fn begins_with(self, value: &dyn WriteSegment) -> Result<KeyRange> {
        let mut text = self.before;
        text.beginning(self.part, value)?;
        match text.finish()? {
            text if text.is_empty() => Ok(KeyRange::All),
            text => Ok(KeyRange::BeginsWith(text)),
        }
    }

    fn between(self, low: &dyn WriteSegment, high: &dyn WriteSegment) -> Result<KeyRange> {
        self.check_order()?;
        let (low, high) = (self.text(low)?.finish()?, self.upper_included(high)?);
        Ok(KeyRange::Between(low, high))
    }

    fn at_least(self, value: &dyn WriteSegment) -> Result<KeyRange> {
        self.check_order()?;
        let low = self.text(value)?.finish()?;
        Ok(self.up(low))
    }

    fn above(self, value: &dyn WriteSegment) -> Result<KeyRange> {
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

    fn at_most(self, value: &dyn WriteSegment) -> Result<KeyRange> {
        self.check_order()?;
        let high = self.upper_included(value)?;
        Ok(self.down(high))
    }

    fn below(self, value: &dyn WriteSegment) -> Result<KeyRange> {
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
