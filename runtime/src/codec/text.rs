//! Text inside JSON strings: reading and writing, with the escapes.

use std::borrow::Cow;

use super::cursor::Cursor;
use super::decode_error::DecodeError;
use super::encoder::Encoder;
use super::scan::{end_of_plain_text, is_plain_text};

type Result<T> = core::result::Result<T, DecodeError>;

impl<'a> Cursor<'a> {
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

    /// Steps over text and its closing quote.
    #[inline(always)]
    pub(super) fn skip_text(&mut self) -> Result<()> {
        loop {
            self.place = end_of_plain_text(self.bytes(), self.place);
            match self.bytes().get(self.place) {
                Some(b'"') => {
                    self.place += 1;
                    return Ok(());
                }
                Some(b'\\') => self.escape()?,
                _ => return self.malformed("unterminated string"),
            };
        }
    }

    /// One escape sequence; the cursor is at its backslash.
    #[cold]
    fn escape(&mut self) -> Result<char> {
        let letter = self.bytes().get(self.place + 1).copied().unwrap_or(0);
        let character = match letter {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'"' | b'\\' | b'/' => char::from(letter),
            b'u' => return self.unicode_escape(),
            _ => return self.malformed("an unknown escape"),
        };
        self.place += 2;
        Ok(character)
    }

    fn unicode_escape(&mut self) -> Result<char> {
        let mut code = self.code_unit()?;
        if (0xD800..0xDC00).contains(&code) {
            let low = self.code_unit()?;
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

    /// `\u` and four hexadecimal digits.
    fn code_unit(&mut self) -> Result<u32> {
        if !self.literal(b"\\u") {
            return self.malformed("a surrogate without its pair");
        }
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
}

impl Encoder {
    /// Writes the text of a JSON string without its quotes.
    #[inline]
    pub(crate) fn text(&mut self, text: &str) {
        if is_plain_text(text.as_bytes()) {
            self.raw(text);
        } else {
            self.escaped_text(text.as_bytes());
        }
    }

    #[cold]
    fn escaped_text(&mut self, bytes: &[u8]) {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        let mut start = 0;
        let mut end = end_of_plain_text(bytes, 0);
        loop {
            self.raw_bytes(bytes.get(start..end).unwrap_or_default());
            let Some(&byte) = bytes.get(end) else { return };
            match byte {
                b'"' => self.raw("\\\""),
                b'\\' => self.raw("\\\\"),
                b'\n' => self.raw("\\n"),
                b'\r' => self.raw("\\r"),
                b'\t' => self.raw("\\t"),
                control => {
                    self.raw("\\u00");
                    for nibble in [control >> 4, control & 15] {
                        self.raw_bytes(HEX.get(usize::from(nibble)..=usize::from(nibble)).unwrap_or_default());
                    }
                }
            }
            start = end + 1;
            end = end_of_plain_text(bytes, start);
        }
    }
}
