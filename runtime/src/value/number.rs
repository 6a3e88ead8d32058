//! The exact decimal number of DynamoDB.

use core::cmp::Ordering;
use core::fmt;
use core::str::FromStr;

use super::decimal::{Decimal, NotDecimal};
use super::{FromAttribute, ToAttribute, kind};
use crate::codec::{Cursor, DecodeError, EncodeProblem, Encoder};
use crate::limit;

/// A number exactly as DynamoDB keeps it: up to 38 significant digits, from ±1E-130 to ±9.99…E+125, or zero.
///
/// Numbers are equal, ordered and hashed by their value: `1.50`, `1.5` and `15E-1` are the same number. It is written
/// in one form: plain digits where they are few, `1.5E+100` otherwise.
///
/// ```
/// use tablewright::Number;
///
/// let price: Number = "19.90".parse()?;
/// assert_eq!(price.to_string(), "19.9");
/// assert!(price < Number::from(20));
/// # Ok::<(), tablewright::NumberError>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Number {
    /// Without zeros at its end, and smaller than 10^38.
    coefficient: i128,
    exponent: i16,
}

/// Why text or a number is not a [`Number`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NumberError {
    /// The text is not a number.
    NotANumber,
    /// The number has more than 38 significant digits.
    TooLong,
    /// The number is outside of ±1E-130 to ±9.99…E+125.
    OutOfRange,
}

/// The powers of ten of a number's first digit.
const FIRST_DIGIT: core::ops::RangeInclusive<i32> = -130..=125;
/// The powers of ten of the first digit of numbers that are written without an exponent.
const PLAIN: core::ops::Range<i32> = -7..38;

impl Number {
    /// Zero.
    pub const ZERO: Self = Self { coefficient: 0, exponent: 0 };

    fn new(decimal: Decimal) -> Result<Self, NumberError> {
        let count = count_digits(decimal.digits);
        if count > limit::NUMBER_DIGITS as u32 {
            return Err(NumberError::TooLong);
        }
        let first = decimal.exponent.saturating_add_unsigned(count.saturating_sub(1));
        let (Ok(digits), Ok(exponent)) = (i128::try_from(decimal.digits), i16::try_from(decimal.exponent)) else {
            return Err(NumberError::OutOfRange);
        };
        if digits != 0 && !FIRST_DIGIT.contains(&first) {
            return Err(NumberError::OutOfRange);
        }
        Ok(Self { coefficient: if decimal.negative { -digits } else { digits }, exponent })
    }

    fn of_digits(negative: bool, mut digits: u128) -> Result<Self, NumberError> {
        let mut exponent = 0;
        while digits != 0 && digits.is_multiple_of(10) {
            digits /= 10;
            exponent += 1;
        }
        Self::new(Decimal { negative, digits, exponent })
    }

    pub(crate) fn to_decimal(self) -> Decimal {
        Decimal {
            negative: self.coefficient < 0,
            digits: self.coefficient.unsigned_abs(),
            exponent: i32::from(self.exponent),
        }
    }

    /// The nearest float.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        self.to_string().parse().unwrap_or_default()
    }

    /// The power of ten of the first digit.
    fn first_digit(self) -> i32 {
        let count = count_digits(self.coefficient.unsigned_abs());
        i32::from(self.exponent).saturating_add_unsigned(count.saturating_sub(1))
    }

    /// The bytes that DynamoDB counts the number as.
    pub(crate) fn stored_bytes(self) -> usize {
        let count = count_digits(self.coefficient.unsigned_abs()) as usize;
        let whole = usize::try_from(self.first_digit() + 1).unwrap_or(0).min(count);
        1 + whole.div_ceil(2) + (count - whole).div_ceil(2) + usize::from(self.coefficient < 0)
    }
}

fn count_digits(digits: u128) -> u32 {
    digits.checked_ilog10().map_or(0, |log| log + 1)
}

impl FromStr for Number {
    type Err = NumberError;
    fn from_str(text: &str) -> Result<Self, NumberError> {
        match Decimal::parse(text) {
            Ok(decimal) => Self::new(decimal),
            Err(NotDecimal::Syntax) => Err(NumberError::NotANumber),
            Err(NotDecimal::TooLong) => Err(NumberError::TooLong),
        }
    }
}

impl TryFrom<&str> for Number {
    type Error = NumberError;
    fn try_from(text: &str) -> Result<Self, NumberError> {
        text.parse()
    }
}

