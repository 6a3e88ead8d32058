//! What generated code calls: the constructors of templates, and keys in items.

use core::marker::PhantomData;

use super::write::{FieldPart, SegmentField, SegmentSlot};
use super::{KeySegment, SegmentCodec, SegmentOperand};
use crate::codec::{Cursor, DecodeError, DecodeProblem, Encoder, KeyPart};
use crate::schema::{KeyTemplate, RawFormat, Segment, SegmentClass, SegmentForm, SegmentSchema, TemplateMode};
use crate::value::FromAttribute;

/// A placeholder of an encoded template, for a field of type `T`.
#[must_use]
pub const fn segment<T: SegmentField>(field: &'static str) -> Segment {
    T::PART.named(field)
}

/// A placeholder of a raw template, for a field of type `T`.
#[must_use]
pub const fn raw_segment<T: SegmentField>(field: &'static str, format: RawFormat) -> Segment {
    T::PART.raw(field, format)
}

impl FieldPart {
    /// A placeholder of an encoded template, for the field of that name.
    #[must_use]
    pub const fn named(self, field: &'static str) -> Segment {
        let Self { encoded: form, optional, codec, .. } = self;
        Segment::Part(SegmentSchema { field, form, optional, format: RawFormat::Plain, codec })
    }

    /// A placeholder of a raw template, for the field of that name.
    #[must_use]
    pub const fn raw(self, field: &'static str, format: RawFormat) -> Segment {
        let Self { raw, optional, codec, .. } = self;
        let form = match format {
            RawFormat::Zeros(width) => SegmentForm::Fixed { width, class: SegmentClass::DIGITS },
            _ => raw,
        };
        Segment::Part(SegmentSchema { field, form, optional, format, codec })
    }
}

impl Segment {
    /// The same placeholder of a field that is stored as an attribute too.
    #[doc(hidden)]
    #[must_use]
    pub const fn stored<T: KeySegment + for<'a> FromAttribute<'a>>(mut self) -> Self {
        if let Self::Part(part) = &mut self {
            part.codec = SegmentCodec::of_attribute::<T>();
        }
        self
    }
}

impl Encoder {
    /// Writes the key attribute of that name as a template says, unless an optional part has no value.
    #[doc(hidden)]
    pub fn template(
        &mut self,
        name: &'static str,
        key: KeyPart,
        template: &KeyTemplate,
        values: super::SegmentValues<'_>,
    ) {
        self.template_in(name, key, template, values, None);
    }

    /// The same, in that shard where the key has shards.
    pub(crate) fn template_in(
        &mut self,
        name: &'static str,
        key: KeyPart,
        template: &KeyTemplate,
        values: super::SegmentValues<'_>,
        shard: Option<u8>,
    ) {
        match template.text_of(values, key, shard) {
            Ok(Some(text)) => self.key_operand(name, key, |out| out.string(&text)),
            Ok(None) => {}
            Err(error) => self.fail_with(error),
        }
    }
}

impl Cursor<'_> {
    /// Reads a key attribute's parts into the places of fields that are stored nowhere else.
    ///
    /// # Errors
    /// If the key is not of the template.
    #[doc(hidden)]
    pub fn template(
        &mut self,
        template: &KeyTemplate,
        slots: &mut [(&'static str, &mut dyn SegmentSlot)],
    ) -> Result<(), DecodeError> {
        let text = self.text()?;
        let mismatch = match template.parse(&text) {
            Ok(parsed) => slots.iter_mut().find_map(|(field, slot)| {
                let read = parsed.get(field).map(|text| slot.read(template.mode, text));
                read.and_then(Result::err).map(|reason| template.unread(field, reason))
            }),
            Err(mismatch) => Some(mismatch),
        };
        match mismatch {
            Some(mismatch) => self.problem(DecodeProblem::Key(mismatch)),
            None => Ok(()),
        }
    }
}

/// An operand for a part of type `T`, as a part.
struct OperandOf<'v, T, O>(&'v O, PhantomData<fn() -> T>);

impl<T, O: SegmentOperand<T>> super::WriteSegment for OperandOf<'_, T, O> {
    fn write(&self, mode: TemplateMode, out: &mut super::SegmentText) -> Result<bool, super::SegmentError> {
        self.0.write_operand(mode, out).map(|()| true)
    }
}

/// An operand for a part of type `T`, to be rendered.
pub fn operand<'v, T: 'v>(value: &'v impl SegmentOperand<T>) -> impl super::WriteSegment + 'v {
    OperandOf(value, PhantomData)
}
