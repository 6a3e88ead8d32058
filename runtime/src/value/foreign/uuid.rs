//! `uuid::Uuid` as text with hyphens, in lower case.

use uuid::Uuid;

use crate::codec::{Cursor, DecodeError, Encoder};
use crate::schema::{SegmentClass, SegmentForm};
use crate::template::{KeySegment, SegmentError, SegmentText};
use crate::value::{FromAttribute, ToAttribute, kind};

impl ToAttribute for Uuid {
    type Kind = kind::S;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        out.string(self.hyphenated().encode_lower(&mut Uuid::encode_buffer()));
    }
}

impl<'a> FromAttribute<'a> for Uuid {
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self, DecodeError> {
        Uuid::try_parse(&cursor.text()?).or_else(|_| cursor.unparsable("a UUID"))
    }
}

/// The same text as the attribute's, so that other programs' `MSG#<uuid>` is ours.
impl KeySegment for Uuid {
    const FORM: SegmentForm = SegmentForm::Fixed { width: 36, class: SegmentClass::HEX.and(SegmentClass::of("-")) };
    fn write_segment(&self, out: &mut SegmentText) -> Result<(), SegmentError> {
        out.push_str(self.hyphenated().encode_lower(&mut Uuid::encode_buffer()));
        Ok(())
    }
    fn parse_segment(text: &str) -> Result<Self, SegmentError> {
        Uuid::try_parse(text).map_err(|_| SegmentError::expected("a UUID"))
    }
}
