//! Why a value cannot be part of a key, or text no value.

use core::fmt;
use std::borrow::Cow;

/// Why a value cannot be a part of a key, or why a part of a key is no value.
///
/// Its words never repeat the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SegmentError(Cow<'static, str>);

impl SegmentError {
    /// An error with this reason, such as `"the year is outside of 0000 to 9999"`.
    #[must_use]
    pub fn new(reason: impl Into<Cow<'static, str>>) -> Self {
        Self(reason.into())
    }

    /// Text that is not what it should be, such as `"a UUID"`.
    #[must_use]
    pub fn expected(what: &str) -> Self {
        Self(format!("the text is not {what}").into())
    }

    /// The reason.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SegmentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl core::error::Error for SegmentError {}

impl From<&'static str> for SegmentError {
    fn from(reason: &'static str) -> Self {
        Self::new(reason)
    }
}
