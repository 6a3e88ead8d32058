//! Tables that exist already, as `cargo tablewright structs` found them.
//!
//! It is a file to work on: rename what has a better name, and narrow a type where the sample was poorer than the table. The
//! attributes' names, the key templates and the settings are what is stored. `cargo tablewright diff --against` compares them
//! with the tables, and changes nothing.

use tablewright::{DynamoTable, Item};

/// The table `prod-adopted.remember`, from 3 sampled items.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "adopted.remember")]
pub struct AdoptedRemember {
    /// The partition key. In all 3, whole numbers from 9001 to 934567890123456789.
    #[dynamo(partition_key)]
    pub discord_server_id: u64,
    /// The sort key.
    #[dynamo(sort_key)]
    pub rem_key: String,
    /// In 2 of 3, whole numbers from 7 to 12.
    pub author: Option<u64>,
    /// In all 3.
    pub rem_value: String,
    /// Attributes that the sample had none of, so that writing an item back keeps them.
    #[dynamo(rest)]
    pub rest: Item,
}
