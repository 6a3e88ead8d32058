//! An executor that makes another one fail.

mod batch;
mod facts;
mod fault;
mod late;
mod pages;
mod random;
mod rates;
mod refusal;
mod replica;
mod run;
mod script;
mod seeds;
mod shards;
mod state;
mod streams;
mod trace;
mod waist;
#[cfg(feature = "aws")]
mod wire;

use core::fmt;
use core::ops::Range;
use core::time::Duration;
use std::sync::Arc;

use crate::{Executor, Operation};
pub use fault::{Applied, Cancellation, Fault, Loss, Refused, Throttle};
pub use rates::{Class, Rates};
use replica::Replica;
pub use seeds::{Seeds, seeds};
use state::{Inner, State};
pub use trace::{Event, Happening, Trace};

/// An executor that makes another one fail: it loses, delays, damages and refuses, by a script or at random from a seed.
///
/// Wrapped around an [`Embedded`](super::Embedded) engine it shows what a program does when the network fails: whether
/// it takes a lost answer for a failure, counts twice, or forgets unprocessed items. Clones share one script and trace.
///
/// # A script
///
/// ```
/// # #[cfg(feature = "embedded")]
/// # fn main() -> Result<(), tablewright::Error> {
/// use tablewright::prelude::*;
/// use tablewright::testing::{Applied, Embedded, Fault, Faults, Loss};
///
/// #[derive(DynamoTable)]
/// #[dynamo(table = "counters")]
/// struct Counter {
///     #[dynamo(partition_key)]
///     id: u64,
///     hits: u64,
/// }
///
/// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
/// let faults = Faults::new(Embedded::memory()?);
/// let db = Dynamo::with_executor(faults.clone());
/// db.create_tables(tablewright::tables![Counter]).await?;
///
/// faults.inject(Fault::Lost(Loss::Reset, Applied::Before));
/// let lost = db.upsert(Counter::key(1)).increment(|c| c.hits, 1).await;
/// assert!(matches!(lost, Err(tablewright::Error::OutcomeUnknown(_))), "it may have been counted");
/// assert_eq!(db.get(Counter::key(1)).consistent().await?.map(|c| c.hits), Some(1), "and it was");
/// # Ok(())
/// # })
/// # }
/// # #[cfg(not(feature = "embedded"))]
/// # fn main() {}
/// ```
///
/// # Random schedules
///
/// A schedule is a seed. Under Tokio's paused clock (`start_paused = true`) no time passes while it runs, and the same
/// seed gives the same faults at the same moments. If a test panics while it holds the last clone, the seed and the
/// [`Trace`] are printed; `TABLEWRIGHT_SEED=… cargo test …` then runs that schedule alone, see [`seeds`].
///
/// ```
/// # #[cfg(feature = "embedded")]
/// # fn main() -> Result<(), tablewright::Error> {
/// use tablewright::prelude::*;
/// use tablewright::testing::{Embedded, Faults, Rates, seeds};
///
/// #[derive(DynamoTable)]
/// #[dynamo(table = "counters")]
/// struct Counter {
///     #[dynamo(partition_key)]
///     id: u64,
///     hits: u64,
/// }
///
/// for seed in seeds(20) {
///     // In a test this is `#[tokio::test(start_paused = true)]`.
///     let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
///     runtime.block_on(async {
///         let faults = Faults::new(Embedded::memory()?);
///         let db = Dynamo::with_executor(faults.clone());
///         db.create_tables(tablewright::tables![Counter]).await?;
///         faults.seeded(seed, Rates::new(0.3));
///
///         let (mut counted, mut unknown) = (0, 0);
///         for _ in 0..10 {
///             match db.upsert(Counter::key(1)).increment(|c| c.hits, 1).await {
///                 Ok(()) => counted += 1,
///                 Err(error) if error.is_definitely_not_applied() => {}
///                 Err(_) => unknown += 1,
///             }
///         }
///         faults.stop();
///         faults.settle().await;
///         let hits = db.get(Counter::key(1)).consistent().await?.map_or(0, |c| c.hits);
///         assert!((counted..=counted + unknown).contains(&hits), "{}", faults.trace());
///         Ok::<(), tablewright::Error>(())
///     })?;
/// }
/// # Ok(())
/// # }
/// # #[cfg(not(feature = "embedded"))]
/// # fn main() {}
/// ```
///
/// # What a fault looks like
///
/// As an [`Executor`] it fails as the AWS executor does after its last attempt: a reset is
/// [`Failure::ConnectionLost`](crate::Failure::ConnectionLost), a hang
/// [`Failure::TimedOut`](crate::Failure::TimedOut) after [`attempt_timeout`](Self::attempt_timeout), a damaged answer
/// [`Failure::Corrupt`](crate::Failure::Corrupt). With the feature `aws`, [`sdk_client`](Self::sdk_client) is a client of
/// the SDK on the other end of which the same faults happen to HTTP responses, so that the SDK's own attempts are tested as
/// well.
///
/// Late writes, latency and hangs need a Tokio runtime with time.
#[derive(Clone)]
pub struct Faults(Arc<Inner>);

