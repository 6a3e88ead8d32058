//! What the clones of a `Faults` share.

use core::ops::Range;
use core::time::Duration;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;
use tokio::time::Instant;

use super::facts::Facts;
use super::fault::Fault;
use super::replica::Replica;
use super::script::Script;
use super::shards::Shards;
use super::streams;
use super::trace::{Event, Happening, Trace};
use crate::{Executor, Failure, Operation, Request, Response};

pub(super) struct Inner {
    pub(super) executor: Arc<dyn Executor>,
    state: Mutex<State>,
}

pub(super) struct State {
    pub(super) replica: Option<Arc<Replica>>,
    pub(super) script: Script,
    pub(super) latency: Option<Range<Duration>>,
    pub(super) attempt_timeout: Duration,
    pub(super) in_flight: usize,
    pub(super) shards: Shards,
    /// The tables whose items expire.
    pub(super) expiring: BTreeSet<String>,
    /// When each late write arrives that has not arrived.
    pub(super) late: Vec<Instant>,
    begun: Option<Instant>,
    requests: u32,
    events: Vec<Event>,
}

/// A request that arrived, with what was decided about it.
pub(super) struct Arrival {
    pub(super) number: u32,
    pub(super) fault: Fault,
    pub(super) facts: Facts,
    /// How long it and its answer travel.
    pub(super) there: Duration,
    pub(super) back: Duration,
    pub(super) attempt_timeout: Duration,
}

impl Inner {
    pub(super) fn new(executor: Arc<dyn Executor>) -> Self {
        Self { executor, state: Mutex::new(State::new()) }
    }

    pub(super) fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        act(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Decides what happens to a request.
    pub(super) fn arrive(&self, request: &Request) -> Arrival {
        self.with(|state| {
            let facts = Facts::of(request, state);
            state.arrive(facts)
        })
    }

    /// Passes a request on, and takes note of what became of it.
    pub(super) async fn apply(&self, number: u32, request: Request) -> Result<Response, Failure> {
        let replica = self.with(|state| state.replica.clone());
        let expiry = expiry(&request);
        let answer = match &replica {
            Some(replica) if !request.operation.is_read() => replica.write(&*self.executor, request).await,
            _ if streams::has_shards(request.operation) => streams::read(self, request).await,
            _ => self.executor.execute(request).await,
        };
        let code = match &answer {
            Ok(_) => None,
            Err(Failure::Service(failure)) => Some(failure.code.clone()),
            Err(_) => Some("no answer".into()),
        };
        self.with(|state| {
            state.record(number, Happening::Applied(code));
            match expiry {
                Some((table, true)) if answer.is_ok() => {
                    state.expiring.insert(table);
                }
                Some((table, false)) if answer.is_ok() => {
                    state.expiring.remove(&table);
                }
                _ => {}
            }
        });
        answer
    }
}

/// The table whose time to live a request switches on or off.
fn expiry(request: &Request) -> Option<(String, bool)> {
    if request.operation != Operation::UpdateTimeToLive {
        return None;
    }
    let body: Value = serde_json::from_slice(&request.body).ok()?;
    let enabled = body.pointer("/TimeToLiveSpecification/Enabled")?.as_bool()?;
    Some((body.get("TableName")?.as_str()?.to_owned(), enabled))
}

impl State {
    const fn new() -> Self {
        Self {
            replica: None,
            script: Script::new(),
            latency: None,
            attempt_timeout: Duration::from_secs(5),
            in_flight: 0,
            shards: Shards::new(),
            expiring: BTreeSet::new(),
            late: Vec::new(),
            begun: None,
            requests: 0,
            events: Vec::new(),
        }
    }

    fn arrive(&mut self, facts: Facts) -> Arrival {
        self.requests = self.requests.saturating_add(1);
        self.in_flight += 1;
        let number = self.requests;
        let fault = self.script.choose(&facts);
        let mut travel = || match &self.latency {
            Some(range) if !self.script.stopped => self.script.random.within(range),
            _ => Duration::ZERO,
        };
        let (there, back) = (travel(), travel());
        let (operation, tables) = (facts.operation, facts.tables.clone());
        self.record(number, Happening::Arrived { operation, tables, fault });
        Arrival { number, fault, facts, there, back, attempt_timeout: self.attempt_timeout }
    }

    pub(super) fn record(&mut self, request: u32, happening: Happening) {
        let now = Instant::now();
        let at = now.saturating_duration_since(*self.begun.get_or_insert(now));
        self.events.push(Event { at, request, happening });
    }

    pub(super) fn trace(&self) -> Trace {
        Trace { seed: self.script.seed, events: self.events.clone() }
    }
}

impl Drop for Inner {
    /// Prints the schedule of a test that fails, since nothing else can tell what happened.
    #[expect(clippy::print_stderr, reason = "the test's own output is where its failure is explained")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            let trace = self.with(|state| state.trace());
            if trace.requests() > 0 {
                eprintln!("the faults of the test that failed: {trace}");
                if let Some(seed) = trace.seed() {
                    eprintln!("replay it with TABLEWRIGHT_SEED={seed}");
                }
            }
        }
    }
}
