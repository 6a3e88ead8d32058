//! Executors that do what must not be done, for the checks to find.

use std::time::Duration;

use tablewright::testing::BoxFuture;
use tablewright::{Executor, Failure, Request, Response};

/// Sends a write again when it is not known whether it was applied, and reports the last attempt alone.
#[derive(Debug)]
pub(super) struct Repeats<E>(pub(super) E);

impl<E: Executor> Executor for Repeats<E> {
    fn execute(&self, request: Request) -> BoxFuture<'_, Result<Response, Failure>> {
        Box::pin(async move {
            for _ in 0..2 {
                let answer = self.0.execute(request.clone()).await;
                let again = match &answer {
                    Ok(_) => false,
                    Err(Failure::Service(failure)) => failure.status >= 500 || failure.code.contains("hrott"),
                    Err(_) => true,
                };
                if !again {
                    return answer;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            self.0.execute(request).await
        })
    }
}

/// Makes something else of a request that got no sound answer.
pub(super) struct Wrong<E>(pub(super) E, pub(super) fn(Failure) -> Result<Response, Failure>);

impl<E: Executor> Executor for Wrong<E> {
    fn execute(&self, request: Request) -> BoxFuture<'_, Result<Response, Failure>> {
        Box::pin(async move {
            match self.0.execute(request).await {
                Err(lost @ (Failure::TimedOut | Failure::ConnectionLost(_) | Failure::Corrupt(_))) => (self.1)(lost),
                sound => sound,
            }
        })
    }
}

impl<E> std::fmt::Debug for Wrong<E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Wrong(..)")
    }
}

/// Gives each attempt of a transaction a token of its own, as a caller does who makes the request again.
#[derive(Debug)]
pub(super) struct Tokenless<E>(pub(super) E);

impl<E: Executor> Executor for Tokenless<E> {
    fn execute(&self, mut request: Request) -> BoxFuture<'_, Result<Response, Failure>> {
        let mut body: serde_json::Value = serde_json::from_slice(&request.body).expect("a request is JSON");
        if body.get("ClientRequestToken").is_some() {
            body["ClientRequestToken"] = fastrand::u64(..).to_string().into();
            request.body = body.to_string().into();
        }
        self.0.execute(request)
    }
}
