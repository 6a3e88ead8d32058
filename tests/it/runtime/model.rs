//! The entities of the suite.

use std::collections::{BTreeMap, BTreeSet};

use tablewright::prelude::*;

/// An order: two indexes, a nested document, sets, a list, a map, and both time stamps.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(
    table = "orders",
    gsi(name = "by-status", partition_key = "status", sort_key = "total", sparse),
    gsi(name = "by-total", partition_key = "customer", sort_key = "total", projection = keys_only),
    lsi(name = "recent", sort_key = "placed"),
)]
pub(crate) struct Order {
    #[dynamo(partition_key)]
    pub(crate) customer: String,
    #[dynamo(sort_key)]
    pub(crate) id: u64,
    pub(crate) status: Option<String>,
    pub(crate) total: i64,
    pub(crate) placed: u64,
    pub(crate) paid: bool,
    pub(crate) note: Option<String>,
    pub(crate) address: Address,
    pub(crate) lines: Vec<Line>,
    pub(crate) tags: Option<BTreeSet<String>>,
    pub(crate) counts: BTreeMap<String, i64>,
    pub(crate) photo: Vec<u8>,
    #[dynamo(created_at)]
    pub(crate) created_at: EpochSeconds,
    #[dynamo(updated_at)]
    pub(crate) updated_at: EpochSeconds,
}

/// Where an order goes.
#[derive(DynamoAttribute, Debug, Clone, PartialEq)]
pub(crate) struct Address {
    #[dynamo(rename = "zip-code")]
    pub(crate) zip: String,
    pub(crate) city: Option<String>,
}

/// One line of an order.
#[derive(DynamoAttribute, Debug, Clone, PartialEq)]
pub(crate) struct Line {
    pub(crate) sku: String,
    pub(crate) count: u32,
}

/// The keys of an order, as an index with a narrow projection carries them.
#[derive(DynamoAttribute, Debug, Clone, PartialEq)]
pub(crate) struct OrderKeys {
    pub(crate) customer: String,
    pub(crate) id: u64,
    pub(crate) total: i64,
}

/// A table without a sort key whose attribute names are all reserved words of DynamoDB.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "reserved.words")]
pub(crate) struct Reserved {
    #[dynamo(partition_key)]
    pub(crate) name: String,
    pub(crate) status: String,
    pub(crate) size: u64,
    #[dynamo(rename = "a.b-c#d")]
    pub(crate) odd: Option<u64>,
}

pub(crate) fn order(customer: &str, id: u64) -> Order {
    Order {
        customer: customer.into(),
        id,
        status: Some("open".into()),
        total: 5 * i64::try_from(id).unwrap_or(0),
        placed: 1000 - id,
        paid: id.is_multiple_of(2),
        note: None,
        address: Address { zip: "80331".into(), city: Some("München".into()) },
        lines: vec![Line { sku: "a\"b".into(), count: 1 }, Line { sku: "c".into(), count: 2 }],
        tags: Some(["new".to_owned(), "gift".to_owned()].into()),
        counts: [("x".to_owned(), 1)].into(),
        photo: vec![0, 255, 7],
        created_at: EpochSeconds(1),
        updated_at: EpochSeconds(2),
    }
}
