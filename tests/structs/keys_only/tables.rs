//! Tables that exist already, as `cargo tablewright structs` found them.
//!
//! It is a file to work on: rename what has a better name, and narrow a type where the sample was poorer than the table. The
//! attributes' names, the key templates and the settings are what is stored. `cargo tablewright diff --against` compares them
//! with the tables, and changes nothing.

use tablewright::{DynamoTable, EpochSeconds, Item, Number, Value};

/// The table `item`, of which no items were sampled.
///
/// It has replicas: give the module `replicas` for us-east-1.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(
    table = "item",
    gsi(
        name = "by-owner",
        partition_key = ["owner", "region"],
        sort_key = ["round", "at"],
        sparse
    ),
    gsi(
        name = "by.digest",
        partition_key = "digest",
        projection = include("a_note"),
        sparse
    ),
    billing = provisioned(read = 1, write = 1)
)]
pub struct ItemTable {
    /// The partition key.
    #[dynamo(partition_key)]
    pub r#type: String,
    /// The sort key.
    #[dynamo(sort_key)]
    pub at: Number,
    /// When DynamoDB deletes the item, which no sampled item has.
    #[dynamo(ttl)]
    pub expires: Option<EpochSeconds>,
    /// A key of the index `by-owner`, which no sampled item has.
    pub owner: Option<String>,
    /// A key of the index `by-owner`, which no sampled item has.
    pub region: Option<String>,
    /// A key of the index `by-owner`, which no sampled item has.
    pub round: Option<Number>,
    /// A key of the index `by.digest`, which no sampled item has.
    pub digest: Option<Vec<u8>>,
    /// In the index `by.digest`, which no sampled item has.
    #[dynamo(rename = "a note")]
    pub a_note: Option<Value>,
    /// Attributes that the sample had none of, so that writing an item back keeps them.
    #[dynamo(rest)]
    pub rest: Item,
}
