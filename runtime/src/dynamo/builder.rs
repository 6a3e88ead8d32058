//! The builder of a handle.

use core::fmt;
use core::time::Duration;
use std::sync::Arc;
use std::time::SystemTime;

use super::{CallSettings, Dynamo, Inner};
#[cfg(any(feature = "aws", feature = "embedded"))]
use crate::Result;
use crate::codec::IdSource;
use crate::entity::Entity;
use crate::exec::Executor;
use crate::names::TableNames;
use crate::request::{CursorSeal, Jitter, RetryPolicy};

/// Makes a [`Dynamo`] of parts.
#[must_use = "a builder does nothing until `build`"]
#[derive(Clone)]
pub struct DynamoBuilder {
    names: TableNames,
    clock: Arc<dyn Fn() -> SystemTime + Send + Sync>,
    ids: IdSource,
    settings: CallSettings,
    retries: RetryPolicy,
    jitter: Jitter,
    seal: Option<CursorSeal>,
    #[cfg(feature = "aws")]
    streams: crate::exec::aws::Streams,
}

impl DynamoBuilder {
    pub(super) fn new() -> Self {
        Self {
            names: TableNames::default(),
            clock: Arc::new(SystemTime::now),
            ids: Arc::new(random_id),
            settings: CallSettings::default(),
            retries: RetryPolicy::default(),
            jitter: Arc::new(random),
            seal: None,
            #[cfg(feature = "aws")]
            streams: crate::exec::aws::Streams::default(),
        }
    }

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

    /// How logical operations of several calls are tried again: transactions, and batches with what they left unprocessed.
    ///
    /// ```
    /// let mut policy = tablewright::RetryPolicy::default();
    /// policy.attempts = 5;
    /// let builder = tablewright::Dynamo::builder().retry_policy(policy);
    /// ```
    pub fn retry_policy(mut self, policy: RetryPolicy) -> Self {
        self.retries = policy;
        self
    }

    /// The longest that a logical operation of several calls may take: [`RetryPolicy::deadline`] by itself.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.retries.deadline = deadline;
        self
    }

    /// Takes the random part of pauses from here: they become predictable in tests.
    pub fn jitter(mut self, random: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        self.jitter = Arc::new(random);
        self
    }

    /// Seals the cursors of every read, and takes no others.
    #[cfg(feature = "sealed-cursors")]
    pub fn cursor_seal(mut self, seal: CursorSeal) -> Self {
        self.seal = Some(seal);
        self
    }

    /// Reads streams through this client. [`from_env`](Self::from_env) makes one by itself.
    ///
    /// Timeouts and retries are the builder's, not the client's.
    #[cfg(feature = "streams")]
    pub fn streams_client(mut self, client: aws_sdk_dynamodbstreams::Client) -> Self {
        self.streams = crate::exec::aws::Streams::of(client);
        self
    }

    /// A handle on this client's DynamoDB. Timeouts and retries are the builder's, not the client's.
    #[cfg(feature = "aws")]
    pub fn client(self, client: aws_sdk_dynamodb::Client) -> Dynamo {
        let executor = crate::exec::aws::Aws::new(&client, &self.streams, self.settings);
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
        let (client, streams) = crate::exec::aws::clients_from_env().await;
        self.streams = self.streams.or(streams);
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
        let Self { names, clock, ids, retries, jitter, seal, .. } = self;
        let inner = Inner { executor: Arc::new(executor), names, clock, ids, retries, jitter, seal };
        Dynamo { inner: Arc::new(inner), role: None }
    }
}

/// 128 bits from the seeds that the standard library draws for its hash maps.
fn random_id() -> u128 {
    (u128::from(random()) << 64) | u128::from(random())
}

fn random() -> u64 {
    use core::hash::{BuildHasher, Hasher};
    std::hash::RandomState::new().build_hasher().finish()
}

impl fmt::Debug for DynamoBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DynamoBuilder").field("prefix", &self.names.prefix).finish_non_exhaustive()
    }
}
