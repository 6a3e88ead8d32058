//! Tables that exist already, as `cargo tablewright structs` found them.
//!
//! It is a file to work on: rename what has a better name, and narrow a type where the sample was poorer than the table. The
//! attributes' names, the key templates and the settings are what is stored. `cargo tablewright diff --against` compares them
//! with the tables, and changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use tablewright::{DynamoAttribute, DynamoTable, Item, Nullable, Number, Value};

/// The table `adopted_messy`, from 4 sampled items.
///
/// No key templates were found in the sample: the keys of 2 items like `id = anything` and of the item `id = USER#1` do not tell these types of items apart.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "adopted_messy")]
pub struct AdoptedMessy {
    /// The partition key.
    #[dynamo(partition_key)]
    pub id: String,
    /// In 1 of 4, the whole number 2.
    #[dynamo(rename = "2nd")]
    pub attribute_2nd: Option<u64>,
    /// In 1 of 4, the whole number 123456789012345678901234567890.
    pub big: Option<Number>,
    /// In 1 of 4.
    pub blob: Option<Vec<u8>>,
    /// In 1 of 4.
    pub blobs: Option<BTreeSet<Vec<u8>>>,
    /// In 1 of 4.
    #[dynamo(rename = "by name")]
    pub by_name: Option<BTreeMap<String, i64>>,
    /// In 3 of 4.
    ///
    /// Its values are of different types: N 2 times (first in `id = USER#1`), S once (first in `id = USER#1#2#3`).
    pub count: Option<Value>,
    /// In 1 of 4.
    #[dynamo(rename = "created-at")]
    pub created_at: Option<String>,
    /// In 1 of 4.
    #[dynamo(rename = "createdAt")]
    pub created_at_2: Option<String>,
    /// In 1 of 4.
    pub deep: Option<AdoptedMessyDeep>,
    /// In 1 of 4.
    pub empty: Option<Vec<Value>>,
    /// In 1 of 4, NULL each time.
    pub gone: Option<Value>,
    /// In 2 of 4.
    pub maybe: Option<Nullable<String>>,
    /// In 1 of 4.
    ///
    /// Its values are of different types: N once (first in `id = anything`), S once (first in `id = anything`).
    pub mixed: Option<Vec<Value>>,
    /// In 1 of 4, the whole number -7.
    pub negative: Option<i64>,
    /// In 1 of 4.
    pub none: Option<BTreeMap<String, Value>>,
    /// In 1 of 4.
    #[dynamo(rename = "quote\"d\\")]
    pub quote_d: Option<String>,
    /// In 1 of 4.
    pub rest: Option<String>,
    /// In 1 of 4.
    #[dynamo(rename = "self")]
    pub self_: Option<bool>,
    /// In 1 of 4.
    pub texts: Option<Vec<Nullable<String>>>,
    /// In 3 of 4.
    pub r#type: Option<String>,
    /// In 1 of 4.
    pub type_name: Option<String>,
    /// In 1 of 4.
    #[dynamo(rename = "{braces}")]
    pub braces: Option<String>,
    /// In 1 of 4.
    #[dynamo(rename = "漢")]
    pub attribute: Option<String>,
    /// Attributes that the sample had none of, so that writing an item back keeps them.
    #[dynamo(rest)]
    pub rest_2: Item,
}

/// A map, of which there were 1 in the items.
#[derive(DynamoAttribute, Debug, Clone, PartialEq)]
pub struct AdoptedMessyDeepInner {
    /// In the only item, the whole number 1.
    pub x: u64,
    /// In the only item, the whole number 2.
    pub y: u64,
    /// Attributes that the sample had none of, so that writing an item back keeps them.
    #[dynamo(rest)]
    pub rest: Item,
}

/// A map, of which there were 1 in the items.
#[derive(DynamoAttribute, Debug, Clone, PartialEq)]
pub struct AdoptedMessyDeep {
    /// In the only item.
    pub inner: AdoptedMessyDeepInner,
    /// In the only item.
    pub list: Vec<Vec<u64>>,
    /// Attributes that the sample had none of, so that writing an item back keeps them.
    #[dynamo(rest)]
    pub rest: Item,
}
