//! DynamoDB tables from Rust structs.
#![allow(clippy::module_name_repetitions)]

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
pub mod codec;
mod dynamo;
mod entity;
mod error;
mod exec;
pub mod expr;
mod key;
pub mod limit;
pub mod prelude;
mod query;
pub mod registry;
pub mod request;
pub mod schema;
mod tables;
pub mod testing;
mod time;
pub mod value;
mod verify;

pub use dynamo::{CallSettings, Dynamo, DynamoBuilder};
pub use entity::{ConsistentReads, Document, Entity, Index, ProjectsAll};
pub use error::{CallFailure, ConditionFailed, CursorError, Error, InvalidRequest, Refusal, Result};
pub use exec::{Executor, Failure, Operation, Request, Response, ServiceFailure};
pub use key::Key;
pub use query::{IntoQuery, Query, SortKey};
pub use tablewright_derive::{DynamoAttribute, DynamoTable};
pub use time::{EpochSeconds, FromClock, TimeToLive};
pub use value::{Adapter, Item, Nullable, Number, NumberError, Value};
pub use verify::{Difference, SchemaMismatch};
