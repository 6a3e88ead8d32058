//! One request on its way through its fault.

use core::time::Duration;
use std::sync::Arc;

use bytes::Bytes;

use super::batch::Split;
use super::facts::Facts;
use super::fault::{Applied, Fault, Loss};
use super::late;
use super::pages;
use super::refusal::{cancelled, refused};
use super::state::{Arrival, Inner};
use super::streams;
use super::trace::Happening;
#[cfg(feature = "embedded")]
use crate::exec::embedded::keep_expired;
use crate::{Failure, Request, Response};

/// What comes back.
pub(super) enum Outcome {
    /// A sound answer, or an error of DynamoDB.
    Answer(Result<Response, Failure>),
    /// The answer is lost in this way, with what it would have been.
    #[cfg_attr(not(feature = "aws"), expect(dead_code, reason = "only an HTTP response has a part of what is lost"))]
    Lost(Loss, Result<Response, Failure>),
}

/// A request that is neither answered nor dropped.
pub(super) struct Open {
    inner: Arc<Inner>,
    number: u32,
    ended: bool,
    pub(super) attempt_timeout: Duration,
}

/// Takes a request through its fault. The request is open as long as the second value lives.
pub(super) async fn run(inner: &Arc<Inner>, request: Request) -> (Outcome, Open) {
    let arrival = inner.arrive(&request);
    let (number, attempt_timeout) = (arrival.number, arrival.attempt_timeout);
    let open = Open { inner: Arc::clone(inner), number, ended: false, attempt_timeout };
    let (there, back) = (arrival.there, arrival.back);
    travel(there).await;
    let outcome = meet(inner, arrival, request).await;
    travel(back).await;
    (outcome, open)
}

async fn meet(inner: &Arc<Inner>, arrival: Arrival, request: Request) -> Outcome {
    let Arrival { number, fault, facts, attempt_timeout, .. } = arrival;
    Outcome::Answer(match fault {
        Fault::Refused(why) => Err(refused(why, &facts)),
        Fault::Cancelled(reason, mask) => Err(cancelled(reason, mask, &facts)),
        Fault::Lost(loss, applied) => {
            // A late write arrives after its caller has given up.
            let patience = if matches!(loss, Loss::Hang | Loss::Stall) { attempt_timeout } else { Duration::ZERO };
            return Outcome::Lost(loss, lose(inner, number, request, applied, patience).await);
        }
        Fault::Unprocessed(mask) => partial(inner, number, request, &facts, mask).await,
        Fault::ShortPage(items) => {
            let body = pages::shortened(&facts, items);
            inner.apply(number, Request { body, ..request }).await
        }
        Fault::EmptyPage => Ok(pages::empty(&facts)),
        Fault::Stale(writes) => match inner.with(|state| state.replica.clone()) {
            Some(replica) => replica.read(request, writes).await,
            None => inner.apply(number, request).await,
        },
        Fault::ShardSplit => {
            streams::split(inner, &facts).await;
            inner.apply(number, request).await
        }
        Fault::ExpiredStay => keep_expired(inner.apply(number, request)).await,
        Fault::None => inner.apply(number, request).await,
    })
}

/// Applies a request whose answer is lost, now, later or never.
async fn lose(
    inner: &Arc<Inner>,
    number: u32,
    request: Request,
    applied: Applied,
    patience: Duration,
) -> Result<Response, Failure> {
    match applied {
        Applied::Before => inner.apply(number, request).await,
        Applied::Later(after) if !request.operation.is_read() => {
            late::send(inner, number, request, patience + after);
            Ok(nothing())
        }
        Applied::Never | Applied::Later(_) => Ok(nothing()),
    }
}

/// No other executor can be told which items to keep.
#[cfg(not(feature = "embedded"))]
async fn keep_expired<F: Future>(calls: F) -> F::Output {
    calls.await
}

async fn partial(
    inner: &Arc<Inner>,
    number: u32,
    request: Request,
    facts: &Facts,
    mask: u64,
) -> Result<Response, Failure> {
    let split = Split::of(facts, mask);
    let response = match &split.passed_on {
        Some(body) => inner.apply(number, Request { body: Bytes::from(body.to_string()), ..request }).await?,
        None => nothing(),
    };
    let body = split.answer(facts.operation.as_str(), &response.body);
    Ok(Response { body: Bytes::from(body.to_string()), ..response })
}

fn nothing() -> Response {
    Response { body: Bytes::from_static(b"{}"), request_id: Some("FAULT".into()), attempts: 1 }
}

/// Lets time pass, without a runtime where it is none.
pub(super) async fn travel(time: Duration) {
    if !time.is_zero() {
        tokio::time::sleep(time).await;
    }
}

impl Open {
    /// The caller has its answer.
    pub(super) fn end(mut self) {
        self.ended = true;
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        let happening = if self.ended { Happening::Ended } else { Happening::Dropped };
        self.inner.with(|state| {
            state.in_flight -= 1;
            state.record(self.number, happening);
        });
    }
}
