//! The key condition of a query: which keys must equal a value, and the range of the one after them.

use super::text::SortText;
use crate::codec::{EncodeError, Encoder, KeyPart};
use crate::template::digits;

/// Keys that must equal a value, and perhaps one key after them that must be in a range.
///
/// DynamoDB wants every partition-key attribute here, then sort-key attributes from the first on without a gap.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct KeyCondition {
    pub(crate) equal: Vec<(&'static str, KeyValue)>,
    pub(crate) range: Option<(&'static str, SortCondition)>,
    /// The sort key that a template makes, if one does.
    pub(crate) text: Option<SortText>,
    /// The shards of the partition key, if it has some: its value is that of the first.
    pub(crate) shards: Option<Shards>,
}

/// The shards of a partition key that a template makes.
#[derive(Clone, PartialEq)]
pub(crate) struct Shards {
    pub(crate) count: u16,
    entity: &'static str,
    /// The key's text up to the shard.
    stem: Box<str>,
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

impl Shards {
    /// The shards of the key with that text, which is of one of them.
    pub(super) fn of(entity: &'static str, count: u16, text: &str) -> Self {
        Self { count, entity, stem: text.strip_suffix(&digits(0)).unwrap_or(text).into() }
    }
}

impl KeyCondition {
    /// The same condition on one shard of the partition key.
    pub(crate) fn of_shard(&self, shard: u8) -> Self {
        let mut condition = self.clone();
        if let (Some(Shards { entity, stem, .. }), Some((name, value))) = (&self.shards, condition.equal.first_mut()) {
            let text = format!("{stem}{}", digits(shard));
            *value = key_value(entity, name, KeyPart::Partition, |out| out.string(&text));
        }
        condition
    }
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
