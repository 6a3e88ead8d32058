//! The handle: an executor, the tables' names and a clock.

mod builder;
mod settings;

use core::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use crate::codec::{IdSource, Writing};
use crate::entity::Entity;
use crate::error::InvalidRequest;
use crate::exec::{Executor, Failure, Request, Response};
use crate::names::TableNames;
use crate::request::{CursorSeal, Jitter, Retries, RetryPolicy};
use crate::schema::{RoleSchema, TableSchema};
use crate::{Error, Result};
pub use builder::DynamoBuilder;
pub use settings::CallSettings;

/// A handle on a DynamoDB: the place where calls start.
///
/// It is cheap to clone, and clones share their connections.
///
/// ```
/// # #[cfg(feature = "embedded")]
/// # async fn example() -> Result<(), tablewright::Error> {
/// use tablewright::prelude::*;
///
/// #[derive(DynamoTable, Debug, PartialEq)]
/// #[dynamo(table = "notes")]
/// struct Note {
///     #[dynamo(partition_key)]
///     id: u64,
///     text: String,
/// }
///
/// let db = Dynamo::embedded().await?;
/// db.create_tables(tablewright::tables![Note]).await?;
/// db.create(&Note { id: 1, text: "hello".into() }).await?;
/// assert_eq!(db.get(Note::key(1)).await?.map(|note| note.text), Some("hello".to_owned()));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Dynamo {
    inner: Arc<Inner>,
    /// What the handle is kept to, where the types that keep it to that are gone.
    role: Option<&'static RoleSchema>,
}

struct Inner {
    executor: Arc<dyn Executor>,
    names: TableNames,
    clock: Arc<dyn Fn() -> SystemTime + Send + Sync>,
    ids: IdSource,
    retries: RetryPolicy,
    jitter: Jitter,
    seal: Option<CursorSeal>,
}

impl Dynamo {
    /// A builder, for a client of your own, a table prefix, exact table names, a clock, timeouts or retries.
    pub fn builder() -> DynamoBuilder {
        DynamoBuilder::new()
    }

    /// A handle on the DynamoDB that the environment names.
    ///
    /// Credentials, region and endpoint come from where every AWS program takes them: `AWS_PROFILE`, `AWS_REGION`,
    /// `AWS_ENDPOINT_URL_DYNAMODB`, the metadata services and so on. `TABLEWRIGHT_TABLE_PREFIX` is put before every
    /// table's name, and `TABLEWRIGHT_TABLE_<NAME>` (the table's name in capitals, with `_` for `-` and `.`) is the
    /// full name of one table; the generated Terraform module outputs these.
    ///
    /// Streams are read at `AWS_ENDPOINT_URL_DYNAMODB_STREAMS`, and where that is not set at the tables' endpoint if the
    /// environment names one.
    ///
    /// It makes no call: missing credentials show at the first one.
    ///
    /// # Errors
    /// None at present.
    #[cfg(feature = "aws")]
    pub async fn from_env() -> Result<Self> {
        Self::builder().from_env().await
    }

    /// A handle on a DynamoDB inside this process, held in memory: no account, no server, nothing on disk.
    ///
    /// # Errors
    /// If the engine does not start.
    #[cfg(feature = "embedded")]
    pub async fn embedded() -> Result<Self> {
        Self::builder().embedded().await
    }

    /// A handle on a DynamoDB inside this process, held in a file that is made if it is not there.
    ///
    /// # Errors
    /// If the file cannot be opened or is not the engine's.
    #[cfg(feature = "embedded")]
    pub async fn embedded_file(path: impl AsRef<std::path::Path> + Send) -> Result<Self> {
        Self::builder().embedded_file(path).await
    }

    /// A handle that sends its requests through any executor, such as [`Spy`](crate::testing::Spy).
    #[must_use]
    pub fn with_executor(executor: impl Executor) -> Self {
        Self::builder().executor(executor)
    }

    /// The full name of an entity's table: with the prefix, or the exact name that was set.
    #[must_use]
    pub fn table_name<E: Entity>(&self) -> Arc<str> {
        self.name_of(E::TABLE)
    }

    /// The full name of a table, given by its schema.
    #[must_use]
    pub fn name_of(&self, table: &TableSchema) -> Arc<str> {
        self.inner.names.of(table)
    }

    /// The handle's time.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        (self.inner.clock)()
    }

    /// The handle's time as an attribute type, such as `EpochSeconds` or a time stamp of `jiff`, `time` or `chrono`.
    #[must_use]
    pub fn now_as<T: crate::FromClock>(&self) -> T {
        T::from_clock(self.now())
    }

    /// A new id from the handle's id source: 128 random bits, unless the builder was given another source.
    #[must_use]
    pub fn new_id(&self) -> u128 {
        (self.inner.ids)()
    }

    /// The write of an item through this handle.
    pub(crate) fn writing(&self, creating: bool) -> Writing {
        Writing::new(self.now(), creating, Arc::clone(&self.inner.ids))
    }

    /// How logical operations of several calls are tried again.
    #[must_use]
    pub fn retry_policy(&self) -> RetryPolicy {
        self.inner.retries
    }

    /// What seals the cursors of reads that have no seal of their own.
    pub(crate) fn cursor_seal(&self) -> Option<CursorSeal> {
        self.inner.seal.clone()
    }

    /// The attempts of a logical operation that begins now.
    pub(crate) fn begin(&self, policy: RetryPolicy) -> Retries {
        Retries::begin(policy, Arc::clone(&self.inner.jitter))
    }

    /// Sends a request as it is: an operation on a table, and its JSON. The way out when nothing else fits.
    ///
    /// # Errors
    /// Whatever DynamoDB or the way to it reports.
    pub async fn execute_raw(&self, request: Request) -> Result<Response> {
        self.call(request, "an item").await
    }

    /// The same handle, kept to what a role may do.
    pub(crate) fn kept_to(&self, role: Option<&'static RoleSchema>) -> Self {
        Self { inner: Arc::clone(&self.inner), role }
    }

    /// Refuses what the handle's role may not do, where no type says it: of an entity, by one of the role's operations.
    pub(crate) fn check_allowed(
        &self,
        table: &TableSchema,
        entity: &'static str,
        verb: &'static str,
    ) -> Result<(), InvalidRequest> {
        match self.role {
            Some(role) if !role.allows(table.name, entity, verb) => {
                Err(InvalidRequest::NotAllowed { role: role.name, verb, entity })
            }
            _ => Ok(()),
        }
    }

    /// True if this is the other handle, or a clone of it.
    pub(crate) fn is_same_as(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.inner, &other.inner)
    }

    /// Sends a request for an entity.
    pub(crate) async fn call(&self, request: Request, entity: &'static str) -> Result<Response> {
        let (operation, table) = (request.operation, Arc::clone(&request.table));
        // A write of unknown outcome knows which item to look at.
        let write = operation.is_item_write().then(|| request.clone());
        let answer = self.inner.executor.execute(request).await;
        answer.map_err(|failure| Error::from_failure(operation, &table, entity, failure).of_write(write))
    }

    /// Sends a request and leaves the failure as it is.
    pub(crate) async fn attempt(&self, request: Request) -> Result<Response, Failure> {
        self.inner.executor.execute(request).await
    }
}

impl fmt::Debug for Dynamo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dynamo")
            .field("executor", &self.inner.executor)
            .field("prefix", &self.inner.names.prefix)
            .field("role", &self.role.map(|role| role.name))
            .finish_non_exhaustive()
    }
}
