//! Integers: exact numbers in both directions.

use super::decimal::Decimal;
use super::{FromAttribute, ToAttribute, kind};
use crate::codec::{Cursor, DecodeError, EncodeProblem, Encoder};
use crate::limit;

type Result<T> = core::result::Result<T, DecodeError>;

macro_rules! integers {
    ($($integer:ident)*) => {$(
        impl ToAttribute for $integer {
            type Kind = kind::N;
            type ListKind = kind::L;
            fn encode(&self, out: &mut Encoder) {
                out.number(itoa::Buffer::new().format(*self));
            }
        }

        impl<'a> FromAttribute<'a> for $integer {
            #[inline(never)]
            fn decode(cursor: &mut Cursor<'a>) -> Result<Self> {
                decode_integer!(cursor, $integer)
            }
        }
    )*};
}

/// Reads `{"N":"…"}` as an integer: quickly where it is written as one of up to 19 digits, exactly otherwise.
macro_rules! decode_integer {
    ($cursor:ident, $integer:ident) => {{
        $cursor.open_number()?;
        let number = match $cursor.short_integer() {
            Some((false, digits)) => Self::try_from(digits).ok(),
            Some((true, digits)) => 0_i128.checked_sub_unsigned(u128::from(digits)).and_then(|n| n.try_into().ok()),
            None => match long_integer($cursor)? {
                Some((false, digits)) => Self::try_from(digits).ok(),
                Some((true, digits)) => 0_i128.checked_sub_unsigned(digits).and_then(|n| n.try_into().ok()),
                None => None,
            },
        };
        match number {
            Some(number) => Ok(number),
            None => $cursor.does_not_fit(stringify!($integer)),
        }
    }};
}

/// A number in any notation (`100`, `1E+2`, `100.0`) as an integer's sign and digits, if it is one.
#[cold]
#[inline(never)]
fn long_integer(cursor: &mut Cursor<'_>) -> Result<Option<(bool, u128)>> {
    let text = cursor.number_to_end()?;
    match Decimal::parse(&text) {
        Ok(number) => Ok(number.to_integer().map(|digits| (number.negative, digits))),
        Err(problem) => problem.while_reading(cursor, "an integer"),
    }
}

integers!(i8 i16 i32 i64 isize u16 u32 u64 usize);

macro_rules! long_integers {
    ($($integer:ident)*) => {$(
        /// DynamoDB keeps 38 significant digits; an integer with more is refused, never rounded.
        impl ToAttribute for $integer {
            type Kind = kind::N;
            type ListKind = kind::L;
            fn encode(&self, out: &mut Encoder) {
                let mut digits = itoa::Buffer::new();
                let digits = digits.format(*self);
                if digits.trim_start_matches('-').trim_end_matches('0').len() > limit::NUMBER_DIGITS {
                    out.fail(EncodeProblem::NumberTooLong);
                }
                out.number(digits);
            }
        }

        impl<'a> FromAttribute<'a> for $integer {
            #[inline(never)]
            fn decode(cursor: &mut Cursor<'a>) -> Result<Self> {
                decode_integer!(cursor, $integer)
            }
        }
    )*};
}

long_integers!(i128 u128);

/// One `u8` is a number; several are binary.
impl ToAttribute for u8 {
    type Kind = kind::N;
    type ListKind = kind::B;
    fn encode(&self, out: &mut Encoder) {
        out.number(itoa::Buffer::new().format(*self));
    }
    fn encode_list(values: &[Self], out: &mut Encoder) {
        out.binary(values);
    }
    fn encode_halves(front: &[Self], back: &[Self], out: &mut Encoder) {
        out.binary(&[front, back].concat());
    }
}

impl<'a> FromAttribute<'a> for u8 {
    #[inline(never)]
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self> {
        decode_integer!(cursor, u8)
    }
    fn decode_list(cursor: &mut Cursor<'a>) -> Result<Vec<Self>> {
        cursor.binary()
    }
}
