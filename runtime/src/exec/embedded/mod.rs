//! A DynamoDB inside this process.

mod completion;
#[cfg(feature = "aws")]
mod connector;
mod dispatch;
mod stack;
mod streams;
mod sweep;

use core::fmt;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use bytes::Bytes;
use dynoxide::Database;

use super::{BoxFuture, Executor, Failure, Request, Response, ServiceFailure};
use crate::error::InvalidRequest;
use crate::{EpochSeconds, Result};
use completion::Completion;
#[cfg(feature = "testing")]
pub(crate) use sweep::hold as keep_expired;

/// A DynamoDB inside this process, in memory or in a file.
///
/// It is an [`Executor`], so that a handle can be made of it, and clones share one set of tables. With the feature
/// `aws` it is also the other end of an SDK client ([`sdk_client`](Self::sdk_client)), so that code which uses the
/// SDK works on the same tables.
///
/// Tables are active at once and reads are always consistent. Items whose time to live is over are removed before the
/// first call of each second. Point-in-time recovery, and changed capacity and limits of an index, are remembered as
/// long as the engine lives; everything else is in the file, if there is one.
///
/// ```
/// # async fn example() -> Result<(), tablewright::Error> {
/// use tablewright::{Dynamo, testing::Embedded};
///
/// let engine = Embedded::memory()?;
/// let db = Dynamo::with_executor(engine.clone());
/// # let _ = db;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Embedded(Arc<Engine>);

type Clock = dyn Fn() -> SystemTime + Send + Sync;

struct Engine {
    database: Database,
    /// A file blocks, so its calls run on threads that may.
    blocks: bool,
    completion: Mutex<Completion>,
    clock: Arc<Clock>,
    swept_at: AtomicU64,
    calls: AtomicU64,
}

impl Embedded {
    /// An empty engine in memory.
    ///
    /// # Errors
    /// If the engine does not start.
    pub fn memory() -> Result<Self> {
        Self::memory_with_clock(SystemTime::now)
    }

    /// An empty engine in memory that takes the time from here, so that a test decides when items expire.
    ///
    /// # Errors
    /// If the engine does not start.
    pub fn memory_with_clock(clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Result<Self> {
        Self::memory_with_shared_clock(Arc::new(clock))
    }

    pub(crate) fn memory_with_shared_clock(clock: Arc<Clock>) -> Result<Self> {
        let engine_clock = Arc::new(EngineClock(Arc::clone(&clock)));
        let database = Database::memory_with_clock(engine_clock)
            .map_err(|error| not_started(format!("the embedded DynamoDB does not start: {error}")))?;
        Ok(Self::of(database, false, clock))
    }

    /// The engine in this file, which is made if it is not there. Its directory must exist.
    ///
    /// # Errors
    /// If the file cannot be opened or made, or is not the engine's.
    pub fn file(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let named = |what: &str| not_started(format!("the embedded database `{}` {what}", path.display()));
        if path.is_dir() {
            return Err(named("is a directory; give the path of a file"));
        }
        let directory = path.parent().filter(|directory| !directory.as_os_str().is_empty());
        if directory.is_some_and(|directory| !directory.is_dir()) {
            return Err(named("cannot be made, because its directory does not exist; make the directory first"));
        }
        let Some(text) = path.to_str() else {
            return Err(named("has a path that is not UTF-8; give it another name"));
        };
        let database = Database::new(text).map_err(|error| {
            named(&format!("cannot be opened: {error}; give the path of a file that this engine made, or of a new one"))
        })?;
        Ok(Self::of(database, true, Arc::new(SystemTime::now)))
    }

    fn of(database: Database, blocks: bool, clock: Arc<Clock>) -> Self {
        Self(Arc::new(Engine {
            database,
            blocks,
            completion: Mutex::default(),
            clock,
            swept_at: AtomicU64::new(0),
            calls: AtomicU64::new(0),
        }))
    }

    /// Runs one operation, given by DynamoDB's name of it, and gives the HTTP status and the JSON of its answer.
    ///
    /// It knows more operations than the typed calls use, such as those of streams and of `PartiQL`, so that a server
    /// can be made of it. It blocks while the engine works.
    #[must_use]
    pub fn call(&self, operation: &str, body: &[u8]) -> (u16, Bytes) {
        self.sweep();
        self.answer(operation, body)
    }

    fn answer(&self, operation: &str, body: &[u8]) -> (u16, Bytes) {
        let (status, json) = dispatch::answer(&self.0.database, &self.0.completion, operation, body);
        (status, Bytes::from(json))
    }

    /// Removes what has expired, at most once for each second of the clock.
    fn sweep(&self) {
        let now = EpochSeconds::at((self.0.clock)()).0;
        if self.0.swept_at.swap(now, Ordering::Relaxed) != now {
            // A sweep that fails leaves expired items in place, which DynamoDB also does for a while.
            let _ = self.0.database.sweep_ttl();
        }
    }

    fn next_request_id(&self) -> Box<str> {
        format!("EMBEDDED{:012}", self.0.calls.fetch_add(1, Ordering::Relaxed)).into()
    }

    /// Runs a call where it may block: at once in memory, on a thread for it if there is a file.
    async fn run<T: Send + 'static>(
        &self,
        act: impl FnOnce(&Self) -> T + Send + 'static,
    ) -> Result<T, tokio::task::JoinError> {
        if self.0.blocks && tokio::runtime::Handle::try_current().is_ok() {
            let engine = self.clone();
            tokio::task::spawn_blocking(move || act(&engine)).await
        } else {
            Ok(act(self))
        }
    }
}

impl Executor for Embedded {
    fn execute(&self, request: Request) -> BoxFuture<'_, Result<Response, Failure>> {
        Box::pin(async move {
            let held = sweep::is_held();
            let answer = self
                .run(move |engine| {
                    if !held {
                        engine.sweep();
                    }
                    engine.answer(request.operation.as_str(), &request.body)
                })
                .await;
            let (status, body) = answer.map_err(|stopped| Failure::ConnectionLost(stopped.into()))?;
            let request_id = Some(self.next_request_id());
            if status == 200 {
                Ok(Response { body, request_id, attempts: 1 })
            } else {
                Err(Failure::Service(ServiceFailure::from_body(status, body, request_id)))
            }
        })
    }
}

/// The handle's clock in the shape that the engine wants.
struct EngineClock(Arc<Clock>);

impl dynoxide::storage_backend::Clock for EngineClock {
    fn now_unix_secs(&self) -> u64 {
        EpochSeconds::at((self.0)()).0
    }

    fn now_unix_secs_f64(&self) -> f64 {
        (self.0)().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs_f64()
    }
}

fn not_started(reason: String) -> crate::Error {
    InvalidRequest::Setting { reason: reason.into() }.into()
}

impl fmt::Debug for Embedded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Embedded").field("in_file", &self.0.blocks).finish_non_exhaustive()
    }
}
