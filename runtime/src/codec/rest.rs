//! Rest fields: the attributes of an item that no other field takes.

use super::cursor::Cursor;
use super::decode_error::DecodeError;
use super::encode_error::EncodeProblem;
use super::encoder::Encoder;

type Result<T> = core::result::Result<T, DecodeError>;

/// A type that a `#[dynamo(rest)]` field can have: it keeps the attributes that no other field takes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot keep the other attributes of an item",
    label = "not a map of attributes",
    note = "a `rest` field is an `Item`, or a `BTreeMap` or `HashMap` from `String` to `Value`"
)]
pub trait UnknownAttributes<'a>: Default {
    /// Keeps the attribute of that name, whose value the cursor is at.
    ///
    /// # Errors
    /// If the value cannot be kept, or if the response is malformed.
    fn keep(&mut self, name: &str, cursor: &mut Cursor<'a>) -> Result<()>;

    /// Writes the attributes as members of the map that the encoder is in.
    fn write(&self, out: &mut Encoder);
}

impl<'a> Cursor<'a> {
    /// Reads an attribute that no other field takes into the field for those.
    ///
    /// # Errors
    /// If the value cannot be kept, or if the response is malformed.
    #[doc(hidden)]
    pub fn unknown<T: UnknownAttributes<'a>>(&mut self, slot: &mut T, name: &str) -> Result<()> {
        slot.keep(name, self)
    }
}

impl Encoder {
    /// Writes the attributes of a rest field, after those of the other fields.
    #[doc(hidden)]
    pub fn rest<'a, T: UnknownAttributes<'a>>(&mut self, rest: &T) {
        let start = self.len();
        rest.write(self);
        if self.error.is_none() && self.len() > start {
            self.check_names(start);
        }
    }

    /// Refuses a name that stands before and after `rest`: DynamoDB would keep one of the two values without a word.
    fn check_names(&mut self, rest: usize) {
        let mut names = member_names(self.out.get(start_of_object(self.out.get(..rest).unwrap_or_default())..));
        names.sort();
        let twice = names.windows(2).find_map(|pair| match pair {
            [a, b] if a == b => Some(b.clone()),
            _ => None,
        });
        if let Some(name) = twice {
            self.fail(EncodeProblem::NameTwice);
            self.locate(true, |error| error.in_attribute(name));
        }
    }
}

/// The names of an object's members, given its JSON from the first of them on. It has no end yet, which ends the loop.
fn member_names(json: Option<&[u8]>) -> Vec<String> {
    let mut names = Vec::new();
    if let Some(mut cursor) = json.and_then(|json| Cursor::new(json).ok()) {
        let mut first = true;
        while let Ok(Some(name)) = cursor.member(&mut first) {
            names.push(name.into_owned());
            if cursor.skip().is_err() {
                break;
            }
        }
    }
    names
}

/// Where the first member of the object starts that JSON without its end is in.
fn start_of_object(json: &[u8]) -> usize {
    let mut closed = 0_usize;
    let mut place = json.len();
    while let Some(byte) = place.checked_sub(1).and_then(|before| json.get(before)) {
        place -= 1;
        match byte {
            b'"' => place = start_of_string(json, place),
            b'}' | b']' => closed += 1,
            b'{' | b'[' if closed == 0 => return place + 1,
            b'{' | b'[' => closed -= 1,
            _ => {}
        }
    }
    0
}

/// The place of the quote that opens the string which the quote at `end` closes.
fn start_of_string(json: &[u8], end: usize) -> usize {
    let mut before = json.get(..end).unwrap_or_default();
    while let Some(quote) = before.iter().rposition(|byte| *byte == b'"') {
        before = before.get(..quote).unwrap_or_default();
        let backslashes = before.iter().rev().take_while(|byte| **byte == b'\\').count();
        if backslashes % 2 == 0 {
            return quote;
        }
    }
    0
}