impl Faults {
    /// Wraps an executor. Requests go through until there are faults.
    pub fn new(executor: impl Executor) -> Self {
        Self(Arc::new(Inner::new(Arc::new(executor))))
    }

    /// Adds a fault to the script: the next request that it fits gets it.
    ///
    /// [`Fault::None`] fits every request, and lets it through.
    pub fn inject(&self, fault: Fault) -> &Self {
        self.with(|state| state.script.plan(None, fault));
        self
    }

    /// Adds a fault to the script for the next request of this operation, whatever comes before it.
    pub fn inject_into(&self, operation: Operation, fault: Fault) -> &Self {
        self.with(|state| state.script.plan(Some(operation), fault));
        self
    }

    /// Adds faults to the script, one for each request in order.
    pub fn inject_all(&self, faults: impl IntoIterator<Item = Fault>) -> &Self {
        self.with(|state| faults.into_iter().for_each(|fault| state.script.plan(None, fault)));
        self
    }

    /// Chooses faults at random from now on, where the script has none: the same ones for the same seed.
    pub fn seeded(&self, seed: u64, rates: Rates) -> &Self {
        self.with(|state| state.script.seed(seed, rates));
        self
    }

    /// Lets each request and each answer take a random time in this range, so that callers overtake each other.
    ///
    /// The times come from the seed as well.
    pub fn latency(&self, each_way: Range<Duration>) -> &Self {
        self.with(|state| state.latency = Some(each_way));
        self
    }

    /// How long a request that hangs takes until it fails; 5 seconds unless it is set, as in
    /// [`CallSettings`](crate::CallSettings).
    pub fn attempt_timeout(&self, timeout: Duration) -> &Self {
        self.with(|state| state.attempt_timeout = timeout);
        self
    }

    /// Makes stale reads possible: writes are repeated on this executor, and stale reads are answered by it before the
    /// latest ones are.
    ///
    /// It has to begin with the same tables and items as the one that is wrapped, such as none.
    pub fn stale_reads_from(&self, replica: impl Executor) -> &Self {
        self.with(|state| state.replica = Some(Arc::new(Replica::new(Arc::new(replica)))));
        self
    }

    /// Lets every request through, until there are new faults. Late writes still arrive, as [`settle`](Self::settle) waits for.
    pub fn stop(&self) {
        self.with(|state| state.script.stopped = true);
    }

    /// Waits until no write is on its way any more.
    pub async fn settle(&self) {
        late::settle(&self.0).await;
    }

    /// What happened so far.
    #[must_use]
    pub fn trace(&self) -> Trace {
        self.with(|state| state.trace())
    }

    /// How many faults of the script no request has had.
    #[must_use]
    pub fn left(&self) -> usize {
        self.with(|state| state.script.left())
    }

    /// How many requests are neither answered nor dropped by their caller.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.with(|state| state.in_flight)
    }

    fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        self.0.with(act)
    }
}

impl fmt::Debug for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.with(|state| {
            f.debug_struct("Faults")
                .field("executor", &self.0.executor)
                .field("seed", &state.script.seed)
                .field("left", &state.script.left())
                .field("in_flight", &state.in_flight)
                .finish_non_exhaustive()
        })
    }
}
