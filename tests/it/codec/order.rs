//! A realistic item of 12 attributes, as this crate and as `serde_dynamo` read and write it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use tablewright::{DynamoAttribute, DynamoTable};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoAttribute)]
pub struct Address {
    pub street: String,
    pub city: String,
    pub zip: String,
    pub lat: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dynamo(table = "codec-orders")]
pub struct Order {
    #[dynamo(partition_key)]
    pub pk: String,
    #[dynamo(sort_key)]
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
#[derive(Debug, Clone, PartialEq, DynamoAttribute)]
pub struct BorrowedAddress<'a> {
    pub street: Cow<'a, str>,
    pub city: Cow<'a, str>,
    pub zip: Cow<'a, str>,
    pub lat: f64,
}

#[derive(Debug, Clone, PartialEq, DynamoAttribute)]
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
