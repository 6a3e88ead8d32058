//! Reads DynamoDB's JSON.

use std::borrow::Cow;

use super::error::{DecodeError, DecodeProblem};
use super::item::Fill;
use super::scan::end_of_plain_text;
use crate::limit;
use crate::value::{Adapter, FromAttribute};

/// A place in the body of a response.
///
/// The body is checked to be UTF-8 once; after that the cursor compares fixed pieces of text (`{"S":"`) and hands out
/// slices, and falls back to a tolerant reader where the text is spaced in another way.
#[derive(Debug, Clone)]
pub struct Cursor<'a> {
    text: &'a str,
    place: usize,
    depth: u32,
}

type Result<T> = core::result::Result<T, DecodeError>;

impl<'a> Cursor<'a> {
    /// A cursor at the start of a body.
    ///
    /// # Errors
    /// If the body is not UTF-8.
    pub fn new(body: &'a [u8]) -> Result<Self> {
        match core::str::from_utf8(body) {
            Ok(text) => Ok(Self { text, place: 0, depth: 0 }),
            Err(error) => Err(DecodeError::new(DecodeProblem::Malformed("not UTF-8"), error.valid_up_to())),
        }
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
    fn bytes(&self) -> &'a [u8] {
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
    fn space(&mut self) {
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

    /// The text up to the closing quote; the cursor is after the opening one.
    #[inline(always)]
    pub(crate) fn text_to_quote(&mut self) -> Result<Cow<'a, str>> {
        let start = self.place;
        let end = end_of_plain_text(self.bytes(), start);
        match self.bytes().get(end) {
            Some(b'"') => {
                self.place = end + 1;
                Ok(Cow::Borrowed(self.slice(start, end)))
            }
            Some(b'\\') => self.escaped_text(start, end).map(Cow::Owned),
            _ => self.malformed("unterminated string"),
        }
    }

    /// Text that cannot have escapes (digits, base64) up to the closing quote.
    #[inline(always)]
    pub(crate) fn plain_text_to_quote(&mut self) -> Result<&'a str> {
        match self.text_to_quote()? {
            Cow::Borrowed(text) => Ok(text),
            Cow::Owned(_) => self.malformed("an escape in a number or in binary"),
        }
    }

    #[cold]
    #[inline(never)]
    fn escaped_text(&mut self, mut start: usize, mut end: usize) -> Result<String> {
        let mut text = String::with_capacity((end - start) * 2 + 16);
        loop {
            text.push_str(self.slice(start, end));
            self.place = end;
            match self.bytes().get(end) {
                Some(b'"') => {
                    self.place = end + 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escape()?),
                _ => return self.malformed("unterminated string"),
            }
            start = self.place;
            end = end_of_plain_text(self.bytes(), start);
        }
    }

    /// One escape sequence; the cursor is at its backslash.
    fn escape(&mut self) -> Result<char> {
        let letter = self.bytes().get(self.place + 1).copied().unwrap_or(0);
        self.place += 2;
        match letter {
            b'n' => Ok('\n'),
            b't' => Ok('\t'),
            b'r' => Ok('\r'),
            b'b' => Ok('\u{8}'),
            b'f' => Ok('\u{c}'),
            b'"' | b'\\' | b'/' => Ok(char::from(letter)),
            b'u' => self.unicode_escape(),
            _ => self.malformed("an unknown escape"),
        }
    }

    fn unicode_escape(&mut self) -> Result<char> {
        let mut code = self.four_hex_digits()?;
        if (0xD800..0xDC00).contains(&code) && self.literal(b"\\u") {
            let low = self.four_hex_digits()?;
            if !(0xDC00..0xE000).contains(&low) {
                return self.malformed("a surrogate without its pair");
            }
            code = 0x1_0000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        }
        match char::from_u32(code) {
            Some(character) => Ok(character),
            None => self.malformed("a surrogate without its pair"),
        }
    }

