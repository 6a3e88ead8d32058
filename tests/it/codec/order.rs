//! A realistic item of 12 attributes, as this crate and as `serde_dynamo` read and write it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use tablewright::__private as rt;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Address {
    pub street: String,
    pub city: String,
    pub zip: String,
    pub lat: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Order {
    pub pk: String,
    pub sk: String,
    pub customer: String,
    pub description: String,
    pub quantity: u64,
    pub price: f64,
    pub paid: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coupon: Option<String>,
    pub tags: Vec<String>,
    pub address: Address,
    #[serde(with = "serde_dynamo::string_set")]
    pub labels: BTreeSet<String>,
    #[serde(with = "binary")]
    pub payload: Vec<u8>,
}

/// The same, borrowing its text from the response.
#[derive(Debug, Clone, PartialEq)]
pub struct BorrowedAddress<'a> {
    pub street: Cow<'a, str>,
    pub city: Cow<'a, str>,
    pub zip: Cow<'a, str>,
    pub lat: f64,
}

#[derive(Debug, Clone, PartialEq)]
pub struct BorrowedOrder<'a> {
    pub pk: Cow<'a, str>,
    pub sk: Cow<'a, str>,
    pub customer: Cow<'a, str>,
    pub description: Cow<'a, str>,
    pub quantity: u64,
    pub price: f64,
    pub paid: bool,
    pub coupon: Option<Cow<'a, str>>,
    pub tags: Vec<Cow<'a, str>>,
    pub address: BorrowedAddress<'a>,
    pub labels: BTreeSet<Cow<'a, str>>,
    pub payload: Vec<u8>,
}

/// `Vec<u8>` as binary for `serde`.
pub mod binary {
    use serde::de::{Deserializer, Error, Visitor};
    use serde::ser::Serializer;

    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(bytes)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        struct Bytes;
        impl Visitor<'_> for Bytes {
            type Value = Vec<u8>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("binary")
            }
            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
                Ok(bytes.to_vec())
            }
            fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<Vec<u8>, E> {
                Ok(bytes)
            }
        }
        deserializer.deserialize_byte_buf(Bytes)
    }
}

/// What the derive writes for a struct of plain fields.
macro_rules! codec {
    ([$($impl:tt)*] [$lifetime:lifetime] $type:ty, $constructor:ident, $({ $field:ident: $field_type:ty })*) => {
        const _: () = {
            impl $($impl)* rt::ToItem for $type {
                fn encode_item(&self, out: &mut rt::Encoder) {
                    $(out.attribute(concat!("\"", stringify!($field), "\":"), &self.$field);)*
                }
            }
            impl $($impl)* rt::ToAttribute for $type {
                type Kind = rt::kind::M;
                type ListKind = rt::kind::L;
                fn encode(&self, out: &mut rt::Encoder) {
                    out.document(self);
                }
            }
            impl<$lifetime> rt::FromItem<$lifetime> for $type {
                fn decode_item(cursor: &mut rt::Cursor<$lifetime>) -> Result<Self, rt::DecodeError> {
                    struct Partial<$lifetime> {
                        $($field: Option<$field_type>,)*
                        marker: std::marker::PhantomData<&$lifetime ()>,
                    }
                    impl<$lifetime> rt::Fill<$lifetime> for Partial<$lifetime> {
                        fn attribute(&mut self, name: &str, cursor: &mut rt::Cursor<$lifetime>) -> Result<(), rt::DecodeError> {
                            match name {
                                $(stringify!($field) => cursor.attribute(&mut self.$field),)*
                                _ => cursor.skip(),
                            }
                        }
                    }
                    let mut partial = Partial { $($field: None,)* marker: std::marker::PhantomData };
                    cursor.item(&mut partial)?;
                    $(rt::absent(&mut partial.$field);)*
                    match partial {
                        Partial { $($field: Some($field),)* .. } => Ok($constructor { $($field),* }),
                        partial => Err(cursor.missing(&[$((stringify!($field), partial.$field.is_none())),*])),
                    }
                }
            }
            impl<$lifetime> rt::FromAttribute<$lifetime> for $type {
                fn decode(cursor: &mut rt::Cursor<$lifetime>) -> Result<Self, rt::DecodeError> {
                    cursor.document()
                }
            }
        };
    };
}

codec!([] ['a] Address, Address, { street: String } { city: String } { zip: String } { lat: f64 });
codec!(
    [] ['a] Order, Order,
    { pk: String } { sk: String } { customer: String } { description: String } { quantity: u64 } { price: f64 }
    { paid: bool } { coupon: Option<String> } { tags: Vec<String> } { address: Address }
    { labels: BTreeSet<String> } { payload: Vec<u8> }
);
codec!(
    [<'a>] ['a] BorrowedAddress<'a>, BorrowedAddress,
    { street: Cow<'a, str> } { city: Cow<'a, str> } { zip: Cow<'a, str> } { lat: f64 }
);
codec!(
    [<'a>] ['a] BorrowedOrder<'a>, BorrowedOrder,
    { pk: Cow<'a, str> } { sk: Cow<'a, str> } { customer: Cow<'a, str> } { description: Cow<'a, str> }
    { quantity: u64 } { price: f64 } { paid: bool } { coupon: Option<Cow<'a, str>> } { tags: Vec<Cow<'a, str>> }
    { address: BorrowedAddress<'a> } { labels: BTreeSet<Cow<'a, str>> } { payload: Vec<u8> }
);
