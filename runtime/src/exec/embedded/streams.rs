//! The stream of a table that was deleted and made again. The engine keeps the records of the one before it.

use dynoxide::DynoxideError;
use serde_json::{Value, json};

use super::dispatch;

/// What the engine adds to a sequence number, which is the time in microseconds, before it shows it.
const SEQUENCE_NUMBER_OFFSET: u128 = 100_000_000_000_000_000_000;

/// The same request for a shard iterator, and its stream's own beginning where it asks for the oldest record.
pub(super) fn from_its_own_beginning(body: &[u8]) -> Result<Vec<u8>, DynoxideError> {
    let mut request: Value = dispatch::read(body)?;
    if request.get("ShardIteratorType").is_some_and(|kind| kind == "TRIM_HORIZON")
        && let Some(begun) = request.get("StreamArn").and_then(Value::as_str).and_then(begun)
        && let Some(members) = request.as_object_mut()
    {
        members.insert("ShardIteratorType".to_owned(), json!("AFTER_SEQUENCE_NUMBER"));
        members.insert("SequenceNumber".to_owned(), json!((SEQUENCE_NUMBER_OFFSET + begun - 1).to_string()));
    }
    dispatch::write(&request).map(String::into_bytes)
}

/// When the stream was made, in microseconds: its ARN ends in seconds and nanoseconds.
fn begun(arn: &str) -> Option<u128> {
    let (_, label) = arn.rsplit_once("/stream/")?;
    let (seconds, nanoseconds) = label.split_once('.')?;
    let microseconds = nanoseconds.get(..6)?.parse::<u128>().ok()?;
    let begun = seconds.parse::<u128>().ok()?.checked_mul(1_000_000)?.checked_add(microseconds)?;
    (begun > 1).then_some(begun)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_begins_at_its_label() {
        assert_eq!(begun("arn:aws:dynamodb:x:0:table/t/stream/1700000000.000123999"), Some(1_700_000_000_000_123));
        for other in ["arn:aws:dynamodb:x:0:table/t", "t/stream/2026-11-21T00:00:00.000", "t/stream/0.000000001"] {
            assert_eq!(begun(other), None, "{other}");
        }
        let other = br#"{"ShardIteratorType":"LATEST","StreamArn":"t/stream/1700000000.000000000"}"#;
        assert_eq!(from_its_own_beginning(other).unwrap(), other);
    }
}
