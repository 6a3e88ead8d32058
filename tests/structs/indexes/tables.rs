//! Tables that exist already, as `cargo tablewright structs` found them.
//!
//! It is a file to work on: rename what has a better name, and narrow a type where the sample was poorer than the table. The
//! attributes' names, the key templates and the settings are what is stored. `cargo tablewright diff --against` compares them
//! with the tables, and changes nothing.

use std::collections::BTreeSet;

use tablewright::{DynamoAttribute, DynamoTable, EpochSeconds, Item, Number, Value};

/// The table `adopted-orders`, from 3 sampled items.
///
/// It is encrypted with a key of its owner: give the module its `kms_key_arn`.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(
    table = "adopted-orders",
    gsi(
        name = "region-index",
        partition_key = "region",
        projection = keys_only,
        sparse
    ),
    gsi(
        name = "status-placedAt-index",
        partition_key = "status",
        sort_key = "placed_at",
        projection = include("note", "total_cents"),
        read = 2,
        write = 20,
        sparse
    ),
    lsi(name = "by-digest", sort_key = "digest"),
    billing = provisioned(read = 5, write = 10),
    stream = new_and_old_images,
    point_in_time_recovery = days(7),
    deletion_protection = false,
    table_class = standard_infrequent_access,
    tags("cost-center" = "42", team = "red")
)]
pub struct AdoptedOrders {
    /// The partition key.
    #[dynamo(partition_key, rename = "customerId")]
    pub customer_id: String,
    /// The sort key. In all 3, whole numbers from 1 to 2.
    #[dynamo(sort_key, rename = "order-number")]
    pub order_number: u64,
    /// In all 3.
    pub digest: Vec<u8>,
    /// In 1 of 3, the whole number 1798761600.
    #[dynamo(ttl, rename = "expiresAt")]
    pub expires_at: Option<EpochSeconds>,
    /// In 1 of 3.
    pub labels: Option<BTreeSet<String>>,
    /// In 1 of 3.
    pub lines: Option<Vec<AdoptedOrdersLines>>,
    /// In 2 of 3, whole numbers from 1767225600 to 1767225601.
    #[dynamo(rename = "placedAt")]
    pub placed_at: Option<u64>,
    /// In 1 of 3, numbers from 1 to 2.5.
    pub ratings: Option<BTreeSet<Number>>,
    /// In 2 of 3.
    pub status: Option<String>,
    /// In all 3, whole numbers from 5 to 1990.
    #[dynamo(rename = "totalCents")]
    pub total_cents: u64,
    /// In all 3.
    pub r#type: String,
    /// A key of the index `region-index`, which no sampled item has.
    pub region: Option<String>,
    /// In the index `status-placedAt-index`, which no sampled item has.
    pub note: Option<Value>,
    /// Attributes that the sample had none of, so that writing an item back keeps them.
    #[dynamo(rest)]
    pub rest: Item,
}

/// A map, of which there were 2 in the items.
#[derive(DynamoAttribute, Debug, Clone, PartialEq)]
pub struct AdoptedOrdersLines {
    /// In all 2, whole numbers from 1 to 2.
    pub count: u64,
    /// In 1 of 2.
    pub gift: Option<bool>,
    /// In all 2.
    pub sku: String,
    /// Attributes that the sample had none of, so that writing an item back keeps them.
    #[dynamo(rest)]
    pub rest: Item,
}
