//! What can stand for a value of an attribute in a key or an expression.

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;

use super::{Nullable, Number, ToAttribute, Value};
use crate::codec::Encoder;

/// A value that can stand where an attribute of type `T` does: a `T`, a reference to one, or text for a string.
#[diagnostic::on_unimplemented(
    message = "expected a value for an attribute of type `{T}`, found `{Self}`",
    label = "not a value of this attribute",
    note = "pass a `{T}` or a reference to one"
)]
pub trait Operand<T: ?Sized> {
    /// Writes the value as the attribute stores it.
    fn encode_operand(&self, out: &mut Encoder);
}

impl<T: ToAttribute> Operand<T> for T {
    fn encode_operand(&self, out: &mut Encoder) {
        self.encode(out);
    }
}

#[diagnostic::do_not_recommend]
impl<T: ToAttribute> Operand<T> for &T {
    fn encode_operand(&self, out: &mut Encoder) {
        self.encode(out);
    }
}

#[diagnostic::do_not_recommend]
impl<T: ToAttribute> Operand<Option<T>> for T {
    fn encode_operand(&self, out: &mut Encoder) {
        self.encode(out);
    }
}

#[diagnostic::do_not_recommend]
impl<T: ToAttribute> Operand<Nullable<T>> for T {
    fn encode_operand(&self, out: &mut Encoder) {
        self.encode(out);
    }
}

/// Values that are stored as the attribute's type is, though they are of another Rust type.
macro_rules! operands {
    ($($from:ty => $($to:ty),*;)*) => {$($(
        #[diagnostic::do_not_recommend]
        impl Operand<$to> for $from {
            fn encode_operand(&self, out: &mut Encoder) {
                ToAttribute::encode(self, out);
            }
        }
    )*)*};
}

operands! {
    &str => String, Option<String>, Box<str>, Option<Box<str>>, Arc<str>, Option<Arc<str>>, Value, Nullable<String>;
    &str => Cow<'_, str>, Option<Cow<'_, str>>;
    String => Cow<'_, str>, Option<Cow<'_, str>>, Box<str>, Arc<str>, Value;
    &String => Cow<'_, str>, Option<Cow<'_, str>>, Box<str>, Arc<str>, Option<String>, Value;
    Cow<'_, str> => String, Option<String>, Box<str>, Arc<str>;
    &[u8] => Vec<u8>, Option<Vec<u8>>, Bytes, Option<Bytes>, Box<[u8]>, Value;
    Vec<u8> => Bytes, Value;
    &Vec<u8> => Bytes, Option<Vec<u8>>, Value;
    bool => Value;
    Number => Value;
    // An integer literal of no other type is an `i32`.
    i32 => Number, Value;
    i64 => Number, Value;
    u32 => Number, Value;
    u64 => Number, Value;
}

macro_rules! byte_array_operands {
    ($($to:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<const N: usize> Operand<$to> for &[u8; N] {
            fn encode_operand(&self, out: &mut Encoder) {
                out.binary(*self);
            }
        }
    )*};
}

byte_array_operands!(Vec<u8>, Option<Vec<u8>>, Bytes, Option<Bytes>, Box<[u8]>, Value);
