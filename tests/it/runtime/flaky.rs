//! A DynamoDB of one table that answers batches in part, late, or not at all, by a seed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use tablewright::testing::Spy;
use tablewright::{Executor, Failure, Operation, Request, Response, ServiceFailure};

type BoxFuture<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The same random numbers for the same seed.
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    pub(crate) fn below(&mut self, end: u64) -> u64 {
        (self.next() >> 11) % end.max(1)
    }
}

/// Items whose key is the number `id` and whose value is `serial`, in the table `flakes`.
#[derive(Debug, Clone)]
pub(crate) struct Flaky(Arc<Mutex<State>>);

#[derive(Debug)]
pub(crate) struct State {
    random: Random,
    /// How many of 100 calls go wrong.
    faults: u64,
    /// The items, by `id`.
    pub(crate) items: BTreeMap<String, Value>,
    /// The `serial` of each put that was ever applied, and of deletes their key.
    pub(crate) applied: BTreeSet<String>,
    pub(crate) calls: u64,
}

impl Flaky {
    pub(crate) fn new(seed: u64, faults: u64) -> Self {
        let (items, applied) = Default::default();
        Self(Arc::new(Mutex::new(State { random: Random::new(seed), faults, items, applied, calls: 0 })))
    }

    pub(crate) fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        act(&mut self.0.lock().unwrap())
    }
}

impl State {
    fn answer(&mut self, request: &Request) -> Result<Value, Failure> {
        self.calls += 1;
        let body: Value = serde_json::from_slice(&request.body).expect("a request is JSON");
        let wrong = self.random.below(100) < self.faults;
        let kind = if wrong { self.random.below(7) } else { 7 };
        // How many of 100 keys or items are done.
        let share = [0, 50, 95, 100][self.random.below(4) as usize];
        let refused = |status, code: &str| Failure::Service(ServiceFailure::from_body(status, error_body(code), None));
        match kind {
            0 => Err(refused(400, "ProvisionedThroughputExceededException")),
            1 => Err(Failure::ConnectionLost("scripted".into())),
            2 | 3 => {
                self.run(request.operation, &body, share);
                Err(if kind == 2 { Failure::TimedOut } else { Failure::Corrupt("scripted") })
            }
            4 => {
                self.run(request.operation, &body, share);
                Err(refused(500, "InternalServerError"))
            }
            5 => {
                self.run(request.operation, &body, share);
                Err(Failure::Undecided(Box::new(refused(400, "ThrottlingException"))))
            }
            6 if self.random.below(8) == 0 => Err(refused(400, "ValidationException")),
            _ => Ok(self.run(request.operation, &body, if wrong { share } else { 100 })),
        }
    }

    fn run(&mut self, operation: Operation, body: &Value, share: u64) -> Value {
        match operation {
            Operation::BatchWriteItem => self.write(body["RequestItems"]["flakes"].as_array().expect("writes"), share),
            Operation::BatchGetItem => {
                self.read(body["RequestItems"]["flakes"]["Keys"].as_array().expect("keys"), share)
            }
            other => panic!("{other} is not served"),
        }
    }

    fn write(&mut self, writes: &[Value], share: u64) -> Value {
        assert!((1..=25).contains(&writes.len()), "{} writes in a call", writes.len());
        let mut left = Vec::new();
        let mut ids = BTreeSet::new();
        for write in writes {
            let (put, delete) = (&write["PutRequest"]["Item"], &write["DeleteRequest"]["Key"]);
            let id = [put, delete].map(|item| item["id"]["N"].as_str()).into_iter().flatten().next().expect("an id");
            assert!(ids.insert(id.to_owned()), "two writes of one item");
            if self.random.below(100) >= share {
                left.push(write.clone());
            } else if put.is_object() {
                self.applied.insert(put["serial"]["N"].as_str().expect("a serial").to_owned());
                self.items.insert(id.to_owned(), put.clone());
            } else {
                self.applied.insert(format!("-{id}"));
                self.items.remove(id);
            }
        }
        if left.is_empty() { json!({}) } else { json!({ "UnprocessedItems": { "flakes": left } }) }
    }

    fn read(&mut self, keys: &[Value], share: u64) -> Value {
        assert!((1..=100).contains(&keys.len()), "{} keys in a call", keys.len());
        let (mut found, mut left) = (Vec::new(), Vec::new());
        for key in keys {
            if self.random.below(100) >= share {
                left.push(key.clone());
            } else {
                found.extend(self.items.get(key["id"]["N"].as_str().expect("an id")).cloned());
            }
        }
        found.reverse();
        json!({ "Responses": { "flakes": found }, "UnprocessedKeys": { "flakes": { "Keys": left } } })
    }
}

fn error_body(code: &str) -> bytes::Bytes {
    format!(r#"{{"__type":"com.amazonaws.dynamodb.v20120810#{code}","message":"scripted"}}"#).into()
}

impl Executor for Flaky {
    fn execute(&self, request: Request) -> BoxFuture<'_, Result<Response, Failure>> {
        Box::pin(async move {
            let wait = self.with(|state| state.random.below(5));
            if wait > 0 {
                tokio::time::sleep(Duration::from_millis(wait * 7)).await;
            }
            let answer = self.with(|state| state.answer(&request))?;
            let body = answer.to_string();
            // A spy's answer is the shortest way to a response.
            Spy::new().answer(body).execute(request).await
        })
    }
}

/// Runs a future to its end while time passes by itself.
pub(crate) fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.expect("a runtime").block_on(future)
}

/// Polls a future so often at most, and drops it then.
pub(crate) async fn polled<T>(future: impl Future<Output = T>, times: usize) -> Option<T> {
    let mut future = std::pin::pin!(future);
    let mut left = times;
    std::future::poll_fn(move |context| {
        if left == 0 {
            return std::task::Poll::Ready(None);
        }
        left -= 1;
        future.as_mut().poll(context).map(Some)
    })
    .await
}
