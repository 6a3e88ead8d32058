//! One run: an engine, faults before it, handles before those, and the log of what the callers were told.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use tablewright::testing::{Embedded, Faults};
use tablewright::{CallSettings, Dynamo, DynamoBuilder, Error, Failure, Response, tables};
use tokio::time::Instant;

use super::model::{ANCHOR, Counter, State};
use super::op::Op;
use super::witness::{MARK, Witness};
use super::wrong::{Repeats, Tokenless, Wrong};

/// What is between a handle and the faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// Nothing: the handle's executor fails as the AWS executor does after its last attempt.
    Waist,
    /// The SDK's client with the handle's own timeouts and attempts, whose HTTP responses are faulty.
    Wire,
    /// The same with a handle that repeats writes.
    WireRepeating,
    /// An executor that repeats what must not be repeated.
    Repeating,
    /// An executor that gives each attempt of a transaction another token.
    Tokenless,
    /// An executor that calls a request not sent when it gets no answer.
    Lying,
    /// An executor that takes no answer for an empty one.
    Hoping,
}

impl Level {
    /// The name in tables.
    pub(super) fn name(self) -> String {
        format!("{self:?}").to_lowercase()
    }
}

#[derive(Clone)]
pub(super) struct World {
    pub(super) faults: Faults,
    pub(super) witness: Witness,
    pub(super) db: Dynamo,
    pub(super) key: u64,
    calls: Arc<Mutex<Vec<Call>>>,
    ticks: Arc<AtomicU64>,
}

/// What a caller was told.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) op: Op,
    pub(super) tag: String,
    pub(super) began: Instant,
    pub(super) ended: Instant,
    pub(super) told: Told,
    /// What a guarded write expects, and what others set.
    pub(super) expected: u64,
    /// When it began and ended among the other calls, where the clock does not tell.
    pub(super) order: (u64, u64),
}

#[derive(Clone, Debug)]
pub(super) enum Told {
    /// A write was applied.
    Done,
    /// A read found this.
    Found(State),
    /// A read counted so many items.
    Counted(u64),
    /// The condition was not met, so that nothing was written.
    ConditionFailed,
    /// Nothing was written.
    NotApplied(&'static str),
    /// It is not known.
    Unknown(&'static str),
    /// The caller gave up before it was told anything.
    Cancelled,
}

/// A handle whose pauses are drawn from the numbers that the SDK draws its own from, so that a seed decides them.
pub(super) fn handle() -> DynamoBuilder {
    Dynamo::builder().jitter(|| fastrand::u64(..))
}

/// Runs something on a clock that does not wait.
pub(super) fn paused<T>(run: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build();
    runtime.expect("a runtime starts").block_on(run)
}

/// An engine with the table.
pub(super) async fn engine() -> Embedded {
    let engine = Embedded::memory().expect("the engine starts");
    let db = Dynamo::with_executor(engine.clone());
    db.create_tables(tables![Counter]).await.expect("the table is made");
    db.put(&Counter { id: ANCHOR, n: 0, by: String::new() }).await.expect("the anchor is put");
    engine
}

impl World {
    /// A world around one item of an engine, without faults and without the item.
    pub(super) fn new(engine: &Embedded, key: u64, level: Level) -> Self {
        let witness = Witness::new(engine.clone(), key);
        let faults = Faults::new(witness.clone());
        let builder = handle();
        let db = match level {
            Level::Waist => builder.executor(faults.clone()),
            Level::Wire => builder.client(faults.sdk_client()),
            Level::WireRepeating => {
                let mut settings = CallSettings::default();
                settings.repeat_writes = true;
                builder.call_settings(settings).client(faults.sdk_client())
            }
            Level::Repeating => builder.executor(Repeats(faults.clone())),
            Level::Tokenless => builder.executor(Tokenless(faults.clone())),
            Level::Lying => builder.executor(Wrong(faults.clone(), |_| Err(Failure::NotSent("scripted".into())))),
            Level::Hoping => builder
                .executor(Wrong(faults.clone(), |_| Ok(Response { body: "{}".into(), request_id: None, attempts: 1 }))),
        };
        Self { faults, witness, db, key, calls: Arc::default(), ticks: Arc::default() }
    }

    /// Puts the item there before any fault.
    pub(super) async fn with_item(self) -> Self {
        let tag = format!("{MARK}begin");
        self.call(Op::Put, &tag, 0).await;
        self
    }

    /// Does something and logs what the caller was told.
    pub(super) async fn call(&self, op: Op, tag: &str, expected: u64) -> Told {
        let begun = self.begin(op, tag, expected);
        let told = told(op.perform(self, tag, expected).await);
        self.log(begun, told.clone());
        told
    }

    /// A call that begins now and was told nothing so far.
    pub(super) fn begin(&self, op: Op, tag: &str, expected: u64) -> Call {
        let (now, tick) = (Instant::now(), self.tick());
        let tag = tag.to_owned();
        Call { op, tag, began: now, ended: now, told: Told::Cancelled, expected, order: (tick, tick) }
    }

    /// Ends a call.
    pub(super) fn log(&self, mut call: Call, told: Told) {
        (call.ended, call.order.1, call.told) = (Instant::now(), self.tick(), told);
        self.calls.lock().unwrap().push(call);
    }

    fn tick(&self) -> u64 {
        self.ticks.fetch_add(1, Ordering::Relaxed)
    }

    pub(super) fn calls(&self) -> Vec<Call> {
        self.calls.lock().unwrap().clone()
    }

    /// Ends the faults and waits until no write is on its way.
    pub(super) async fn settle(&self) {
        self.faults.stop();
        self.faults.settle().await;
    }
}

/// An item's value is in nothing that a log may have.
pub(super) fn holds_no_value(thing: &impl std::fmt::Debug) {
    let text = format!("{thing:?}");
    assert!(!text.contains(MARK), "an item's value is in it: {text}");
}

pub(super) fn told(result: Result<Told, Error>) -> Told {
    match result {
        Ok(told) => told,
        Err(error) => {
            holds_no_value(&error);
            assert!(!error.to_string().contains(MARK), "an item's value is in an error: {error}");
            match error {
                Error::ConditionFailed(_) => Told::ConditionFailed,
                error if error.is_definitely_not_applied() => Told::NotApplied(error.class()),
                error => Told::Unknown(error.class()),
            }
        }
    }
}
