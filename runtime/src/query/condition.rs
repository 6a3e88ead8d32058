//! The key condition of a query: which keys must equal a value, and the range of the one after them.

use super::text::SortText;
use crate::codec::{EncodeError, Encoder, KeyPart};

/// Keys that must equal a value, and perhaps one key after them that must be in a range.
///
/// DynamoDB wants every partition-key attribute here, then sort-key attributes from the first on without a gap.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct KeyCondition {
    pub(crate) equal: Vec<(&'static str, KeyValue)>,
    pub(crate) range: Option<(&'static str, SortCondition)>,
    /// The sort key that a template makes, if one does.
    pub(crate) text: Option<SortText>,
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