    fn four_hex_digits(&mut self) -> Result<u32> {
        let digits =
            self.text.get(self.place..self.place + 4).filter(|text| text.bytes().all(|b| b.is_ascii_hexdigit()));
        match digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) {
            Some(code) => {
                self.place += 4;
                Ok(code)
            }
            None => self.malformed("a \\u escape without four hexadecimal digits"),
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
        self.expect(b'{', "expected an attribute value")?;
        let found = self.string()?;
        if found != expected {
            return self.problem(DecodeProblem::WrongType { expected, found: found.into() });
        }
        self.expect(b':', "expected `:`")?;
        self.space();
        Ok(())
    }

    /// Steps into any value and says its type; the cursor is at the inner value.
    pub(crate) fn open_any(&mut self) -> Result<Cow<'a, str>> {
        self.expect(b'{', "expected an attribute value")?;
        let found = self.string()?;
        self.expect(b':', "expected `:`")?;
        self.space();
        Ok(found)
    }

    /// Steps out of a value: over its `}`.
    #[inline(always)]
    pub(crate) fn close(&mut self) -> Result<()> {
        self.expect(b'}', "expected the end of an attribute value")
    }

    /// Steps over an explicit null and says so; at any other value the cursor stays.
    pub(crate) fn null(&mut self) -> Result<bool> {
        if self.literal(b"{\"NULL\":true}") {
            return Ok(true);
        }
        if !matches!(self.bytes().get(self.place..self.place + 3), Some(b"{\"N" | b"{ \"" | b"{\n ")) {
            return Ok(false);
        }
        let mut ahead = self.clone();
        if ahead.open_any()? != "NULL" {
            return Ok(false);
        }
        ahead.skip()?;
        ahead.close()?;
        *self = ahead;
        Ok(true)
    }

    /// A list: calls `element` at each.
    #[doc(hidden)]
    pub fn list(&mut self, element: &mut dyn FnMut(&mut Self) -> Result<()>) -> Result<()> {
        if !self.literal(b"{\"L\":[") {
            self.open("L")?;
            self.expect(b'[', "expected `[`")?;
        }
        self.enter()?;
        let mut first = true;
        let mut index = 0;
        while self.element(&mut first)? {
            element(self).map_err(|error| error.in_element(index))?;
            index += 1;
        }
        self.depth -= 1;
        self.close()
    }

    /// A map: calls `entry` at each value with its key.
    #[doc(hidden)]
    pub fn map(&mut self, entry: &mut dyn FnMut(Cow<'a, str>, &mut Self) -> Result<()>) -> Result<()> {
        self.open_map()?;
        self.expect(b'{', "expected `{`")?;
        let mut first = true;
        while let Some(name) = self.member(&mut first)? {
            let start = self.place;
            entry(name, self).map_err(|error| error.in_attribute(&self.member_before(start)))?;
        }
        self.close_map()
    }

    /// A map read as a document.
    #[doc(hidden)]
    pub fn document<T: super::FromItem<'a>>(&mut self) -> Result<T> {
        self.open_map()?;
        let document = T::decode_item(self)?;
        self.close_map()?;
        Ok(document)
    }

    fn open_map(&mut self) -> Result<()> {
        if !self.literal(b"{\"M\":") {
            self.open("M")?;
        }
        self.enter()
    }

    fn close_map(&mut self) -> Result<()> {
        self.depth -= 1;
        self.close()
    }

    fn enter(&mut self) -> Result<()> {
        self.depth += 1;
        if self.depth > limit::NESTING_LEVELS { self.problem(DecodeProblem::TooDeep) } else { Ok(()) }
    }

    /// The name of the member whose value starts at `start`, for the path of an error.
    #[cold]
    fn member_before(&self, start: usize) -> String {
        let before = self.slice(0, start).trim_end().trim_end_matches(':').trim_end().trim_end_matches('"');
        before.rsplit('"').next().unwrap_or_default().to_owned()
    }

    /// Steps over one JSON value of any kind.
    #[doc(hidden)]
    pub fn skip(&mut self) -> Result<()> {
        self.space();
        match self.peek() {
            b'"' => {
                self.place += 1;
                self.skip_text()
            }
            open @ (b'{' | b'[') => self.skip_nested(open),
            _ => {
                let start = self.place;
                while matches!(self.peek(), b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'+' | b'-' | b'.') {
                    self.place += 1;
                }
                if start == self.place { self.malformed("expected a value") } else { Ok(()) }
            }
        }
    }

    fn skip_text(&mut self) -> Result<()> {
        loop {
            let end = end_of_plain_text(self.bytes(), self.place);
            match self.bytes().get(end) {
                Some(b'"') => {
                    self.place = end + 1;
                    return Ok(());
                }
                Some(b'\\') => self.place = end + 2,
                _ => return self.malformed("unterminated string"),
            }
        }
    }

    /// Steps over an object or array without recursion, so that no depth can exhaust the stack.
    fn skip_nested(&mut self, open: u8) -> Result<()> {
        let mut closers = vec![if open == b'{' { b'}' } else { b']' }];
        self.place += 1;
        while let Some(close) = closers.last().copied() {
            match self.bytes().get(self.place) {
                Some(b'"') => {
                    self.place += 1;
                    self.skip_text()?;
                    continue;
                }
                Some(b'{') => closers.push(b'}'),
                Some(b'[') => closers.push(b']'),
                Some(byte @ (b'}' | b']')) if *byte == close => {
                    closers.pop();
                }
                Some(b'}' | b']') => return self.malformed("a bracket that closes nothing"),
                Some(_) => {}
                None => return self.malformed("the end of the body inside a value"),
            }
            self.place += 1;
        }
        Ok(())
    }

    /// The end of the body: nothing but white space may follow.
    pub(crate) fn end(&mut self) -> Result<()> {
        self.space();
        if self.place == self.text.len() { Ok(()) } else { self.malformed("bytes after the end of the response") }
    }

    /// The loop over an item's attributes, compiled once for all entities.
    #[doc(hidden)]
    pub fn item(&mut self, fill: &mut dyn Fill<'a>) -> Result<()> {
        self.expect(b'{', "expected an item")?;
        let mut first = true;
        while let Some(name) = self.member(&mut first)? {
            fill.attribute(&name, self).map_err(|error| error.in_attribute(&name))?;
        }
        Ok(())
    }

    /// Reads an attribute into the place for it.
    #[doc(hidden)]
    pub fn attribute<T: FromAttribute<'a>>(&mut self, slot: &mut Option<T>) -> Result<()> {
        *slot = Some(T::decode(self)?);
        Ok(())
    }

    /// Reads an attribute into the place for it, through an adapter.
    #[doc(hidden)]
    pub fn adapted<A: Adapter<T>, T>(&mut self, slot: &mut Option<T>) -> Result<()> {
        let stored = A::Stored::decode(self)?;
        match A::load(stored) {
            Ok(value) => {
                *slot = Some(value);
                Ok(())
            }
            Err(reason) => self.problem(DecodeProblem::Refused(reason.into())),
        }
    }

    /// The error for the first of these attributes that the item lacks.
    #[doc(hidden)]
    #[cold]
    pub fn missing(&self, attributes: &[(&'static str, bool)]) -> DecodeError {
        let name = attributes.iter().find(|(_, missing)| *missing).map_or("", |(name, _)| *name);
        DecodeError::new(DecodeProblem::Missing, self.place).in_attribute(name)
    }

    /// The text of a member of the map that the cursor is before, without moving: for the tag of an enum.
    #[doc(hidden)]
    pub fn tag(&self, tag: &'static str) -> Result<Cow<'a, str>> {
        let mut ahead = self.clone();
        ahead.expect(b'{', "expected an item")?;
        let mut first = true;
        while let Some(name) = ahead.member(&mut first)? {
            if name == tag {
                return <Cow<'a, str> as FromAttribute<'a>>::decode(&mut ahead)
                    .map_err(|error| error.in_attribute(tag));
            }
            ahead.skip()?;
        }
        Err(DecodeError::new(DecodeProblem::Missing, self.place).in_attribute(tag))
    }

    /// The error for text that names none of an enum's variants.
    #[doc(hidden)]
    #[cold]
    pub fn unknown_variant(&self, expected: &'static [&'static str]) -> DecodeError {
        DecodeError::new(DecodeProblem::UnknownVariant { expected }, self.place)
    }
}
