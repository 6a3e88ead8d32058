//! Tables that exist already, as `cargo tablewright structs` found them.
//!
//! It is a file to work on: rename what has a better name, and narrow a type where the sample was poorer than the table. The
//! attributes' names, the key templates and the settings are what is stored. `cargo tablewright diff --against` compares them
//! with the tables, and changes nothing.

use tablewright::{DynamoTable, EpochSeconds, Item, Number, Value};

/// The table `adopted.events`, of which no items were sampled.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(
    table = "adopted.events",
    gsi(
        name = "by_actor",
        partition_key = "actor",
        read = 2,
        write = 20,
        sparse
    ),
    gsi(name = "by_kind", partition_key = "kind", sparse),
    billing = provisioned(read = 5, write = 10),
    stream = new_and_old_images,
    point_in_time_recovery = false,
    deletion_protection = false,
    table_class = standard_infrequent_access
)]
pub struct AdoptedEvents {
    /// The partition key.
    #[dynamo(partition_key)]
    pub tenant: String,
    /// The sort key.
    #[dynamo(sort_key)]
    pub at: Number,
    /// A key of the index `by_actor`, which no sampled item has.
    pub actor: Option<String>,
    /// A key of the index `by_kind`, which no sampled item has.
    pub kind: Option<String>,
    /// Attributes that the sample had none of, so that writing an item back keeps them.
    #[dynamo(rest)]
    pub rest: Item,
}

/// The table `adopted.lines`, of which no items were sampled.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(
    table = "adopted.lines",
    gsi(
        name = "by_customer",
        partition_key = "customer",
        projection = keys_only,
        sparse
    ),
    gsi(
        name = "by_status",
        partition_key = "status",
        sort_key = "placed_at",
        projection = include("customer", "total_cents"),
        sparse
    ),
    lsi(name = "by_digest", sort_key = "digest", sparse),
    lsi(
        name = "by_time",
        sort_key = "placed_at",
        projection = include("status", "total_cents"),
        sparse
    ),
    billing = on_demand(max_read = 4000, max_write = 1000),
    stream = new_image,
    point_in_time_recovery = days(7),
    tags("cost-center" = "42", owner = "team ${shop}")
)]
pub struct AdoptedLines {
    /// The partition key.
    #[dynamo(partition_key)]
    pub pk: String,
    /// The sort key.
    #[dynamo(sort_key)]
    pub sk: String,
    /// When DynamoDB deletes the item, which no sampled item has.
    #[dynamo(ttl)]
    pub expires_at: Option<EpochSeconds>,
    /// A key of the index `by_customer`, which no sampled item has.
    pub customer: Option<String>,
    /// A key of the index `by_status`, which no sampled item has.
    pub status: Option<String>,
    /// A key of the index `by_status`, which no sampled item has.
    pub placed_at: Option<Number>,
    /// In the index `by_status`, which no sampled item has.
    pub total_cents: Option<Value>,
    /// A key of the index `by_digest`, which no sampled item has.
    pub digest: Option<Vec<u8>>,
    /// Attributes that the sample had none of, so that writing an item back keeps them.
    #[dynamo(rest)]
    pub rest: Item,
}
