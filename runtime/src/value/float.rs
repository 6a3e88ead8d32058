//! Floats: stored as numbers, in the shortest text that reads back as the same float.

use super::{FromAttribute, ToAttribute, kind};
use crate::codec::{Cursor, DecodeError, EncodeProblem, Encoder};

type Result<T> = core::result::Result<T, DecodeError>;

/// DynamoDB's numbers are smaller than this, and zero or at least [`SMALLEST`].
const TOO_LARGE: f64 = 1e126;
const SMALLEST: f64 = 1e-130;

/// Writes a float given its size and its shortest text.
fn encode(size: f64, shortest: &str, out: &mut Encoder) {
    if !size.is_finite() {
        out.fail(EncodeProblem::NotFinite);
    } else if size >= TOO_LARGE || (size != 0.0 && size < SMALLEST) {
        out.fail(EncodeProblem::NumberOutOfRange);
    }
    match shortest.strip_suffix(".0") {
        // DynamoDB has no negative zero.
        Some("-0") => out.number("0"),
        Some(whole) => out.number(whole),
        None => out.number(shortest),
    }
}

/// A number's text, which the standard library's parser would also read from words such as `inf`.
fn text_to_float<T: core::str::FromStr>(cursor: &mut Cursor<'_>) -> Result<T> {
    let text = cursor.number_to_end()?;
    let number = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'));
    match text.parse() {
        Ok(float) if number => Ok(float),
        _ => cursor.malformed("an N that is not a number"),
    }
}

impl ToAttribute for f64 {
    type Kind = kind::Float;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        encode(self.abs(), zmij::Buffer::new().format(*self), out);
    }
}

/// The nearest float: DynamoDB's 38 digits are more than a float has.
impl<'a> FromAttribute<'a> for f64 {
    #[inline(never)]
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self> {
        cursor.open_number()?;
        if let Some(float) = cursor.short_float() {
            return Ok(float);
        }
        let float: Self = text_to_float(cursor)?;
        if float.is_finite() { Ok(float) } else { cursor.does_not_fit("f64") }
    }
}

impl ToAttribute for f32 {
    type Kind = kind::Float;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        encode(f64::from(self.abs()), zmij::Buffer::new().format(*self), out);
    }
}

/// The nearest float, or an error for a number beyond the largest.
impl<'a> FromAttribute<'a> for f32 {
    #[inline(never)]
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self> {
        cursor.open_number()?;
        let float: Self = text_to_float(cursor)?;
        if float.is_finite() { Ok(float) } else { cursor.does_not_fit("f32") }
    }
}
