//! Reads scalar attribute values: text, numbers, binary, booleans and null.

use std::borrow::Cow;

use super::cursor::Cursor;
use super::decode_error::{DecodeError, DecodeProblem};

type Result<T> = core::result::Result<T, DecodeError>;

/// Digits that fit into a `u64` whatever they are.
const DIGITS_OF_U64: usize = 19;

impl<'a> Cursor<'a> {
    /// Reads a string: `{"S":"…"}`.
    ///
    /// # Errors
    /// If the value has another type, or if the response is malformed.
    #[inline(always)]
    pub fn text(&mut self) -> Result<Cow<'a, str>> {
        if !self.literal(b"{\"S\":\"") {
            self.open("S")?;
            self.expect(b'"', "expected a string")?;
        }
        let text = self.text_to_quote()?;
        self.close()?;
        Ok(text)
    }

    /// Reads a number as DynamoDB wrote it: `{"N":"…"}`.
    ///
    /// # Errors
    /// If the value has another type, or if the response is malformed.
    pub fn number(&mut self) -> Result<Cow<'a, str>> {
        self.open_number()?;
        self.number_to_end()
    }

    /// Reads binary: `{"B":"…"}`.
    ///
    /// # Errors
    /// If the value has another type, or if the response is malformed.
    pub fn binary(&mut self) -> Result<Vec<u8>> {
        if !self.literal(b"{\"B\":\"") {
            self.open("B")?;
            self.expect(b'"', "expected a string")?;
        }
        let text = self.text_to_quote()?;
        match base64_simd::STANDARD.decode_to_vec(text.as_bytes()) {
            Ok(bytes) => {
                self.close()?;
                Ok(bytes)
            }
            Err(_) => self.malformed("binary that is not base64"),
        }
    }

    /// Reads a boolean: `{"BOOL":…}`.
    ///
    /// # Errors
    /// If the value has another type, or if the response is malformed.
    #[inline(never)]
    pub fn boolean(&mut self) -> Result<bool> {
        if self.literal(b"{\"BOOL\":true}") {
            return Ok(true);
        }
        if self.literal(b"{\"BOOL\":false}") {
            return Ok(false);
        }
        self.open("BOOL")?;
        let value = if self.literal(b"true") {
            true
        } else if self.literal(b"false") {
            false
        } else {
            return self.malformed("expected `true` or `false`");
        };
        self.close()?;
        Ok(value)
    }

    /// Steps over an explicit null and says so; at any other value the cursor stays.
    #[inline]
    pub(crate) fn null(&mut self) -> Result<bool> {
        if self.literal(b"{\"NULL\":true}") {
            return Ok(true);
        }
        // Only a value that is spaced or escaped in another way can still be a null.
        match self.bytes().get(self.place..).and_then(<[u8]>::first_chunk::<4>) {
            Some([b'{', b'"', b'N', b'U'] | [b'{', b'"', b'\\', _] | [b'{', b' ' | b'\n' | b'\t' | b'\r', ..]) => {
                self.spaced_null()
            }
            _ => Ok(false),
        }
    }

    #[cold]
    fn spaced_null(&mut self) -> Result<bool> {
        let mut ahead = self.clone();
        if ahead.open_any()? != "NULL" {
            return Ok(false);
        }
        ahead.true_to_end()?;
        *self = ahead;
        Ok(true)
    }

    /// The `true` of a null, and the end of the value.
    pub(crate) fn true_to_end(&mut self) -> Result<()> {
        if self.literal(b"true") { self.close() } else { self.malformed("a NULL that is not `true`") }
    }

    /// Steps to a number's first digit.
    #[inline(always)]
    pub(crate) fn open_number(&mut self) -> Result<()> {
        if !self.literal(b"{\"N\":\"") {
            self.open("N")?;
            self.expect(b'"', "expected a string")?;
        }
        Ok(())
    }

    /// A number's text, with the cursor at its first digit.
    pub(crate) fn number_to_end(&mut self) -> Result<Cow<'a, str>> {
        let digits = self.text_to_quote()?;
        self.close()?;
        Ok(digits)
    }

    /// A number of at most 19 digits and nothing else, with the cursor at its first digit: its sign and digits.
    ///
    /// Any other number leaves the cursor where it is.
    #[inline(always)]
    pub(crate) fn short_integer(&mut self) -> Option<(bool, u64)> {
        let rest = self.bytes().get(self.place..)?;
        let negative = rest.first() == Some(&b'-');
        let digits = rest.get(usize::from(negative)..)?;
        let mut value = 0_u64;
        let mut count = 0;
        for byte in digits {
            let digit = byte.wrapping_sub(b'0');
            if digit > 9 {
                break;
            }
            value = value.wrapping_mul(10).wrapping_add(u64::from(digit));
            count += 1;
        }
        if count == 0 || count > DIGITS_OF_U64 || digits.get(count..count + 2) != Some(b"\"}") {
            return None;
        }
        self.place += usize::from(negative) + count + 2;
        Some((negative, value))
    }

    /// A number of at most 15 digits without an exponent, with the cursor at its first digit, as the nearest float.
    ///
    /// Both the digits and the power of ten are exact as floats, so their one division rounds correctly. Any other
    /// number leaves the cursor where it is.
    #[inline(always)]
    pub(crate) fn short_float(&mut self) -> Option<f64> {
        const POWERS: [f64; 16] =
            [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
        let rest = self.bytes().get(self.place..)?;
        let negative = rest.first() == Some(&b'-');
        let (mut value, mut digits, mut decimals, mut point) = (0_u64, 0, 0, false);
        let mut length = usize::from(negative);
        loop {
            match rest.get(length)? {
                digit @ b'0'..=b'9' => {
                    value = value.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
                    digits += 1;
                    decimals += usize::from(point);
                }
                b'.' if !point && digits > 0 => point = true,
                b'"' => break,
                _ => return None,
            }
            length += 1;
        }
        if digits == 0 || digits > 15 || (point && decimals == 0) || rest.get(length + 1) != Some(&b'}') {
            return None;
        }
        self.place += length + 2;
        let value = value as f64 / POWERS.get(decimals)?;
        Some(if negative { -value } else { value })
    }

    /// An element of a set: a value of type S, N or B without its braces.
    pub(crate) fn bare<T>(&mut self, decode: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let outer = core::mem::replace(&mut self.bare, true);
        let value = decode(self);
        self.bare = outer;
        let value = value?;
        // The end of a value was allowed to be absent, not to be present.
        if self.bytes().get(self.place.wrapping_sub(1)) == Some(&b'"') {
            Ok(value)
        } else {
            self.malformed("an attribute value inside a set")
        }
    }

    /// A set: calls `element` at each.
    pub(crate) fn set(&mut self, kind: &'static str, element: &mut dyn FnMut(&mut Self) -> Result<()>) -> Result<()> {
        let found = match kind {
            "SS" => self.literal(b"{\"SS\":["),
            "NS" => self.literal(b"{\"NS\":["),
            _ => self.literal(b"{\"BS\":["),
        };
        if !found {
            self.open(kind)?;
            self.expect(b'[', "expected `[`")?;
        }
        self.elements(element)?;
        self.close()
    }

    /// The error for text or bytes that do not parse.
    #[cold]
    pub(crate) fn unparsable<T>(&self, expected: &'static str) -> Result<T> {
        self.problem(DecodeProblem::Unparsable { expected })
    }

    /// The error for a number that the Rust type has no value for.
    #[cold]
    pub(crate) fn does_not_fit<T>(&self, rust_type: &'static str) -> Result<T> {
        self.problem(DecodeProblem::NumberDoesNotFit { rust_type })
    }
}
