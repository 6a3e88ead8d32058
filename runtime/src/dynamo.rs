//! The handle: an executor, the tables' names and a clock.

use core::fmt;
use core::time::Duration;
use std::sync::Arc;
use std::time::SystemTime;

use crate::entity::Entity;
use crate::exec::{Executor, Failure, Operation, Request, Response};
use crate::names::TableNames;
use crate::schema::TableSchema;
use crate::{Error, Result};

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
pub struct Dynamo(Arc<Inner>);

struct Inner {
    executor: Arc<dyn Executor>,
    names: TableNames,
    clock: Arc<dyn Fn() -> SystemTime + Send + Sync>,
    ids: Arc<dyn Fn() -> u128 + Send + Sync>,
}

/// How long a call may take and how often it is tried, pinned so that no environment changes it.
///
/// The defaults are those of an online service: three attempts, 5 seconds each, 15 seconds in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallSettings {
    /// The longest that opening a connection may take.
    pub connect_timeout: Duration,
    /// The longest that one attempt may take.
    pub attempt_timeout: Duration,
    /// The longest that a call may take with all its attempts.
    pub call_timeout: Duration,
    /// How often a request is sent at most; 1 means that it is never sent again.
    pub attempts: u32,
}

impl Default for CallSettings {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(3),
            attempt_timeout: Duration::from_secs(5),
            call_timeout: Duration::from_secs(15),
            attempts: 3,
        }
    }
}

/// Makes a [`Dynamo`] of parts.
#[must_use = "a builder does nothing until `build`"]
#[derive(Clone)]
pub struct DynamoBuilder {
    names: TableNames,
    clock: Arc<dyn Fn() -> SystemTime + Send + Sync>,
    ids: Arc<dyn Fn() -> u128 + Send + Sync>,
    settings: CallSettings,
}

impl Dynamo {
    /// A builder, for a client of your own, a table prefix, exact table names, a clock, timeouts or retries.
    pub fn builder() -> DynamoBuilder {
        DynamoBuilder {
            names: TableNames::default(),
            clock: Arc::new(SystemTime::now),
            ids: Arc::new(random_id),
            settings: CallSettings::default(),
        }
    }

    /// A handle on the DynamoDB that the environment names.
    ///
    /// Credentials, region and endpoint come from where every AWS program takes them: `AWS_PROFILE`, `AWS_REGION`,
    /// `AWS_ENDPOINT_URL_DYNAMODB`, the metadata services and so on. `TABLEWRIGHT_TABLE_PREFIX` is put before every
    /// table's name, and `TABLEWRIGHT_TABLE_<NAME>` (the table's name in capitals, with `_` for `-` and `.`) is the
    /// full name of one table; the generated Terraform module outputs these.
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
        self.0.names.of(table)
    }

    /// The handle's time.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        (self.0.clock)()
    }

    /// The handle's time as an attribute type, such as `EpochSeconds` or a time stamp of `jiff`, `time` or `chrono`.
    #[must_use]
    pub fn now_as<T: crate::FromClock>(&self) -> T {
        T::from_clock(self.now())
    }

    /// A new id from the handle's id source: 128 random bits, unless the builder was given another source.
    #[must_use]
    pub fn new_id(&self) -> u128 {
        (self.0.ids)()
    }

    /// Sends a request as it is: an operation on a table, and its JSON. The way out when nothing else fits.
    ///
    /// # Errors
    /// Whatever DynamoDB or the way to it reports.
    pub async fn execute_raw(&self, request: Request) -> Result<Response> {
        self.call(request, "an item").await
    }

    /// Sends a request for an entity.
    pub(crate) async fn call(&self, request: Request, entity: &'static str) -> Result<Response> {
        let (operation, table) = (request.operation, Arc::clone(&request.table));
        let answer = self.0.executor.execute(request).await;
        answer.map_err(|failure| Error::from_failure(operation, &table, entity, failure))
    }

    /// Sends a request and leaves the failure as it is.
    pub(crate) async fn attempt(
        &self,
        operation: Operation,
        table: Arc<str>,
        body: String,
    ) -> Result<Response, Failure> {
        self.0.executor.execute(Request { operation, table, body: body.into() }).await
    }
}

impl DynamoBuilder {
    /// Puts this before every table's name: `prod-` makes `prod-remember` of `remember`.
    pub fn table_prefix(mut self, prefix: impl Into<Box<str>>) -> Self {
        self.names.prefix = prefix.into();
        self
    }

    /// Uses exactly this name for an entity's table, whatever the prefix.
    pub fn table_name<E: Entity>(mut self, name: impl Into<Arc<str>>) -> Self {
        self.names.exact.insert(E::TABLE.name, name.into());
        self
    }

    /// Takes the time from here: time stamps that the handle fills in become predictable in tests.
    pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Takes ids from here: they become predictable in tests.
    pub fn id_source(mut self, ids: impl Fn() -> u128 + Send + Sync + 'static) -> Self {
        self.ids = Arc::new(ids);
        self
    }

    /// Timeouts and attempts of calls to AWS.
    pub fn call_settings(mut self, settings: CallSettings) -> Self {
        self.settings = settings;
        self
    }

    /// A handle on this client's DynamoDB. Timeouts and retries are the builder's, not the client's.
    #[cfg(feature = "aws")]
    pub fn client(self, client: aws_sdk_dynamodb::Client) -> Dynamo {
        let executor = crate::exec::aws::Aws::new(&client, self.settings);
        self.executor(executor)
    }

    /// A handle on the DynamoDB that the environment names; see [`Dynamo::from_env`].
    ///
    /// # Errors
    /// None at present.
    #[cfg(feature = "aws")]
    pub async fn from_env(mut self) -> Result<Dynamo> {
        self.names.take_from(
            std::env::vars_os().filter_map(|(name, value)| name.into_string().ok().zip(value.into_string().ok())),
        );
        let client = crate::exec::aws::client_from_env().await;
        Ok(self.client(client))
    }

    /// A handle on a DynamoDB inside this process, held in memory.
    ///
    /// # Errors
    /// If the engine does not start.
    #[cfg(feature = "embedded")]
    pub async fn embedded(self) -> Result<Dynamo> {
        let engine = crate::exec::embedded::Embedded::memory_with_shared_clock(Arc::clone(&self.clock))?;
        Ok(self.executor(engine))
    }

    /// A handle on a DynamoDB inside this process, held in a file.
    ///
    /// # Errors
    /// If the file cannot be opened or is not the engine's.
    #[cfg(feature = "embedded")]
    pub async fn embedded_file(self, path: impl AsRef<std::path::Path> + Send) -> Result<Dynamo> {
        let engine = crate::exec::embedded::Embedded::file(path.as_ref())?;
        Ok(self.executor(engine))
    }

    /// A handle that sends its requests through this executor.
    #[must_use]
    pub fn executor(self, executor: impl Executor) -> Dynamo {
        Dynamo(Arc::new(Inner { executor: Arc::new(executor), names: self.names, clock: self.clock, ids: self.ids }))
    }
}

/// 128 bits from the seeds that the standard library draws for its hash maps.
fn random_id() -> u128 {
    use core::hash::{BuildHasher, Hasher};
    let draw = || std::hash::RandomState::new().build_hasher().finish();
    (u128::from(draw()) << 64) | u128::from(draw())
}

impl fmt::Debug for Dynamo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dynamo")
            .field("executor", &self.0.executor)
            .field("prefix", &self.0.names.prefix)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for DynamoBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DynamoBuilder").field("prefix", &self.names.prefix).finish_non_exhaustive()
    }
}
