//! Newtypes and enums of names as parts of keys: what their derives say, and what follows.

use core::fmt::Write;

use super::check::Message;
use super::{KeySegment, SegmentError, SegmentText, TextSegment};
use crate::codec::{Cursor, DecodeError};
use crate::schema::{SegmentClass, SegmentForm};

type Result<T> = core::result::Result<T, SegmentError>;

/// A struct of one field without a name, which is in keys what its field is.
#[doc(hidden)]
pub trait SegmentNewtype: Sized {
    /// The field's type.
    type Inner;

    /// The field.
    fn inner(&self) -> &Self::Inner;

    /// The struct with this field.
    fn wrap(inner: Self::Inner) -> Self;
}

#[diagnostic::do_not_recommend]
impl<T: SegmentNewtype<Inner: KeySegment>> KeySegment for T {
    const FORM: SegmentForm = T::Inner::FORM;
    const RAW_FORM: SegmentForm = T::Inner::RAW_FORM;
    fn write_segment(&self, out: &mut SegmentText) -> Result<()> {
        self.inner().write_segment(out)
    }
    fn parse_segment(text: &str) -> Result<Self> {
        T::Inner::parse_segment(text).map(T::wrap)
    }
    fn write_raw(&self, out: &mut SegmentText) -> Result<()> {
        self.inner().write_raw(out)
    }
    fn parse_raw(text: &str) -> Result<Self> {
        T::Inner::parse_raw(text).map(T::wrap)
    }
}

#[diagnostic::do_not_recommend]
impl<T: SegmentNewtype<Inner: TextSegment>> TextSegment for T {}

/// An enum without data, which is stored as the name of its variant.
#[doc(hidden)]
pub trait NamedVariant: Sized {
    /// The names, in the order of the variants.
    const NAMES: &'static [&'static str];

    /// The variant's name.
    fn name(&self) -> &'static str;

    /// The variant of that name.
    fn named(name: &str) -> Option<Self>;
}

impl Cursor<'_> {
    /// Reads an enum of names.
    ///
    /// # Errors
    /// If the value is no string, or none of the names.
    #[doc(hidden)]
    pub fn variant<T: NamedVariant>(&mut self) -> core::result::Result<T, DecodeError> {
        let name = self.text()?;
        T::named(&name).ok_or_else(|| self.unknown_variant(T::NAMES))
    }
}

impl SegmentText {
    /// Adds the name of an enum's variant.
    #[doc(hidden)]
    pub fn variant<T: NamedVariant>(&mut self, variant: &T) -> Result<()> {
        self.push_str(variant.name());
        Ok(())
    }

    /// Adds the number of an enum's variant, in as many digits as the form has.
    #[doc(hidden)]
    pub fn ordinal(&mut self, number: i128, form: SegmentForm) -> Result<()> {
        let SegmentForm::Fixed { width, .. } = form else { return Err("its form has no width".into()) };
        let width = usize::from(width);
        write!(self, "{number:0width$}").map_err(|_| "it cannot be written".into())
    }
}

/// The variant of that name.
///
/// # Errors
/// If the enum has none of that name.
pub fn variant<T: NamedVariant>(name: &str) -> Result<T> {
    T::named(name).ok_or_else(|| no_variant(T::NAMES))
}

/// The variant of that number, among variants with their numbers.
///
/// # Errors
/// If the text is no number, or the number of none of them.
pub fn ordinal<T: NamedVariant, const N: usize>(text: &str, variants: [(i128, T); N]) -> Result<T> {
    let number: Option<i128> = text.parse().ok();
    let found = variants.into_iter().find(|(each, _)| Some(*each) == number);
    found.map(|(_, variant)| variant).ok_or_else(|| no_variant(T::NAMES))
}

#[cold]
fn no_variant(names: &[&str]) -> SegmentError {
    SegmentError::new(format!("the text is none of the variants {}", names.join(", ")))
}

/// The form of an enum whose variants have these numbers. It has room for more variants than there are, because another
/// width would be another key.
#[must_use]
#[track_caller]
pub const fn ordered_form(numbers: &[i128]) -> SegmentForm {
    let (mut numbers, mut width) = (numbers, 3);
    while let [number, rest @ ..] = numbers {
        let needed = match *number {
            0..=999 => 3,
            1_000..=99_999 => 5,
            100_000..=9_999_999_999 => 10,
            10_000_000_000..=18_446_744_073_709_551_615 => 20,
            _ => {
                let text =
                    "an `ordered` enum is written as digits in keys, so its numbers are from 0 to those of a `u64`";
                Message::new().add(text).stop()
            }
        };
        if needed > width {
            width = needed;
        }
        numbers = rest;
    }
    SegmentForm::Fixed { width, class: SegmentClass::DIGITS }
}
