//! Parts of keys without their types, so that templates are rendered and read by functions that are compiled once.

use super::{KeySegment, SegmentCodec, SegmentError, SegmentText};
use crate::schema::{SegmentForm, TemplateMode};

/// A field of a template: a part, or an `Option` of one for an index that not every item is in.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be part of a key template",
    label = "has no text whose order is its own",
    note = "parts of a key template are text, integers, `bool`, UUIDs, dates, time stamps and `EpochSeconds`, and newtypes \
            and unit enums that derive `DynamoAttribute`; floats, decimals, `Number` and bytes cannot be parts",
    note = "for a text form of another program, implement `tablewright::template::KeySegment` for a newtype of your own"
)]
pub trait SegmentField {
    /// The part's type.
    type Segment: KeySegment;
    /// True if there may be no value.
    const OPTIONAL: bool;

    /// What the field is in templates.
    const PART: FieldPart = FieldPart {
        encoded: form::<Self::Segment>(TemplateMode::Encoded),
        raw: form::<Self::Segment>(TemplateMode::Raw),
        optional: Self::OPTIONAL,
        codec: SegmentCodec::of::<Self::Segment>(),
    };

    /// The value, if there is one.
    fn segment(&self) -> Option<&Self::Segment>;

    /// The value, whatever its type.
    fn part(&self) -> &dyn WriteSegment;

    /// A place for the value, whatever its type.
    fn slot(slot: &mut Option<Self>) -> &mut dyn SegmentSlot
    where
        Self: Sized;
}

#[diagnostic::do_not_recommend]
impl<T: KeySegment> SegmentField for T {
    type Segment = T;
    const OPTIONAL: bool = false;
    fn segment(&self) -> Option<&T> {
        Some(self)
    }
    fn part(&self) -> &dyn WriteSegment {
        self
    }
    fn slot(slot: &mut Option<Self>) -> &mut dyn SegmentSlot {
        slot
    }
}

#[diagnostic::do_not_recommend]
impl<T: KeySegment> SegmentField for Option<T> {
    type Segment = T;
    const OPTIONAL: bool = true;
    fn segment(&self) -> Option<&T> {
        self.as_ref()
    }
    fn part(&self) -> &dyn WriteSegment {
        self
    }
    fn slot(slot: &mut Option<Self>) -> &mut dyn SegmentSlot {
        slot
    }
}

/// What a field is in templates.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct FieldPart {
    pub(super) encoded: SegmentForm,
    pub(super) raw: SegmentForm,
    pub(super) optional: bool,
    pub(super) codec: SegmentCodec,
}

/// A part of a key that can be written, whatever its type.
#[doc(hidden)]
pub trait WriteSegment {
    /// Writes the part's plain text; says whether there is a value.
    ///
    /// # Errors
    /// If the value has no such text.
    fn write(&self, mode: TemplateMode, out: &mut SegmentText) -> Result<bool, SegmentError>;
}

#[diagnostic::do_not_recommend]
impl<T: SegmentField> WriteSegment for T {
    fn write(&self, mode: TemplateMode, out: &mut SegmentText) -> Result<bool, SegmentError> {
        let Some(value) = self.segment() else { return Ok(false) };
        match mode {
            TemplateMode::Encoded => value.write_segment(out)?,
            TemplateMode::Raw => value.write_raw(out)?,
        }
        Ok(true)
    }
}

/// A place for a part that is read from a key, whatever its type.
#[doc(hidden)]
pub trait SegmentSlot {
    /// Reads the part's plain text. Text that the value, or one that the place has already, is not written as is refused.
    ///
    /// # Errors
    /// If the text is no value.
    fn read(&mut self, mode: TemplateMode, text: &str) -> Result<(), SegmentError>;
}

impl<T: KeySegment> SegmentSlot for Option<T> {
    fn read(&mut self, mode: TemplateMode, text: &str) -> Result<(), SegmentError> {
        let value = match (self.take(), mode) {
            (Some(value), _) => value,
            (None, TemplateMode::Encoded) => T::parse_segment(text)?,
            (None, TemplateMode::Raw) => T::parse_raw(text)?,
        };
        // The key of a value that is written in another way would be that of another item.
        let mut again = SegmentText::new();
        value.write(mode, &mut again)?;
        if again.into_string() != text {
            return Err(SegmentError::new("the text is not how the value is written"));
        }
        *self = Some(value);
        Ok(())
    }
}

impl<T: KeySegment> SegmentSlot for Option<Option<T>> {
    fn read(&mut self, mode: TemplateMode, text: &str) -> Result<(), SegmentError> {
        let mut value = self.take().flatten();
        value.read(mode, text)?;
        *self = Some(value);
        Ok(())
    }
}

/// What the text of a part looks like in templates of that mode.
pub(crate) const fn form<T: KeySegment>(mode: TemplateMode) -> SegmentForm {
    match mode {
        TemplateMode::Encoded => T::FORM,
        TemplateMode::Raw => T::RAW_FORM,
    }
}
