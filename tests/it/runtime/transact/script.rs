//! An executor that plays a script over the embedded engine, one step for each attempt of a transaction.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tablewright::testing::{BoxFuture, Embedded};
use tablewright::{Dynamo, Executor, Failure, Operation, Request, Response, ServiceFailure, tables};
use tokio::time::Instant;

use super::{Account, Transfer};

/// What happens to one attempt.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
    /// The engine answers.
    Pass,
    /// The engine answers, and the answer is lost.
    LoseAnswer,
    /// The request is lost before it gets to the engine.
    LoseRequest,
    /// The answer is lost, and the engine gets the request after so many milliseconds.
    Late(u64),
    /// The request is not sent.
    NotSent,
    /// The engine answers, and nothing comes for a minute.
    Hang,
    /// The engine applies it, and something between answers with this status, and a body that is not DynamoDB's.
    Gateway(u16),
    /// The engine applies it, and the body comes cut off.
    CutOff,
    /// DynamoDB refuses with this code.
    Refuse(&'static str),
    /// DynamoDB cancels the transaction for these reasons.
    Cancel(&'static [&'static str]),
}

#[derive(Debug, Clone)]
pub(super) struct Script(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    engine: Embedded,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    steps: VecDeque<Step>,
    /// When each transaction came, and what it said.
    seen: Vec<(Instant, Request)>,
}

impl Script {
    /// A script over an engine with both tables, and a handle with pauses of half their ceiling.
    pub(super) async fn new(steps: &[Step]) -> (Dynamo, Self) {
        Self::with(steps, |builder| builder).await
    }

    pub(super) async fn with(
        steps: &[Step],
        settings: impl FnOnce(tablewright::DynamoBuilder) -> tablewright::DynamoBuilder,
    ) -> (Dynamo, Self) {
        let state = State { steps: steps.iter().copied().collect(), seen: Vec::new() };
        let script = Self(Arc::new(Inner { engine: Embedded::memory().unwrap(), state: Mutex::new(state) }));
        let builder = settings(Dynamo::builder().jitter(|| u64::MAX / 2));
        let db = builder.executor(script.clone());
        db.create_tables(tables![Account, Transfer]).await.unwrap();
        (db, script)
    }

    /// How many transactions came.
    pub(super) fn attempts(&self) -> usize {
        self.seen().len()
    }

    pub(super) fn seen(&self) -> Vec<(Instant, Request)> {
        self.0.state.lock().unwrap().seen.clone()
    }

    /// The steps that were not played.
    pub(super) fn left(&self) -> usize {
        self.0.state.lock().unwrap().steps.len()
    }
}

impl Executor for Script {
    fn execute(&self, request: Request) -> BoxFuture<'_, Result<Response, Failure>> {
        if !matches!(request.operation, Operation::TransactWriteItems | Operation::TransactGetItems) {
            return self.0.engine.execute(request);
        }
        Box::pin(async move {
            let step = {
                let mut state = self.0.state.lock().unwrap();
                state.seen.push((Instant::now(), request.clone()));
                state.steps.pop_front().unwrap_or(Step::Pass)
            };
            let service = |status, body: String| {
                Failure::Service(ServiceFailure::from_body(status, body.into(), Some("REQUEST7".into())))
            };
            // Places where the future can be dropped, before and after the engine.
            tokio::task::yield_now().await;
            let answer = match step {
                Step::Pass => self.0.engine.execute(request).await,
                Step::LoseAnswer => {
                    let _ = self.0.engine.execute(request).await;
                    Err(Failure::ConnectionLost("scripted".into()))
                }
                Step::LoseRequest => Err(Failure::ConnectionLost("scripted".into())),
                Step::Late(millis) => {
                    let engine = self.0.engine.clone();
                    tokio::spawn(async move {
                        tokio::time::sleep(Duration::from_millis(millis)).await;
                        engine.execute(request).await
                    });
                    Err(Failure::TimedOut)
                }
                Step::NotSent => Err(Failure::NotSent("scripted".into())),
                Step::Hang => {
                    let _ = self.0.engine.execute(request).await;
                    tokio::time::sleep(Duration::from_secs(60)).await;
                    Err(Failure::TimedOut)
                }
                Step::Gateway(status) => {
                    let _ = self.0.engine.execute(request).await;
                    Err(service(status, "<html>".into()))
                }
                Step::CutOff => {
                    let answer = self.0.engine.execute(request).await?;
                    Ok(Response { body: answer.body.slice(..answer.body.len() / 2), ..answer })
                }
                Step::Refuse(code) => Err(service(400, format!(r#"{{"__type":"x#{code}","message":"scripted"}}"#))),
                Step::Cancel(codes) => {
                    let reasons: Vec<_> = codes.iter().map(|code| format!(r#"{{"Code":"{code}"}}"#)).collect();
                    let reasons = reasons.join(",");
                    let code = "x#TransactionCanceledException";
                    Err(service(400, format!(r#"{{"__type":"{code}","CancellationReasons":[{reasons}]}}"#)))
                }
            };
            tokio::task::yield_now().await;
            answer
        })
    }
}
