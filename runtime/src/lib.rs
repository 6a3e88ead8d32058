//! DynamoDB tables from Rust structs.
//!
//! A struct with `#[derive(DynamoTable)]` is a table. The derive gives key builders, typed queries, typed paths for
//! expressions and the codec; [`Dynamo`] executes the calls, through the AWS SDK's client or in an embedded engine.
//!
//! ```
//! # #[cfg(feature = "embedded")]
//! # fn main() -> Result<(), tablewright::Error> {
//! use tablewright::prelude::*;
//!
//! /// What the bot was told to remember, per server.
//! #[derive(DynamoTable, Debug, Clone, PartialEq)]
//! #[dynamo(table = "remember")]
//! pub struct RememberTable {
//!     #[dynamo(partition_key)]
//!     pub discord_server_id: u64,
//!     #[dynamo(sort_key)]
//!     pub rem_key: String,
//!     pub rem_value: String,
//! }
//!
//! # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
//! let db = Dynamo::embedded().await?;
//! db.create_tables(tablewright::tables![RememberTable]).await?;
//!
//! let meeting = RememberTable { discord_server_id: 9001, rem_key: "meeting".into(), rem_value: "tomorrow".into() };
//! db.create(&meeting).await?;
//! assert_eq!(db.get(RememberTable::key(9001, "meeting")).await?, Some(meeting));
//!
//! db.update(RememberTable::key(9001, "meeting")).set(|item| item.rem_value, "friday").await?;
//! let found = db
//!     .query(RememberTable::query(9001).rem_key().begins_with("mee"))
//!     .filter(|item| item.rem_value.contains("fri"))
//!     .take(20)
//!     .await?;
//! assert_eq!(found.len(), 1);
//! # Ok(())
//! # })
//! # }
//! # #[cfg(not(feature = "embedded"))]
//! # fn main() {}
//! ```
//!
//! # Where to look
//!
//! - [`DynamoTable`] and [`DynamoAttribute`]: every attribute of the derives.
//! - [`Dynamo`]: `create`, `put`, `update`, `upsert`, `delete`, `get`, `query`, `scan`, `transact_write`, `transact_get`, and
//!   tables.
//! - [`access!`] and [`DynamoAs`]: roles, their policies, and a handle that compiles only what a role may do.
//! - [`expr`]: the operators of conditions, filters and updates.
//! - [`value`]: which Rust types are attributes, and how to add one ([`Adapter`]).
//! - [`Error`]: what went wrong and what to do.
//! - [`stream`]: the changes of a table, in a Lambda function or in a loop of your own.
//! - [`capacity`]: the size of items and the capacity units of calls.
//! - [`testing`]: executors for tests, one of which fails on purpose.
//! - [`schema`] and [`registry`]: the tables as data, from which Terraform is made.

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
pub mod capacity;
pub mod codec;
mod const_text;
mod dynamo;
mod entity;
mod error;
mod exec;
pub mod expr;
#[cfg(not(all(feature = "aws", feature = "embedded")))]
mod feature;
mod field;
mod key;
pub mod limit;
mod names;
pub mod prelude;
mod query;
pub mod registry;
pub mod request;
mod role;
pub mod schema;
pub mod stream;
mod tables;
pub mod template;
pub mod testing;
mod time;
pub mod value;
mod verify;

pub use codec::ItemOwned;
pub use dynamo::{CallSettings, Dynamo, DynamoBuilder};
pub use entity::{BatchWritable, ConsistentReads, Document, Entity, Index, TableEntity};
pub use error::{
    CallFailure, CancellationReason, Cancelled, ConditionFailed, CursorError, Error, Incomplete, InvalidRequest,
    Refusal, Result, ThrottlingReason,
};
pub use exec::{Executor, Failure, Operation, Request, Response, ServiceFailure};
pub use key::{IntoKey, Key};
pub use query::{AccessPattern, Collection, CollectionQuery, IntoQuery, Query, RawSortPart, SortKey, SortPart};
#[cfg(feature = "sealed-cursors")]
pub use request::CursorSeal;
pub use request::{RetryPolicy, Versioned, WriteKey};
pub use role::{BatchWriteAs, DynamoAs, ReadsItems, Role, allow};
pub use tablewright_derive::{DynamoAttribute, DynamoEntity, DynamoTable};
pub use time::{EpochSeconds, FromClock, TimeToLive};
pub use value::{Adapter, Item, Nullable, Number, NumberError, Value};
pub use verify::{Difference, SchemaMismatch};

/// The examples of the README, compiled.
#[cfg(all(doctest, feature = "embedded"))]
#[doc = include_str!("../../README.md")]
struct Readme;

/// The program of `docs/single-table.md`, compiled and run. A test compares it with the page.
#[cfg(all(doctest, feature = "embedded"))]
#[doc = "```"]
#[doc = "mod chat {"]
#[doc = include_str!("../../docs/single-table/lib.rs")]
#[doc = "}"]
#[doc = include_str!("../../docs/single-table/main.rs")]
#[doc = "```"]
struct SingleTable;
