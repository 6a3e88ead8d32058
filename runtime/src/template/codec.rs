//! What can be done with a part whose type only its template knows.

use core::fmt;

use super::write::SegmentSlot;
use super::{KeySegment, SegmentError, SegmentText, WriteSegment};
use crate::codec::Cursor;
use crate::schema::TemplateMode;
use crate::value::FromAttribute;

/// Turns the texts of a part into each other: an attribute's, that of encoded templates and that of raw ones.
#[derive(Clone, Copy)]
pub(crate) struct SegmentCodec {
    respell: fn(&str, TemplateMode, TemplateMode, &mut SegmentText) -> Result<(), SegmentError>,
    from_attribute: Option<fn(&str, TemplateMode, &mut SegmentText) -> Result<(), SegmentError>>,
}

impl SegmentCodec {
    /// Of a part that no attribute of its own holds.
    pub(crate) const fn of<T: KeySegment>() -> Self {
        Self { respell: respell::<T>, from_attribute: None }
    }

    /// Of a part that an attribute holds as well.
    pub(crate) const fn of_attribute<T: KeySegment + for<'a> FromAttribute<'a>>() -> Self {
        Self { respell: respell::<T>, from_attribute: Some(from_attribute::<T>) }
    }

    /// Writes plain text of one mode as that of another.
    pub(crate) fn respell(
        self,
        text: &str,
        from: TemplateMode,
        to: TemplateMode,
        out: &mut SegmentText,
    ) -> Result<(), SegmentError> {
        (self.respell)(text, from, to, out)
    }

    /// Writes the plain text of an attribute's JSON, `{"S":"…"}`.
    pub(crate) fn of_stored(self, json: &str, mode: TemplateMode, out: &mut SegmentText) -> Result<(), SegmentError> {
        match self.from_attribute {
            Some(from_attribute) => from_attribute(json, mode, out),
            None => Err(SegmentError::new("no attribute holds it")),
        }
    }
}

fn respell<T: KeySegment>(
    text: &str,
    from: TemplateMode,
    to: TemplateMode,
    out: &mut SegmentText,
) -> Result<(), SegmentError> {
    let mut value: Option<T> = None;
    value.read(from, text)?;
    value.write(to, out).map(|_| ())
}

fn from_attribute<T: KeySegment + for<'a> FromAttribute<'a>>(
    json: &str,
    mode: TemplateMode,
    out: &mut SegmentText,
) -> Result<(), SegmentError> {
    match T::decode(&mut Cursor::over(json)) {
        Ok(value) => value.write(mode, out).map(|_| ()),
        Err(error) => Err(SegmentError::new(error.to_string())),
    }
}

/// The functions of one part are those of its type, which its form and its field say already.
impl PartialEq for SegmentCodec {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for SegmentCodec {}

impl fmt::Debug for SegmentCodec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SegmentCodec")
    }
}
