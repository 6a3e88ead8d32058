//! A number's text as sign, digits and power of ten: exact, without a float in between.

use crate::codec::{Cursor, DecodeError};

/// A number of up to 38 or 39 digits: `±digits × 10^exponent`, where the digits do not end in a zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decimal {
    pub(crate) negative: bool,
    pub(crate) digits: u128,
    pub(crate) exponent: i32,
}

/// Why text is not such a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotDecimal {
    /// It is no number at all.
    Syntax,
    /// It has more significant digits than 128 bits hold.
    TooLong,
}

/// Any exponent beyond this is far outside of DynamoDB's numbers; the bound keeps the arithmetic on it small.
const EXPONENT_BOUND: i32 = 1_000_000;

impl Decimal {
    /// Reads `-12.5e+3` and the like.
    pub(crate) fn parse(text: &str) -> Result<Self, NotDecimal> {
        let (negative, unsigned) = match text.as_bytes().first() {
            Some(b'-') => (true, text.get(1..)),
            Some(b'+') => (false, text.get(1..)),
            _ => (false, Some(text)),
        };
        let unsigned = unsigned.unwrap_or_default();
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        if whole.is_empty() && fraction.is_empty() {
            return Err(NotDecimal::Syntax);
        }
        let mut digits = Digits::default();
        for byte in whole.bytes().chain(fraction.bytes()) {
            digits.push(byte)?;
        }
        if digits.value == 0 {
            return Ok(Self { negative: false, digits: 0, exponent: 0 });
        }
        let decimals = i32::try_from(fraction.len()).map_err(|_| NotDecimal::TooLong)?;
        let exponent = exponent.saturating_sub(decimals).saturating_add_unsigned(digits.zeros);
        Ok(Self { negative, digits: digits.value, exponent })
    }

    /// The digits of the whole number that this is, if it is one of up to 128 bits.
    pub(crate) fn to_integer(self) -> Option<u128> {
        let exponent = u32::try_from(self.exponent).ok()?;
        self.digits.checked_mul(10_u128.checked_pow(exponent)?)
    }
}

/// Digits so far, with the zeros at their end counted apart.
#[derive(Default)]
struct Digits {
    value: u128,
    zeros: u32,
}

impl Digits {
    fn push(&mut self, byte: u8) -> Result<(), NotDecimal> {
        match byte {
            b'0' if self.value == 0 => {}
            b'0' => self.zeros = self.zeros.saturating_add(1),
            b'1'..=b'9' => {
                let shift = 10_u128.checked_pow(self.zeros.saturating_add(1));
                self.value = shift
                    .and_then(|shift| self.value.checked_mul(shift))
                    .and_then(|shifted| shifted.checked_add(u128::from(byte - b'0')))
                    .ok_or(NotDecimal::TooLong)?;
                self.zeros = 0;
            }
            _ => return Err(NotDecimal::Syntax),
        }
        Ok(())
    }
}

fn parse_exponent(text: &str) -> Result<i32, NotDecimal> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NotDecimal::Syntax);
    }
    let bounded = digits.parse().unwrap_or(EXPONENT_BOUND).min(EXPONENT_BOUND);
    Ok(if text.starts_with('-') { -bounded } else { bounded })
}

impl NotDecimal {
    /// The error of reading such text.
    #[cold]
    pub(crate) fn while_reading<T>(self, cursor: &Cursor<'_>, rust_type: &'static str) -> Result<T, DecodeError> {
        match self {
            Self::Syntax => cursor.malformed("an N that is not a number"),
            Self::TooLong => cursor.does_not_fit(rust_type),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notations() {
        let number = |negative, digits, exponent| Ok(Decimal { negative, digits, exponent });
        for (text, expected) in [
            ("0", number(false, 0, 0)),
            ("-0.00e9", number(false, 0, 0)),
            ("100", number(false, 1, 2)),
            ("1E+2", number(false, 1, 2)),
            ("-0.1E3", number(true, 1, 2)),
            ("100.0", number(false, 1, 2)),
            ("+5.50", number(false, 55, -1)),
            (".5", number(false, 5, -1)),
            ("5.", number(false, 5, 0)),
            ("1e-130", number(false, 1, -130)),
            ("1e99999999999", number(false, 1, EXPONENT_BOUND)),
            ("", Err(NotDecimal::Syntax)),
            ("-", Err(NotDecimal::Syntax)),
            (".", Err(NotDecimal::Syntax)),
            ("1e", Err(NotDecimal::Syntax)),
            ("1.2.3", Err(NotDecimal::Syntax)),
            ("NaN", Err(NotDecimal::Syntax)),
            ("--1", Err(NotDecimal::Syntax)),
            ("1 ", Err(NotDecimal::Syntax)),
            ("1234567890123456789012345678901234567890", number(false, 123456789012345678901234567890123456789, 1)),
            ("9999999999999999999999999999999999999999", Err(NotDecimal::TooLong)),
        ] {
            assert_eq!(Decimal::parse(text), expected, "{text}");
        }
    }
}
