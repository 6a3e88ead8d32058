//! The narrow waist: an operation and its request bytes go down, response bytes come up.
//!
//! Everything above it is typed; everything below it is exchangeable.

#[cfg(feature = "aws")]
pub(crate) mod aws;
#[cfg(feature = "embedded")]
pub(crate) mod embedded;
mod failure;
#[cfg(feature = "aws")]
mod repeat;
mod spy;

use core::fmt;
use core::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;

pub use failure::{Failure, ServiceFailure};
pub use spy::{Recorded, Spy};

/// A future that an executor returns.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends a request to a DynamoDB and brings back its answer.
pub trait Executor: fmt::Debug + Send + Sync + 'static {
    /// Sends one request. An answer is a success; everything else is a [`Failure`].
    fn execute(&self, request: Request) -> BoxFuture<'_, Result<Response, Failure>>;
}

impl<T: Executor + ?Sized> Executor for Arc<T> {
    fn execute(&self, request: Request) -> BoxFuture<'_, Result<Response, Failure>> {
        (**self).execute(request)
    }
}

/// One request: an operation on a table, and its body in DynamoDB's JSON.
///
/// `Debug` shows the operation, the table and the size of the body, because the body holds the item's values.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// What to do.
    pub operation: Operation,
    /// The table's full name, or those of all tables, separated by `, `; empty for operations on no table.
    pub table: Arc<str>,
    /// The request's JSON.
    pub body: Bytes,
}

/// The answer to a request.
///
/// `Debug` shows its size, because the body holds the items' values.
#[derive(Clone)]
pub struct Response {
    /// The answer's JSON.
    pub body: Bytes,
    /// AWS's id of the request, where there is one.
    pub request_id: Option<Box<str>>,
    /// How often the request was sent.
    pub attempts: u32,
}

/// The service of an operation: DynamoDB's, unless it says another.
macro_rules! service {
    () => {
        "DynamoDB_20120810"
    };
    ($service:literal) => {
        $service
    };
}

macro_rules! operations {
    ($($(#[$doc:meta])* $operation:ident $(: $service:literal)?),* $(,)?) => {
        /// The operations of DynamoDB that the runtime uses.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Operation {$(
            $(#[$doc])*
            $operation,
        )*}

        impl Operation {
            /// DynamoDB's name of the operation.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {$( Self::$operation => stringify!($operation), )*}
            }

            /// The operation with this name, if the runtime uses it.
            #[cfg(all(feature = "aws", feature = "testing"))]
            pub(crate) fn of_name(name: &str) -> Option<Self> {
                match name {
                    $( stringify!($operation) => Some(Self::$operation), )*
                    _ => None,
                }
            }

            /// The value of the `X-Amz-Target` header.
            #[must_use]
            pub const fn target(self) -> &'static str {
                match self {$( Self::$operation => concat!(service!($($service)?), ".", stringify!($operation)), )*}
            }
        }
    };
}

operations! {
    /// Reads one item.
    GetItem,
    /// Writes one item whole.
    PutItem,
    /// Changes one item.
    UpdateItem,
    /// Deletes one item.
    DeleteItem,
    /// Reads items by their keys.
    BatchGetItem,
    /// Puts and deletes items, each by itself.
    BatchWriteItem,
    /// Reads items of one partition key.
    Query,
    /// Reads all items.
    Scan,
    /// Writes items all together or not at all.
    TransactWriteItems,
    /// Reads items all as of one moment.
    TransactGetItems,
    /// Makes a table.
    CreateTable,
    /// Changes a table.
    UpdateTable,
    /// Tells a table's state and schema.
    DescribeTable,
    /// Deletes a table.
    DeleteTable,
    /// Lists tables.
    ListTables,
    /// Switches time to live on or off.
    UpdateTimeToLive,
    /// Tells whether time to live is on.
    DescribeTimeToLive,
    /// Switches point-in-time recovery on or off.
    UpdateContinuousBackups,
    /// Tells whether point-in-time recovery is on.
    DescribeContinuousBackups,
    /// Lists the streams of a table.
    ListStreams: "DynamoDBStreams_20120810",
    /// Tells a stream's state and shards.
    DescribeStream: "DynamoDBStreams_20120810",
    /// Begins to read a shard of a stream.
    GetShardIterator: "DynamoDBStreams_20120810",
    /// Reads records of a shard of a stream.
    GetRecords: "DynamoDBStreams_20120810",
}

impl Operation {
    /// True if requests or answers hold values of items.
    pub(crate) const fn has_items(self) -> bool {
        matches!(
            self,
            Self::GetItem
                | Self::PutItem
                | Self::UpdateItem
                | Self::DeleteItem
                | Self::BatchGetItem
                | Self::BatchWriteItem
                | Self::Query
                | Self::Scan
                | Self::TransactWriteItems
                | Self::TransactGetItems
                | Self::GetRecords
        )
    }

    /// True for a write of one item.
    pub(crate) const fn is_item_write(self) -> bool {
        matches!(self, Self::PutItem | Self::UpdateItem | Self::DeleteItem)
    }

    /// True for the operations of DynamoDB Streams, which has an endpoint of its own.
    #[must_use]
    pub const fn is_of_streams(self) -> bool {
        matches!(self, Self::ListStreams | Self::DescribeStream | Self::GetShardIterator | Self::GetRecords)
    }

    /// True if the operation changes nothing, so that it may be sent again after a lost answer.
    #[must_use]
    pub const fn is_read(self) -> bool {
        matches!(
            self,
            Self::GetItem
                | Self::BatchGetItem
                | Self::Query
                | Self::Scan
                | Self::TransactGetItems
                | Self::DescribeTable
                | Self::ListTables
                | Self::DescribeTimeToLive
                | Self::DescribeContinuousBackups
        ) || self.is_of_streams()
    }
}

impl Operation {
    /// True for the work of many items, which must not use up the retries of the calls of one.
    #[cfg(feature = "aws")]
    pub(crate) const fn is_bulk(self) -> bool {
        matches!(self, Self::BatchGetItem | Self::BatchWriteItem | Self::Scan)
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Request {
    /// The body as text, for a preview or a test.
    #[must_use]
    pub fn json(&self) -> &str {
        core::str::from_utf8(&self.body).unwrap_or_default()
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation)
            .field("table", &self.table)
            .field("body_bytes", &self.body.len())
            .finish()
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("request_id", &self.request_id)
            .field("attempts", &self.attempts)
            .field("body_bytes", &self.body.len())
            .finish()
    }
}
