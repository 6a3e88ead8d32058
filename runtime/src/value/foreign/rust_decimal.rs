//! `rust_decimal::Decimal` as an exact number.

use rust_decimal::Decimal;

use crate::codec::{Cursor, DecodeError, Encoder};
use crate::value::{FromAttribute, Number, ToAttribute, kind};

impl ToAttribute for Decimal {
    type Kind = kind::N;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        out.number(&self.normalize().to_string());
    }
}

/// A number that a `Decimal` cannot hold exactly is an error: it has 96 bits and 28 decimals at most.
impl<'a> FromAttribute<'a> for Decimal {
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self, DecodeError> {
        match exactly(Number::decode(cursor)?) {
            Some(decimal) => Ok(decimal),
            None => cursor.does_not_fit("Decimal"),
        }
    }
}

fn exactly(number: Number) -> Option<Decimal> {
    let decimal = number.to_decimal();
    let (digits, scale) = match u32::try_from(decimal.exponent.checked_neg()?) {
        Ok(scale) => (decimal.digits, scale),
        Err(_) => (decimal.to_integer()?, 0),
    };
    let digits = i128::try_from(digits).ok()?;
    Decimal::try_from_i128_with_scale(if decimal.negative { -digits } else { digits }, scale).ok()
}
