//! Sequence numbers.

use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};

use crate::codec::{Cursor, DecodeError, Encoder};
use crate::value::{FromAttribute, ToAttribute, kind};

/// The digits of the longest sequence number.
const DIGITS: usize = 40;

/// The place of a record in its stream: it rises from each change of an item to the next one.
///
/// It is how a handler knows a record that it has handled already. Store it beside what the handler writes, and write
/// only where it rises; then a record that comes again, or late, changes nothing:
///
/// ```
/// use tablewright::prelude::*;
/// use tablewright::stream::{SequenceNumber, StreamRecord};
///
/// #[derive(DynamoTable)]
/// #[dynamo(table = "orders", stream = new_image)]
/// struct Order {
///     #[dynamo(partition_key)]
///     id: u64,
///     total: u64,
/// }
///
/// /// A copy of the order, kept by the stream's handler.
/// #[derive(DynamoTable)]
/// #[dynamo(table = "order-totals")]
/// struct OrderTotal {
///     #[dynamo(partition_key)]
///     id: u64,
///     total: u64,
///     seen: SequenceNumber,
/// }
///
/// async fn copy(db: &Dynamo, record: StreamRecord<Order>) -> Result<(), tablewright::Error> {
///     let seen = record.sequence_number;
///     if let Some(order) = record.change.into_new_image() {
///         db.upsert(OrderTotal::key(order.id))
///             .set(|total| total.total, order.total)
///             .set(|total| total.seen, &seen)
///             .condition(|total| total.seen.not_exists().or(total.seen.lt(&seen)))
///             .if_met()
///             .await?;
///     }
///     Ok(())
/// }
/// ```
///
/// Numbers are compared by value and stored as strings of 40 digits, so that DynamoDB compares them in the same way.
/// They are those of one stream: a table whose stream was switched off and on again has another one.
#[derive(Clone)]
pub struct SequenceNumber(Box<str>);

impl SequenceNumber {
    /// The number that this text is: 1 to 40 digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = (1..=DIGITS).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| Self(text.into()))
    }

    /// The number as the record has it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn digits(&self) -> &str {
        self.0.trim_start_matches('0')
    }
}

impl Ord for SequenceNumber {
    fn cmp(&self, other: &Self) -> Ordering {
        let (own, other) = (self.digits(), other.digits());
        own.len().cmp(&other.len()).then_with(|| own.cmp(other))
    }
}

impl PartialOrd for SequenceNumber {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for SequenceNumber {
    fn eq(&self, other: &Self) -> bool {
        self.digits() == other.digits()
    }
}

impl Eq for SequenceNumber {}

impl Hash for SequenceNumber {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.digits().hash(state);
    }
}

impl fmt::Display for SequenceNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SequenceNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl ToAttribute for SequenceNumber {
    type Kind = kind::S;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        out.string(&format!("{:0>DIGITS$}", self.digits()));
    }
}

impl<'a> FromAttribute<'a> for SequenceNumber {
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self, DecodeError> {
        let text = cursor.text()?;
        Self::parse(&text).map_or_else(|| cursor.unparsable("a sequence number"), Ok)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> SequenceNumber {
        SequenceNumber::parse(text).unwrap()
    }

    #[test]
    fn numbers_are_compared_by_value() {
        assert!(number("9") < number("10"));
        assert!(number("4421584500000000017450439091") < number("14421584500000000017450439091"));
        assert_eq!(number("000000000000000000111"), number("111"));
        assert_eq!(number("0"), number("000"));
        assert_eq!(number("000000000000000000111").as_str(), "000000000000000000111");
    }

    #[test]
    fn the_stored_text_has_the_order_of_the_numbers() {
        let stored = |text: &str| {
            let mut out = Encoder::new();
            number(text).encode(&mut out);
            String::from_utf8(out.finish().unwrap()).unwrap()
        };
        assert_eq!(stored("111"), format!(r#"{{"S":"{}111"}}"#, "0".repeat(37)));
        assert!(stored("9") < stored("10") && stored("10") < stored("9999999999999999999999999999999999999999"));
        assert_eq!(stored("000000000000000000111"), stored("111"));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", "-1", "1.5", "shard", "١", &"1".repeat(41)] {
            assert_eq!(SequenceNumber::parse(text), None, "{text}");
        }
    }
}
