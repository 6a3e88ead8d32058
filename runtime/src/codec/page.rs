//! The bodies of responses: pages of items, and single items.

use core::str::FromStr;

use super::cursor::Cursor;
use super::decode_error::{DecodeError, DecodeProblem};
use super::item::FromItem;
use crate::entity::{Expiry, Verdict, Whose};

/// What a response holds besides its items: counts, the key to go on from, and the capacity used.
#[doc(hidden)]
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ResponseShape {
    /// `Count`.
    pub count: u64,
    /// `ScannedCount`.
    pub scanned: u64,
    /// The JSON object of `LastEvaluatedKey`.
    pub last_key: Option<Box<str>>,
    /// The sum of `CapacityUnits` of `ConsumedCapacity`.
    pub capacity_units: Option<f64>,
}

type Result<T> = core::result::Result<T, DecodeError>;

/// Reads a page of `Query` or `Scan`.
///
/// # Errors
/// If an item is not a `T`, or if the body is malformed.
#[doc(hidden)]
pub fn decode_page<'a, T: FromItem<'a>>(body: &'a [u8]) -> Result<(Vec<T>, ResponseShape)> {
    let mut items = Vec::new();
    let shape = response_loop(body, "Items", &mut |cursor, expected| {
        // A first item that is much shorter than the others must not make room for millions.
        items.reserve(expected.min(2 * body.len() / size_of::<T>().max(1)));
        items.push(T::decode_item(cursor)?);
        Ok(())
    })?;
    Ok((items, shape))
}

/// Reads those items of a page of `Query` or `Scan` that are to be taken, and counts those that are of no entity.
///
/// # Errors
/// If an item to be taken is not a `T`, if one cannot be told apart, or if the body is malformed.
pub(crate) fn decode_page_of<'a, T: FromItem<'a>>(
    body: &'a [u8],
    whose: &Whose,
) -> Result<(Vec<T>, ResponseShape, Left)> {
    if !whose.looks() {
        return decode_page(body).map(|(items, shape)| (items, shape, Left::default()));
    }
    let (mut items, mut left) = (Vec::new(), Left::default());
    let shape = response_loop(body, "Items", &mut |cursor, _| {
        match whose.verdict(cursor)? {
            Verdict::Take => items.push(T::decode_item(cursor)?),
            Verdict::Other => {
                left.others += 1;
                cursor.skip()?;
            }
            Verdict::Unknown => {
                left.unknown += 1;
                cursor.skip()?;
            }
        }
        Ok(())
    })?;
    Ok((items, shape, left))
}

/// How many items of a page were left out.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Left {
    /// Those of other entities, and those that have expired.
    pub(crate) others: u64,
    /// Those of no entity.
    pub(crate) unknown: u64,
}

/// Reads the one item of a response, if it is there: `member` is `Item` or `Attributes`.
///
/// # Errors
/// If the item is not a `T`, or if the body is malformed.
#[doc(hidden)]
pub fn decode_item_response<'a, T: FromItem<'a>>(
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

/// Reads the item of a response to `GetItem`, if it is there and has not expired.
///
/// # Errors
/// If the item is not a `T`, or if the body is malformed.
pub(crate) fn decode_unexpired<'a, T: FromItem<'a>>(body: &'a [u8], expiry: Option<Expiry>) -> Result<Option<T>> {
    let mut item = None;
    response_loop(body, "Item", &mut |cursor, _| {
        match expiry {
            Some(expiry) if expiry.is_over_for(cursor)? => cursor.skip()?,
            _ => item = Some(T::decode_item(cursor)?),
        }
        Ok(())
    })?;
    Ok(item)
}

/// Reads an item that stands by itself, if it has not expired.
///
/// # Errors
/// If the item is not a `T`, or if the JSON is malformed.
pub(crate) fn decode_unexpired_item<'a, T: FromItem<'a>>(json: &'a [u8], expiry: Option<Expiry>) -> Result<Option<T>> {
    let mut cursor = Cursor::new(json)?;
    match expiry {
        Some(expiry) if expiry.is_over_for(&cursor)? => Ok(None),
        _ => T::decode_item(&mut cursor).map(Some),
    }
}

/// What a response holds besides its items.
pub(crate) fn response_shape(body: &[u8]) -> Result<ResponseShape> {
    response_loop(body, "", &mut |cursor, _| cursor.skip())
}

/// The JSON of the first member with one of these names, of an object.
pub(crate) fn object_member<'a>(json: &'a str, names: &[&str]) -> Option<&'a str> {
    let mut cursor = Cursor::over(json);
    cursor.expect(b'{', "expected `{`").ok()?;
    let mut first = true;
    while let Some(name) = cursor.member(&mut first).ok()? {
        let start = cursor.offset();
        cursor.skip().ok()?;
        if names.contains(&&*name) {
            return Some(cursor.slice(start, cursor.offset()));
        }
    }
    None
}

