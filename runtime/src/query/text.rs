//! Key conditions on the text of templates.

use super::condition::{KeyCondition, KeyValue, Shards, SortCondition, key_value};
use crate::codec::{EncodeError, KeyPart};
use crate::schema::{KeyTemplate, TemplateMode};
use crate::template::{KeyRange, PartOperator, SegmentError, SegmentText, SegmentValues, WriteSegment};

/// A sort key that a template makes, and the parts that have a value.
#[derive(Clone, PartialEq)]
pub(crate) struct SortText {
    name: &'static str,
    template: &'static KeyTemplate,
    /// Those that the partition key says, then those that are fixed.
    parts: Vec<FixedPart>,
    /// How many the partition key says.
    given: usize,
}

/// The plain text of a part, or why it has none.
#[derive(Clone, PartialEq)]
struct FixedPart {
    field: &'static str,
    text: Result<Box<str>, SegmentError>,
}

impl KeyCondition {
    /// The partition key that a template makes.
    pub(super) fn partition_text(
        &mut self,
        entity: &'static str,
        name: &'static str,
        template: &KeyTemplate,
        values: SegmentValues<'_>,
    ) {
        let first = template.shards().map(|_| 0);
        let text = template.text_of(values, KeyPart::Partition, first).map(Option::unwrap_or_default);
        if let (Some(count), Ok(text)) = (template.shards(), &text) {
            self.shards = Some(Shards::of(entity, count, text));
        }
        self.equal.push((name, value_of(entity, name, KeyPart::Partition, text.map(Into::into))));
    }

    /// The sort key that a template makes, some of whose parts the partition key says.
    pub(super) fn sort_text(
        &mut self,
        entity: &'static str,
        name: &'static str,
        template: &'static KeyTemplate,
        values: SegmentValues<'_>,
    ) {
        let mut parts = Vec::with_capacity(values.len() + 1);
        parts.extend(values.iter().map(|(field, value)| FixedPart::new(template.mode, field, *value)));
        let given = parts.len();
        let sort = self.text.insert(SortText { name, template, parts, given });
        let range = sort.range();
        self.select(entity, range);
    }

    /// Fixes a part of the sort key.
    pub(super) fn fix(&mut self, entity: &'static str, field: &'static str, value: &dyn WriteSegment) {
        let Some(sort) = &mut self.text else { return };
        sort.parts.push(FixedPart::new(sort.template.mode, field, value));
        let range = sort.range();
        self.select(entity, range);
    }

    /// Selects a range of a part of the sort key.
    pub(super) fn range_of_part(
        &mut self,
        entity: &'static str,
        field: &'static str,
        operator: PartOperator,
        operands: &[&dyn WriteSegment],
    ) {
        let Some(sort) = &self.text else { return };
        let range = sort.template.range_by(&sort.values(), KeyPart::Sort, field, operator, operands);
        self.select(entity, range);
    }

    /// Selects the keys of every entity that have the parts that are fixed.
    pub(super) fn collect(&mut self, entity: &'static str) {
        let Some(sort) = &self.text else { return };
        let fixed = sort.parts.get(sort.given..).and_then(<[FixedPart]>::last);
        let range = match fixed {
            None => Ok(KeyRange::All),
            Some(last) => sort.template.collection_of(&sort.values(), KeyPart::Sort, last.field),
        };
        // A key that the partition key alone makes up is fixed already, and is one of those in the collection.
        self.equal.retain(|(name, _)| *name != sort.name);
        self.select(entity, range);
    }

    fn select(&mut self, entity: &'static str, range: Result<KeyRange, EncodeError>) {
        let Some(name) = self.text.as_ref().map(|sort| sort.name) else { return };
        let value = |text| value_of(entity, name, KeyPart::Sort, Ok(text));
        let condition = match range {
            Ok(KeyRange::All) => None,
            Ok(KeyRange::Equal(text)) => {
                self.equal.push((name, value(text)));
                None
            }
            Ok(KeyRange::BeginsWith(text)) => Some(SortCondition::BeginsWith(value(text))),
            Ok(KeyRange::Between(low, high)) => Some(SortCondition::Between(value(low), value(high))),
            Ok(KeyRange::AtLeast(low)) => Some(SortCondition::Compare(">=", value(low))),
            Ok(KeyRange::AtMost(high)) => Some(SortCondition::Compare("<=", value(high))),
            Ok(KeyRange::Above(low)) => Some(SortCondition::Compare(">", value(low))),
            Ok(KeyRange::Below(high)) => Some(SortCondition::Compare("<", value(high))),
            Err(error) => Some(SortCondition::BeginsWith(value_of(entity, name, KeyPart::Sort, Err(error)))),
        };
        self.range = condition.map(|condition| (name, condition));
    }
}

impl SortText {
    /// The keys that have the fixed parts.
    fn range(&self) -> Result<KeyRange, EncodeError> {
        self.template.range_of(&self.values(), KeyPart::Sort)
    }

    fn values(&self) -> Vec<(&'static str, &dyn WriteSegment)> {
        self.parts.iter().map(|part| (part.field, part as &dyn WriteSegment)).collect()
    }
}

impl FixedPart {
    fn new(mode: TemplateMode, field: &'static str, value: &dyn WriteSegment) -> Self {
        let mut text = SegmentText::new();
        let text = match value.write(mode, &mut text) {
            Ok(_) => Ok(text.into_string().into()),
            Err(error) => Err(error),
        };
        Self { field, text }
    }
}

impl WriteSegment for FixedPart {
    fn write(&self, _: TemplateMode, out: &mut SegmentText) -> Result<bool, SegmentError> {
        out.push_str(self.text.as_deref().map_err(Clone::clone)?);
        Ok(true)
    }
}

fn value_of(entity: &'static str, name: &'static str, part: KeyPart, text: Result<Box<str>, EncodeError>) -> KeyValue {
    let text = text.map_err(|error| error.of_entity(entity))?;
    key_value(entity, name, part, |out| out.string(&text))
}
