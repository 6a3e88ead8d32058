//! Who sees what is really applied: an executor between the faults and the engine.

use std::sync::{Arc, Mutex};

use tablewright::testing::{BoxFuture, Embedded};
use tablewright::{Executor, Failure, Operation, Request, Response};
use tokio::time::Instant;

use super::model::{State, partner};

/// Every write's values contain this before its number, so that it can be told apart and found where it must not be.
pub(super) const MARK: &str = "canary-";

/// Passes requests on to the engine and takes note of what each write did.
#[derive(Clone, Debug)]
pub(super) struct Witness {
    engine: Embedded,
    key: u64,
    seen: Arc<Mutex<Vec<Seen>>>,
    /// The item and its partner, as they were after the last write.
    known: Arc<Mutex<[State; 2]>>,
}

/// A write that reached the engine.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) at: Instant,
    /// The write's own mark.
    pub(super) tag: String,
    /// What is stored afterwards, or the code of the refusal.
    pub(super) outcome: Result<State, Box<str>>,
}

impl Witness {
    pub(super) fn new(engine: Embedded, key: u64) -> Self {
        let witness = Self { engine, key, seen: Arc::default(), known: Arc::default() };
        *witness.known.lock().unwrap() = witness.both();
        witness
    }

    /// What reached the engine, in order.
    pub(super) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub(super) fn both(&self) -> [State; 2] {
        [self.key, partner(self.key)].map(|key| self.stored_under(key))
    }

    /// What is stored now.
    pub(super) fn stored(&self) -> State {
        self.stored_under(self.key)
    }

    fn stored_under(&self, key: u64) -> State {
        let body = format!(r#"{{"TableName":"counters","ConsistentRead":true,"Key":{{"id":{{"N":"{key}"}}}}}}"#);
        let (_, answer) = self.engine.call("GetItem", body.as_bytes());
        State::read(&serde_json::from_slice(&answer).expect("the engine answers JSON"))
    }
}

impl Executor for Witness {
    fn execute(&self, request: Request) -> BoxFuture<'_, Result<Response, Failure>> {
        Box::pin(async move {
            let tag = tag_of(&request);
            let is_transaction = request.operation == Operation::TransactWriteItems;
            let of_both = is_transaction || request.operation == Operation::BatchWriteItem;
            let answer = self.engine.execute(request).await;
            if of_both || tag.is_some() {
                let mut known = self.known.lock().unwrap();
                let now = if of_both { self.both() } else { [self.stored(), known[1].clone()] };
                let before = std::mem::replace(&mut *known, now);
                let changed = known.iter().zip(&before).filter(|(after, before)| after != before).count();
                assert!(!is_transaction || changed != 1, "a transaction was applied in part");
                assert!(answer.is_ok() || changed == 0, "what is refused changes nothing");
                if is_transaction && changed == 0 && answer.is_ok() {
                    // The token is that of a transaction that was applied before.
                    return answer;
                }
            }
            if let Some(tag) = tag {
                let outcome = match &answer {
                    Ok(_) => Ok(self.known.lock().unwrap()[0].clone()),
                    Err(Failure::Service(failure)) => Err(failure.code.clone()),
                    Err(other) => panic!("the engine does not fail: {other}"),
                };
                self.seen.lock().unwrap().push(Seen { at: Instant::now(), tag, outcome });
            }
            answer
        })
    }
}

fn tag_of(request: &Request) -> Option<String> {
    let write = !request.operation.is_read();
    let body = request.json();
    // What is written comes after what is needed, where a move has both.
    let start = body.rfind(MARK).filter(|_| write)?;
    body[start..].split('"').next().map(str::to_owned)
}
