//! Steps over JSON that nothing reads, without recursion: no depth can exhaust the stack.

use super::cursor::Cursor;
use super::decode_error::{DecodeError, DecodeProblem};

type Result<T> = core::result::Result<T, DecodeError>;

/// Nested arrays and objects that are stepped over: twice what an item of 32 levels needs, and a response's own.
const JSON_LEVELS: u32 = u128::BITS;

/// The arrays and objects that the cursor is in, one bit for each: 1 for an object, the innermost lowest.
#[derive(Default)]
struct Open {
    objects: u128,
    count: u32,
}

impl Cursor<'_> {
    /// Steps over one JSON value of any kind, and refuses what is not JSON.
    #[doc(hidden)]
    pub fn skip(&mut self) -> Result<()> {
        let mut open = Open::default();
        loop {
            if self.skip_or_open(&mut open)? {
                continue;
            }
            loop {
                if open.count == 0 {
                    return Ok(());
                }
                self.space();
                let in_object = open.objects & 1 == 1;
                match self.peek() {
                    b',' => {
                        self.place += 1;
                        if in_object {
                            self.skip_name()?;
                        }
                        break;
                    }
                    b'}' if in_object => self.place += 1,
                    b']' if !in_object => self.place += 1,
                    _ => return self.malformed("expected `,` or the end of a list or object"),
                }
                open.objects >>= 1;
                open.count -= 1;
            }
        }
    }

    /// Steps over a value, or to the first value inside one that has any; says whether it did the latter.
    fn skip_or_open(&mut self, open: &mut Open) -> Result<bool> {
        self.space();
        let byte = self.peek();
        match byte {
            b'"' => {
                self.place += 1;
                self.skip_text()?;
            }
            b'{' | b'[' => {
                let object = byte == b'{';
                self.place += 1;
                self.space();
                if self.peek() == if object { b'}' } else { b']' } {
                    self.place += 1;
                    return Ok(false);
                }
                if open.count == JSON_LEVELS {
                    return self.problem(DecodeProblem::TooDeep);
                }
                open.objects = open.objects << 1 | u128::from(object);
                open.count += 1;
                if object {
                    self.skip_name()?;
                }
                return Ok(true);
            }
            b't' if self.literal(b"true") => {}
            b'f' if self.literal(b"false") => {}
            b'n' if self.literal(b"null") => {}
            b'-' | b'0'..=b'9' => self.skip_number()?,
            _ => return self.malformed("expected a value"),
        }
        Ok(false)
    }

    fn skip_name(&mut self) -> Result<()> {
        self.expect(b'"', "expected a member's name")?;
        self.skip_text()?;
        self.expect(b':', "expected `:`")
    }

    fn skip_number(&mut self) -> Result<()> {
        if self.peek() == b'-' {
            self.place += 1;
        }
        self.skip_digits()?;
        if self.peek() == b'.' {
            self.place += 1;
            self.skip_digits()?;
        }
        if matches!(self.peek(), b'e' | b'E') {
            self.place += 1;
            if matches!(self.peek(), b'+' | b'-') {
                self.place += 1;
            }
            self.skip_digits()?;
        }
        Ok(())
    }

    fn skip_digits(&mut self) -> Result<()> {
        let start = self.place;
        while self.peek().is_ascii_digit() {
            self.place += 1;
        }
        if self.place == start { self.malformed("expected a digit") } else { Ok(()) }
    }
}
