//! An executor for unit tests: it records requests and plays scripted answers.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

use super::{BoxFuture, Executor, Failure, Operation, Request, Response, ServiceFailure};

/// Records each request and plays the answers that it was given, in order.
///
/// When the script is used up it answers as empty tables do: items that are not there, an empty page, a write that succeeded.
///
/// ```
/// # use tablewright::{Dynamo, DynamoTable, testing::Spy};
/// # #[derive(DynamoTable)]
/// # #[dynamo(table = "notes")]
/// # struct Note { #[dynamo(partition_key)] id: u64 }
/// # async fn example() -> Result<(), tablewright::Error> {
/// let spy = Spy::new();
/// let db = Dynamo::with_executor(spy.clone());
/// db.delete(Note::key(7)).await?;
/// assert_eq!(spy.requests()[0].json(), r#"{"TableName":"notes","Key":{"id":{"N":"7"}},"ReturnConsumedCapacity":"TOTAL"}"#);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default)]
pub struct Spy(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    recorded: Vec<Request>,
    /// Answers in order, each for any operation or for one.
    script: VecDeque<(Option<Operation>, Result<Response, Failure>)>,
}

/// The requests that a [`Spy`] has seen.
pub type Recorded = Vec<Request>;

impl Spy {
    /// A spy with an empty script.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a successful answer with this JSON to the script.
    #[must_use]
    pub fn answer(self, json: impl Into<String>) -> Self {
        self.play(Ok(Response { body: Bytes::from(json.into()), request_id: None, attempts: 1 }))
    }

    /// Adds a successful answer to the next request of this operation, whatever comes before it.
    #[must_use]
    pub fn answer_to(self, operation: Operation, json: impl Into<String>) -> Self {
        let answer = Ok(Response { body: Bytes::from(json.into()), request_id: None, attempts: 1 });
        self.add(Some(operation), answer)
    }

    /// Adds an error of DynamoDB with this code to the script, such as `ConditionalCheckFailedException`.
    #[must_use]
    pub fn refuse(self, code: &str) -> Self {
        self.play(Err(refusal(code)))
    }

    /// Adds an error of DynamoDB with this code to the next request of this operation, whatever comes before it.
    #[must_use]
    pub fn refuse_to(self, operation: Operation, code: &str) -> Self {
        self.add(Some(operation), Err(refusal(code)))
    }

    /// Adds any answer or failure to the script.
    #[must_use]
    pub fn play(self, answer: Result<Response, Failure>) -> Self {
        self.add(None, answer)
    }

    fn add(self, operation: Option<Operation>, answer: Result<Response, Failure>) -> Self {
        self.with(|state| state.script.push_back((operation, answer)));
        self
    }

    /// The requests so far, oldest first.
    #[must_use]
    pub fn requests(&self) -> Recorded {
        self.with(|state| state.recorded.clone())
    }

    /// The operations so far, oldest first.
    #[must_use]
    pub fn operations(&self) -> Vec<Operation> {
        self.with(|state| state.recorded.iter().map(|request| request.operation).collect())
    }

    fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn refusal(code: &str) -> Failure {
    let body = format!(r#"{{"__type":"com.amazonaws.dynamodb.v20120810#{code}","message":"scripted"}}"#);
    Failure::Service(ServiceFailure::from_body(400, Bytes::from(body), None))
}

/// The answer of tables without items: a transaction that reads has a response for each of its keys.
fn nothing_there(request: &Request) -> Response {
    let keys = || -> Option<usize> {
        let body: serde_json::Value = serde_json::from_slice(&request.body).ok()?;
        Some(body.get("TransactItems")?.as_array()?.len())
    };
    let body = match request.operation {
        Operation::TransactGetItems => {
            let responses = vec!["{}"; keys().unwrap_or(0)].join(",");
            Bytes::from(format!(r#"{{"Responses":[{responses}]}}"#))
        }
        _ => Bytes::from_static(b"{}"),
    };
    Response { body, request_id: None, attempts: 1 }
}

impl Executor for Spy {
    fn execute(&self, request: Request) -> BoxFuture<'_, Result<Response, Failure>> {
        let answer = self.with(|state| {
            let place = state.script.iter().position(|(of, _)| of.is_none_or(|of| of == request.operation));
            let scripted = place.and_then(|place| state.script.remove(place)).map(|(_, answer)| answer);
            let answer = scripted.unwrap_or_else(|| Ok(nothing_there(&request)));
            state.recorded.push(request);
            answer
        });
        Box::pin(core::future::ready(answer))
    }
}
