//! The key condition of a query: which keys must equal a value, and the range of the one after them.

use crate::codec::{EncodeError, Encoder, KeyPart};

/// Keys that must equal a value, and perhaps one key after them that must be in a range.
///
/// DynamoDB wants every partition-key attribute here, then sort-key attributes from the first on without a gap.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct KeyCondition {
    pub(crate) equal: Vec<(&'static str, KeyValue)>,
    pub(crate) range: Option<(&'static str, SortCondition)>,
}

/// A key value as DynamoDB's JSON, or why it cannot be one.
pub(crate) type KeyValue = Result<Box<str>, EncodeError>;

/// What a sort key is asked for, besides being equal.
#[derive(Clone, PartialEq)]
pub(crate) enum SortCondition {
    /// `<`, `<=`, `>`, `>=`.
    Compare(&'static str, KeyValue),
    Between(KeyValue, KeyValue),
    BeginsWith(KeyValue),
}

/// The value of the key attribute of that name.
pub(crate) fn key_value(
    entity: &'static str,
    name: &'static str,
    part: KeyPart,
    encode: impl FnOnce(&mut Encoder),
) -> KeyValue {
    let mut out = Encoder::new();
    out.key_value(name, part, encode);
    out.finish().map_err(|error| error.of_entity(entity)).map(crate::key::into_text)
}

/// The value of a partition key that a template makes.
pub(crate) fn template_value(
    entity: &'static str,
    name: &'static str,
    template: &crate::schema::KeyTemplate,
    values: crate::template::SegmentValues<'_>,
) -> KeyValue {
    let text = template.render(values, KeyPart::Partition).map_err(|error| error.of_entity(entity))?;
    key_value(entity, name, KeyPart::Partition, |out| out.string(text.as_deref().unwrap_or_default()))
}
