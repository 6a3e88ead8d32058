//! Where batches of records come from.

use bytes::Bytes;

use super::error::StreamError;
use super::raw::RawRecord;
use crate::Result;
use crate::codec::{Cursor, DecodeError};

/// A batch of records as its source has it: the JSON that Lambda calls a function with, or the types of another crate.
///
/// It is implemented for bytes and text of JSON; with the feature `lambda` for the events of `aws_lambda_events`, and
/// with the feature `streams` for the records of `aws-sdk-dynamodbstreams`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a batch of a stream's records",
    label = "not the event of a DynamoDB stream",
    note = "pass the event's JSON as bytes or text",
    note = "the events of `aws_lambda_events` need the feature `lambda` of `tablewright`, the records of \
            `aws-sdk-dynamodbstreams` the feature `streams`"
)]
pub trait StreamEvent {
    /// Hands each record over, in the order of the batch.
    #[doc(hidden)]
    fn records(&self, take: &mut dyn FnMut(RawRecord<'_>)) -> Result<()>;
}

impl StreamEvent for [u8] {
    fn records(&self, take: &mut dyn FnMut(RawRecord<'_>)) -> Result<()> {
        of_event(self, take).map_err(|error| StreamError::Event(error).into())
    }
}

impl StreamEvent for str {
    fn records(&self, take: &mut dyn FnMut(RawRecord<'_>)) -> Result<()> {
        self.as_bytes().records(take)
    }
}

impl StreamEvent for Vec<u8> {
    fn records(&self, take: &mut dyn FnMut(RawRecord<'_>)) -> Result<()> {
        self.as_slice().records(take)
    }
}

impl StreamEvent for String {
    fn records(&self, take: &mut dyn FnMut(RawRecord<'_>)) -> Result<()> {
        self.as_bytes().records(take)
    }
}

impl StreamEvent for Bytes {
    fn records(&self, take: &mut dyn FnMut(RawRecord<'_>)) -> Result<()> {
        self.as_ref().records(take)
    }
}

impl<const N: usize> StreamEvent for [u8; N] {
    fn records(&self, take: &mut dyn FnMut(RawRecord<'_>)) -> Result<()> {
        self.as_slice().records(take)
    }
}

#[diagnostic::do_not_recommend]
impl<E: StreamEvent + ?Sized> StreamEvent for &E {
    fn records(&self, take: &mut dyn FnMut(RawRecord<'_>)) -> Result<()> {
        (**self).records(take)
    }
}

/// Reads `{"Records":[…]}`, or the array alone, as `EventBridge` Pipes pass it on.
fn of_event(json: &[u8], take: &mut dyn FnMut(RawRecord<'_>)) -> Result<(), DecodeError> {
    let mut cursor = Cursor::new(json)?;
    // Damage anywhere must be found before a record is handed over.
    let mut ahead = cursor.clone();
    ahead.skip()?;
    ahead.end()?;
    if json.trim_ascii_start().starts_with(b"[") {
        return elements(&mut cursor, take);
    }
    cursor.expect(b'{', "expected an event of a stream")?;
    let mut first = true;
    while let Some(name) = cursor.member(&mut first)? {
        match (&*name, cursor.peek()) {
            ("Records", b'[') => return elements(&mut cursor, take),
            _ => cursor.skip()?,
        }
    }
    cursor.malformed("no list of `Records`")
}

/// Hands over each record of the array that the cursor is before.
fn elements(cursor: &mut Cursor<'_>, take: &mut dyn FnMut(RawRecord<'_>)) -> Result<(), DecodeError> {
    cursor.expect(b'[', "expected a list of records")?;
    let mut first = true;
    while cursor.element(&mut first)? {
        let start = cursor.offset();
        cursor.skip()?;
        take(RawRecord::of_json(cursor.slice(start, cursor.offset())));
    }
    Ok(())
}

/// Hands over each record of an answer to `GetRecords`, and gives the iterator of the next call, if the shard goes on.
pub(super) fn of_page(json: &[u8], take: &mut dyn FnMut(RawRecord<'_>)) -> Result<Option<Box<str>>, DecodeError> {
    let mut cursor = Cursor::new(json)?;
    cursor.expect(b'{', "expected `{`")?;
    let (mut next, mut first) = (None, true);
    while let Some(name) = cursor.member(&mut first)? {
        match (&*name, cursor.peek()) {
            ("Records", b'[') => elements(&mut cursor, take)?,
            ("NextShardIterator", b'"') => next = Some(cursor.string()?.into()),
            _ => cursor.skip()?,
        }
    }
    cursor.end()?;
    Ok(next)
}
