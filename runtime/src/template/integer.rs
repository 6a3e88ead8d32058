//! Integers and booleans as parts of keys: as many digits as the type has, so that text order is the order of values.

use core::fmt::Write;

use super::{KeySegment, SegmentClass, SegmentError, SegmentForm, SegmentText};
use crate::time::EpochSeconds;

const fn digits(width: u8) -> SegmentForm {
    SegmentForm::Fixed { width, class: SegmentClass::DIGITS }
}

/// Reads digits alone: no sign.
fn parse_digits<T: core::str::FromStr>(text: &str, expected: &'static str) -> Result<T, SegmentError> {
    let number = if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None };
    number.ok_or(SegmentError::new(expected))
}

fn written(result: core::fmt::Result) -> Result<(), SegmentError> {
    result.map_err(|_| SegmentError::new("it cannot be written"))
}

macro_rules! unsigned {
    ($($integer:ident: $width:literal;)*) => {$(
        impl KeySegment for $integer {
            const FORM: SegmentForm = digits($width);
            const RAW_FORM: SegmentForm = SegmentForm::Text;
            fn write_segment(&self, out: &mut SegmentText) -> Result<(), SegmentError> {
                written(write!(out, concat!("{:0", $width, "}"), self))
            }
            fn parse_segment(text: &str) -> Result<Self, SegmentError> {
                parse_digits(text, concat!("the text is not the digits of an `", stringify!($integer), "`"))
            }
            fn write_raw(&self, out: &mut SegmentText) -> Result<(), SegmentError> {
                written(write!(out, "{self}"))
            }
        }
    )*};
}

unsigned! {
    u8: 3;
    u16: 5;
    u32: 10;
    u64: 20;
    usize: 20;
    u128: 39;
}

macro_rules! signed {
    ($($integer:ident as $unsigned:ident: $width:literal;)*) => {$(
        /// Moved up by half of the type's range, so that no text has a sign.
        impl KeySegment for $integer {
            const FORM: SegmentForm = digits($width);
            const RAW_FORM: SegmentForm = SegmentForm::Text;
            fn write_segment(&self, out: &mut SegmentText) -> Result<(), SegmentError> {
                written(write!(out, concat!("{:0", $width, "}"), self.cast_unsigned() ^ (1 << ($unsigned::BITS - 1))))
            }
            fn parse_segment(text: &str) -> Result<Self, SegmentError> {
                let expected = concat!("the text is not the digits of an `", stringify!($integer), "`");
                let moved: $unsigned = parse_digits(text, expected)?;
                Ok((moved ^ (1 << ($unsigned::BITS - 1))).cast_signed())
            }
            fn write_raw(&self, out: &mut SegmentText) -> Result<(), SegmentError> {
                written(write!(out, "{self}"))
            }
            fn parse_raw(text: &str) -> Result<Self, SegmentError> {
                text.parse().map_err(|_| concat!("the text is not an `", stringify!($integer), "`").into())
            }
        }
    )*};
}

signed! {
    i8 as u8: 3;
    i16 as u16: 5;
    i32 as u32: 10;
    i64 as u64: 20;
    i128 as u128: 39;
}

/// As an `i64`, whatever the machine.
impl KeySegment for isize {
    const FORM: SegmentForm = i64::FORM;
    const RAW_FORM: SegmentForm = i64::RAW_FORM;
    fn write_segment(&self, out: &mut SegmentText) -> Result<(), SegmentError> {
        wide(*self)?.write_segment(out)
    }
    fn parse_segment(text: &str) -> Result<Self, SegmentError> {
        narrow(i64::parse_segment(text)?)
    }
    fn write_raw(&self, out: &mut SegmentText) -> Result<(), SegmentError> {
        wide(*self)?.write_raw(out)
    }
    fn parse_raw(text: &str) -> Result<Self, SegmentError> {
        narrow(i64::parse_raw(text)?)
    }
}

fn wide(number: isize) -> Result<i64, SegmentError> {
    number.try_into().map_err(|_| SegmentError::new("the number does not fit an `i64`"))
}

fn narrow(number: i64) -> Result<isize, SegmentError> {
    number.try_into().map_err(|_| SegmentError::new("the number does not fit an `isize`"))
}

/// `0` is false and `1` is true; in a raw template they are `false` and `true`.
impl KeySegment for bool {
    const FORM: SegmentForm = SegmentForm::Fixed { width: 1, class: SegmentClass::of("01") };
    const RAW_FORM: SegmentForm = SegmentForm::Text;
    fn write_segment(&self, out: &mut SegmentText) -> Result<(), SegmentError> {
        out.push_str(if *self { "1" } else { "0" });
        Ok(())
    }
    fn parse_segment(text: &str) -> Result<Self, SegmentError> {
        match text {
            "0" => Ok(false),
            "1" => Ok(true),
            _ => Err("the text is neither `0` nor `1`".into()),
        }
    }
    fn write_raw(&self, out: &mut SegmentText) -> Result<(), SegmentError> {
        out.push_str(if *self { "true" } else { "false" });
        Ok(())
    }
    fn parse_raw(text: &str) -> Result<Self, SegmentError> {
        text.parse().map_err(|_| "the text is neither `true` nor `false`".into())
    }
}

/// As a `u64`.
impl KeySegment for EpochSeconds {
    const FORM: SegmentForm = u64::FORM;
    const RAW_FORM: SegmentForm = u64::RAW_FORM;
    fn write_segment(&self, out: &mut SegmentText) -> Result<(), SegmentError> {
        self.0.write_segment(out)
    }
    fn parse_segment(text: &str) -> Result<Self, SegmentError> {
        u64::parse_segment(text).map(Self)
    }
    fn write_raw(&self, out: &mut SegmentText) -> Result<(), SegmentError> {
        self.0.write_raw(out)
    }
    fn parse_raw(text: &str) -> Result<Self, SegmentError> {
        u64::parse_raw(text).map(Self)
    }
}
