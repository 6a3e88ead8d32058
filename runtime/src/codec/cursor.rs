//! Reads DynamoDB's JSON.

use std::borrow::Cow;

use super::decode_error::{DecodeError, DecodeProblem};

/// A place in the body of a response.
///
/// The body is checked to be UTF-8 once; after that the cursor compares fixed pieces of text (`{"S":"`) and hands out
/// slices, and falls back to a tolerant reader where the text is spaced in another way.
#[derive(Debug, Clone)]
pub struct Cursor<'a> {
    pub(super) text: &'a str,
    pub(super) place: usize,
    pub(super) depth: u32,
    /// True in a set, whose elements stand without `{"S":` and `}`.
    pub(super) bare: bool,
}

type Result<T> = core::result::Result<T, DecodeError>;

/// DynamoDB's names of its types. A name that is none of them is damage, and is not repeated in a message.
const TYPES: [&str; 10] = ["S", "N", "B", "BOOL", "NULL", "M", "L", "SS", "NS", "BS"];

impl<'a> Cursor<'a> {
    /// A cursor at the start of a body.
    ///
    /// # Errors
    /// If the body is not UTF-8.
    pub fn new(body: &'a [u8]) -> Result<Self> {
        match core::str::from_utf8(body) {
            Ok(text) => Ok(Self::over(text)),
            Err(error) => Err(DecodeError::new(DecodeProblem::Malformed("not UTF-8"), error.valid_up_to())),
        }
    }

    pub(crate) fn over(text: &'a str) -> Self {
        Self { text, place: 0, depth: 0, bare: false }
    }

    /// Bytes from the start of the body.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.place
    }

    pub(crate) fn slice(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn malformed<T>(&self, what: &'static str) -> Result<T> {
        self.problem(DecodeProblem::Malformed(what))
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn problem<T>(&self, problem: DecodeProblem) -> Result<T> {
        Err(DecodeError::new(problem, self.place))
    }

    #[inline(always)]
    pub(super) fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    #[inline(always)]
    pub(crate) fn peek(&self) -> u8 {
        self.bytes().get(self.place).copied().unwrap_or(0)
    }

    /// Steps over exactly this text, if it is next.
    #[inline(always)]
    pub(crate) fn literal<const N: usize>(&mut self, literal: &[u8; N]) -> bool {
        let next = self.bytes().get(self.place..).and_then(<[u8]>::first_chunk::<N>);
        let found = next == Some(literal);
        if found {
            self.place += N;
        }
        found
    }

    #[inline(always)]
    pub(super) fn space(&mut self) {
        if self.peek() <= b' ' {
            self.skip_space();
        }
    }

    #[cold]
    fn skip_space(&mut self) {
        while matches!(self.bytes().get(self.place), Some(b' ' | b'\n' | b'\t' | b'\r')) {
            self.place += 1;
        }
    }

    #[inline(always)]
    pub(crate) fn expect(&mut self, byte: u8, otherwise: &'static str) -> Result<()> {
        self.space();
        if self.peek() == byte {
            self.place += 1;
            Ok(())
        } else {
            self.malformed(otherwise)
        }
    }

    /// A JSON string; the cursor is before its opening quote.
    #[inline(always)]
    pub(crate) fn string(&mut self) -> Result<Cow<'a, str>> {
        self.expect(b'"', "expected a string")?;
        self.text_to_quote()
    }

    /// The next member's name of an object, with the cursor at its value; `None` after the object's end.
    ///
    /// `first` is true just after the `{`.
    #[inline(always)]
    pub(crate) fn member(&mut self, first: &mut bool) -> Result<Option<Cow<'a, str>>> {
        if !self.more(first, b'}')? {
            return Ok(None);
        }
        let name = self.string()?;
        self.expect(b':', "expected `:`")?;
        self.space();
        Ok(Some(name))
    }

    /// True with the cursor at the next element of an array, false after the array's end.
    #[inline(always)]
    pub(crate) fn element(&mut self, first: &mut bool) -> Result<bool> {
        self.more(first, b']')
    }

    #[inline(always)]
    fn more(&mut self, first: &mut bool, close: u8) -> Result<bool> {
        self.space();
        let byte = self.peek();
        if byte == close {
            self.place += 1;
            return Ok(false);
        }
        if *first {
            *first = false;
        } else {
            if byte != b',' {
                return self.malformed("expected `,` or the end of a list or object");
            }
            self.place += 1;
            self.space();
        }
        Ok(true)
    }

    /// Steps into a value of that type: after `{"S":`. The fast path is a literal at the caller's.
    #[cold]
    #[inline(never)]
    pub(crate) fn open(&mut self, expected: &'static str) -> Result<()> {
        self.space();
        if self.bare {
            return Ok(());
        }
        let found = self.open_any()?;
        if found == expected { Ok(()) } else { self.wrong_type(expected, found) }
    }

    /// Steps into any value and says its type; the cursor is at the inner value.
    pub(crate) fn open_any(&mut self) -> Result<&'static str> {
        self.expect(b'{', "expected an attribute value")?;
        let found = self.string()?;
        let Some(known) = TYPES.into_iter().find(|known| *known == found) else {
            return self.malformed("an attribute value of no known type");
        };
        self.expect(b':', "expected `:`")?;
        self.space();
        Ok(known)
    }

    pub(crate) fn wrong_type<T>(&self, expected: &'static str, found: &str) -> Result<T> {
        self.problem(DecodeProblem::WrongType { expected, found: found.into() })
    }

    /// Steps out of a value: over its `}`.
    #[inline(always)]
    pub(crate) fn close(&mut self) -> Result<()> {
        if self.peek() == b'}' {
            self.place += 1;
            return Ok(());
        }
        self.close_spaced()
    }

    #[cold]
    #[inline(never)]
    fn close_spaced(&mut self) -> Result<()> {
        if self.bare { Ok(()) } else { self.expect(b'}', "expected the end of an attribute value") }
    }

    /// The end of the body: nothing but white space may follow.
    pub(crate) fn end(&mut self) -> Result<()> {
        self.space();
        if self.place == self.text.len() { Ok(()) } else { self.malformed("bytes after the end of the response") }
    }
}
