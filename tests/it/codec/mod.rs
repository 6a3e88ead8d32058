//! Values and their JSON: conversions, limits, and agreement with other readers and writers.

pub mod canned;
mod damage;
mod decode_errors;
mod differential;
mod encode_errors;
mod foreign;
pub mod generate;
mod item;
mod nesting;
mod number;
mod operands;
pub mod order;
mod round_trip;
mod spelling;
mod wire;

use tablewright::codec::{Cursor, DecodeError, EncodeError, Encoder};
use tablewright::value::{FromAttribute, ToAttribute};

/// The JSON of a value.
fn encode<T: ToAttribute + ?Sized>(value: &T) -> Result<String, EncodeError> {
    let mut out = Encoder::new();
    value.encode(&mut out);
    out.finish().map(|json| String::from_utf8(json).unwrap())
}

/// The value of JSON, all of which must be read.
fn decode<'a, T: FromAttribute<'a>>(json: &'a str) -> Result<T, DecodeError> {
    let mut cursor = Cursor::new(json.as_bytes())?;
    let value = T::decode(&mut cursor)?;
    assert_eq!(cursor.offset(), json.len(), "the cursor stops inside {json}");
    Ok(value)
}