/// The number that the float's shortest text is.
impl TryFrom<f64> for Number {
    type Error = NumberError;
    fn try_from(float: f64) -> Result<Self, NumberError> {
        zmij::Buffer::new().format(float).parse()
    }
}

macro_rules! from_integers {
    ($($integer:ident)*) => {$(
        impl From<$integer> for Number {
            fn from(integer: $integer) -> Self {
                // No integer of 64 bits has too many digits.
                Self::try_from(i128::from(integer)).unwrap_or(Self::ZERO)
            }
        }
    )*};
}

from_integers!(i8 i16 i32 i64 u8 u16 u32 u64);

impl TryFrom<i128> for Number {
    type Error = NumberError;
    fn try_from(integer: i128) -> Result<Self, NumberError> {
        Self::of_digits(integer < 0, integer.unsigned_abs())
    }
}

impl TryFrom<u128> for Number {
    type Error = NumberError;
    fn try_from(integer: u128) -> Result<Self, NumberError> {
        Self::of_digits(false, integer)
    }
}

macro_rules! to_integers {
    ($($integer:ident)*) => {$(
        impl TryFrom<Number> for $integer {
            type Error = NumberError;
            fn try_from(number: Number) -> Result<Self, NumberError> {
                let decimal = number.to_decimal();
                let digits = decimal.to_integer().ok_or(NumberError::OutOfRange)?;
                if decimal.negative {
                    let integer = 0_i128.checked_sub_unsigned(digits).and_then(|integer| integer.try_into().ok());
                    integer.ok_or(NumberError::OutOfRange)
                } else {
                    digits.try_into().map_err(|_| NumberError::OutOfRange)
                }
            }
        }
    )*};
}

to_integers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        let sign = self.coefficient.signum();
        if sign != other.coefficient.signum() || sign == 0 {
            return self.coefficient.cmp(&other.coefficient);
        }
        let sizes = self.first_digit().cmp(&other.first_digit()).then_with(|| {
            let [a, b] = [self, other].map(|number| left_aligned(number.coefficient.unsigned_abs()));
            a.cmp(&b)
        });
        if sign > 0 { sizes } else { sizes.reverse() }
    }
}

/// The digits with zeros after them up to 38 digits.
fn left_aligned(digits: u128) -> u128 {
    let missing = (limit::NUMBER_DIGITS as u32).saturating_sub(count_digits(digits));
    digits.saturating_mul(10_u128.saturating_pow(missing))
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = itoa::Buffer::new();
        let digits = digits.format(self.coefficient.unsigned_abs());
        let mut text = String::with_capacity(48);
        let first = self.first_digit();
        if !PLAIN.contains(&first) {
            let (one, others) = digits.split_at_checked(1).unwrap_or((digits, ""));
            text.push_str(one);
            if !others.is_empty() {
                text.push('.');
                text.push_str(others);
            }
            text.push_str(if first < 0 { "E-" } else { "E+" });
            text.push_str(itoa::Buffer::new().format(first.unsigned_abs()));
        } else if first < 0 {
            text.push_str("0.");
            text.extend((first..-1).map(|_| '0'));
            text.push_str(digits);
        } else {
            let whole = usize::try_from(first + 1).unwrap_or(0);
            match digits.split_at_checked(whole) {
                Some((whole, "")) => text.push_str(whole),
                Some((whole, fraction)) => text.extend([whole, ".", fraction]),
                None => {
                    text.push_str(digits);
                    text.extend((0..self.exponent).map(|_| '0'));
                }
            }
        }
        f.pad_integral(self.coefficient >= 0, "", &text)
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Number({self})")
    }
}

impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotANumber => "the text is not a number",
            Self::TooLong => "the number has more than 38 significant digits",
            Self::OutOfRange => "the number is outside of the range that it can have",
        })
    }
}

impl core::error::Error for NumberError {}

impl From<NumberError> for EncodeProblem {
    fn from(error: NumberError) -> Self {
        match error {
            NumberError::NotANumber => Self::Refused("an N that is not a number".into()),
            NumberError::TooLong => Self::NumberTooLong,
            NumberError::OutOfRange => Self::NumberOutOfRange,
        }
    }
}

impl ToAttribute for Number {
    type Kind = kind::N;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        out.number(&self.to_string());
    }
}

impl<'a> FromAttribute<'a> for Number {
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self, DecodeError> {
        match cursor.number()?.parse() {
            Ok(number) => Ok(number),
            Err(NumberError::NotANumber) => cursor.malformed("an N that is not a number"),
            Err(_) => cursor.does_not_fit("Number"),
        }
    }
}
