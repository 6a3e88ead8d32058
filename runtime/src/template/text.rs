//! Text as parts of keys.

use std::borrow::Cow;
use std::sync::Arc;

use super::{KeySegment, SegmentError, SegmentForm, SegmentText, TextSegment};

macro_rules! texts {
    ($($text:ty),*) => {$(
        impl KeySegment for $text {
            const FORM: SegmentForm = SegmentForm::Text;
            fn write_segment(&self, out: &mut SegmentText) -> Result<(), SegmentError> {
                out.push_str(self);
                Ok(())
            }
            fn parse_segment(text: &str) -> Result<Self, SegmentError> {
                Ok(Self::from(text.to_owned()))
            }
        }

        impl TextSegment for $text {}
    )*};
}

texts!(String, Box<str>, Arc<str>, Cow<'_, str>);

/// A part that is borrowed is written, but the text of a key is not there to be borrowed from when it is read.
impl KeySegment for &str {
    const FORM: SegmentForm = SegmentForm::Text;
    fn write_segment(&self, out: &mut SegmentText) -> Result<(), SegmentError> {
        out.push_str(self);
        Ok(())
    }
    fn parse_segment(_: &str) -> Result<Self, SegmentError> {
        Err("text in a key cannot be borrowed: use `String` or `Cow<str>`".into())
    }
}

impl TextSegment for &str {}

/// One character is text of one character.
impl KeySegment for char {
    const FORM: SegmentForm = SegmentForm::Text;
    fn write_segment(&self, out: &mut SegmentText) -> Result<(), SegmentError> {
        out.push_str(self.encode_utf8(&mut [0; 4]));
        Ok(())
    }
    fn parse_segment(text: &str) -> Result<Self, SegmentError> {
        text.parse().map_err(|_| "the text is not one character".into())
    }
}