/// True for a JSON object of key attributes, such as `LastEvaluatedKey`, with nothing after it.
pub(crate) fn is_key(json: &[u8]) -> bool {
    let read = || -> Result<bool> {
        let mut cursor = Cursor::new(json)?;
        cursor.expect(b'{', "expected `{`")?;
        let mut first = true;
        let mut keys = !first;
        while cursor.member(&mut first)?.is_some() {
            keys = matches!(cursor.open_any()?, "S" | "N" | "B");
            cursor.string()?;
            cursor.close()?;
            if !keys {
                break;
            }
        }
        if keys {
            cursor.end()?;
        }
        Ok(keys)
    };
    read().unwrap_or(false)
}

/// The error for an answer that lacks the attributes that were asked for.
pub(crate) fn missing_attributes() -> DecodeError {
    DecodeError::new(DecodeProblem::Malformed("no `Attributes`"), 0)
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
            "Count" => shape.count = number(&mut cursor)?.unwrap_or(0),
            "ScannedCount" => shape.scanned = number(&mut cursor)?.unwrap_or(0),
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
fn number<T: FromStr>(cursor: &mut Cursor<'_>) -> Result<Option<T>> {
    let start = cursor.offset();
    cursor.skip()?;
    match cursor.slice(start, cursor.offset()) {
        "null" => Ok(None),
        text => text.parse().map_or_else(|_| cursor.malformed("a count that is not a number"), |n| Ok(Some(n))),
    }
}

/// The text of a JSON object, or `None` for `null` and for an object without members.
fn object(cursor: &mut Cursor<'_>) -> Result<Option<Box<str>>> {
    let start = cursor.offset();
    cursor.skip()?;
    let text = cursor.slice(start, cursor.offset());
    Ok(text.starts_with('{').then_some(text).filter(|text| text.contains(':')).map(Box::from))
}

/// The units of `ConsumedCapacity`: an object, or a list of one for each table.
fn capacity(cursor: &mut Cursor<'_>) -> Result<Option<f64>> {
    match cursor.peek() {
        b'{' => table_capacity(cursor),
        b'[' => {
            let mut units = None;
            cursor.expect(b'[', "expected `[`")?;
            let mut first = true;
            while cursor.element(&mut first)? {
                if let Some(more) = table_capacity(cursor)? {
                    units = Some(units.unwrap_or(0.0) + more);
                }
            }
            Ok(units)
        }
        _ => cursor.skip().map(|()| None),
    }
}

fn table_capacity(cursor: &mut Cursor<'_>) -> Result<Option<f64>> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capacity_is_that_of_all_tables() {
        let units = |body: &str| response_shape(body.as_bytes()).map(|shape| shape.capacity_units);
        assert_eq!(units(r#"{"ConsumedCapacity":{"TableName":"a","CapacityUnits":1.5}}"#), Ok(Some(1.5)));
        let several =
            r#"{"ConsumedCapacity":[{"CapacityUnits":4.0,"TableName":"a"}, {"TableName":"b","CapacityUnits":2.0}]}"#;
        assert_eq!(units(several), Ok(Some(6.0)));
        for nothing in [r#"{"ConsumedCapacity":[]}"#, r#"{"ConsumedCapacity":null}"#, "{}"] {
            assert_eq!(units(nothing), Ok(None));
        }
        assert!(units(r#"{"ConsumedCapacity":[7]}"#).is_err());
    }
}
