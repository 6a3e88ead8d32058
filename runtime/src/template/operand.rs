//! What can stand for a part of a key.

use std::borrow::Cow;
use std::sync::Arc;

use super::{KeySegment, SegmentError, SegmentText, WriteSegment};
use crate::schema::TemplateMode;

/// A value that can stand where a part of type `T` does in a key: a `T`, a reference to one, or text for a string.
#[diagnostic::on_unimplemented(
    message = "expected a value for a key part of type `{T}`, found `{Self}`",
    label = "not a value of this part",
    note = "pass a `{T}` or a reference to one"
)]
pub trait SegmentOperand<T> {
    /// Writes the part's plain text.
    #[doc(hidden)]
    fn write_operand(&self, mode: TemplateMode, out: &mut SegmentText) -> Result<(), SegmentError>;
}

impl<T: KeySegment> SegmentOperand<T> for T {
    fn write_operand(&self, mode: TemplateMode, out: &mut SegmentText) -> Result<(), SegmentError> {
        self.write(mode, out).map(|_| ())
    }
}

#[diagnostic::do_not_recommend]
impl<T: KeySegment> SegmentOperand<T> for &T {
    fn write_operand(&self, mode: TemplateMode, out: &mut SegmentText) -> Result<(), SegmentError> {
        (**self).write(mode, out).map(|_| ())
    }
}

/// Text that is written as the part's type is, though it is of another Rust type.
macro_rules! operands {
    ($($from:ty => $($to:ty),*;)*) => {$($(
        #[diagnostic::do_not_recommend]
        impl SegmentOperand<$to> for $from {
            fn write_operand(&self, _: TemplateMode, out: &mut SegmentText) -> Result<(), SegmentError> {
                out.push_str(self);
                Ok(())
            }
        }
    )*)*};
}

operands! {
    &str => String, Box<str>, Arc<str>, Cow<'_, str>;
    String => Box<str>, Arc<str>, Cow<'_, str>;
    &String => Box<str>, Arc<str>, Cow<'_, str>;
    Cow<'_, str> => String, Box<str>, Arc<str>;
}
