//! From a condition on a part to a range of keys.

use super::WriteSegment;
use super::bounds::Bounds;
use super::render::{Rendered, SegmentValues, value_of};
use crate::codec::{EncodeError, KeyPart};
use crate::schema::{KeyTemplate, Segment, TemplateMode};

type Result<T> = core::result::Result<T, EncodeError>;

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
                // Sort keys have no shards.
                Segment::Shard(_) => {}
            }
        }
        let closed = match segments.next() {
            None => true,
            Some((_, Segment::Literal(literal))) => literal.starts_with(super::escape::SEPARATOR),
            Some((_, Segment::Part(_) | Segment::Shard(_))) => false,
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
                Segment::Shard(_) => return Ok((text, false)),
            }
        }
        Ok((text, true))
    }
}
