//! One run: an engine, faults before it, handles before those, and the log of what the callers were told.

use std::sync::{Arc, Mutex};

use tablewright::testing::{Embedded, Faults};
use tablewright::{CallSettings, Dynamo, DynamoBuilder, Error, Failure, Response, tables};
use tokio::time::Instant;

use super::model::{Counter, Op, State};
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
}

/// What a caller was told.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) op: Op,
    pub(super) tag: String,
    pub(super) began: Instant,
    pub(super) ended: Instant,
    pub(super) told: Told,
}

#[derive(Clone, Debug)]
pub(super) enum Told {
    /// A write was applied.
    Done,
    /// A read found this.
    Found(State),
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
    Dynamo::with_executor(engine.clone()).create_tables(tables![Counter]).await.expect("the table is made");
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
        Self { faults, witness, db, key, calls: Arc::default() }
    }

    /// Puts the item there before any fault.
    pub(super) async fn with_item(self) -> Self {
        let tag = format!("{MARK}begin");
        self.call(Op::Put, &tag, 0).await;
        self
    }

    /// Does something and logs what the caller was told.
    pub(super) async fn call(&self, op: Op, tag: &str, expected: u64) -> Told {
        let began = Instant::now();
        let told = told(op.perform(&self.db, self.key, tag, expected).await);
        self.log(op, tag, began, told.clone());
        told
    }

    pub(super) fn log(&self, op: Op, tag: &str, began: Instant, told: Told) {
        let call = Call { op, tag: tag.to_owned(), began, ended: Instant::now(), told };
        self.calls.lock().unwrap().push(call);
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

pub(super) fn told(result: Result<Option<State>, Error>) -> Told {
    match result {
        Ok(None) => Told::Done,
        Ok(Some(state)) => Told::Found(state),
        Err(error) => {
            let text = format!("{error} {error:?}");
            assert!(!text.contains(MARK), "an item's value is in an error: {text}");
            match error {
                Error::ConditionFailed(_) => Told::ConditionFailed,
                error if error.is_definitely_not_applied() => Told::NotApplied(error.class()),
                error => Told::Unknown(error.class()),
            }
        }
    }
}
