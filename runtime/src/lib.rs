//! DynamoDB tables from Rust structs.
#![allow(clippy::module_name_repetitions)]

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
pub mod codec;
mod entity;
pub mod expr;
mod field;
mod key;
pub mod limit;
mod query;
pub mod registry;
pub mod schema;
mod time;
pub mod value;

pub use entity::{ConsistentReads, Document, Entity, Index, ProjectsAll};
pub use key::Key;
pub use query::{IntoQuery, Query, SortKey};
pub use tablewright_derive::{DynamoAttribute, DynamoTable};
pub use time::{EpochSeconds, FromClock, TimeToLive};
pub use value::Adapter;
