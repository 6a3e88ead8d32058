//! The attempts of a transaction: the same bytes until there is an answer that would stay the same.

use core::time::Duration;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::time::Instant;

use super::outcome::{Next, judge};
use crate::Dynamo;
use crate::exec::{Failure, Request, Response};
use crate::request::retry::RetryPolicy;

/// So long after its first attempt DynamoDB finishes a transaction whose coordinator stopped, when it is asked again.
const FINISHED_AFTER: Duration = Duration::from_secs(5);

/// So long DynamoDB knows a token at least.
const TOKEN_KNOWN_FOR: Duration = Duration::from_secs(10 * 60);

const FORGOTTEN: &str = "its first attempt is more than 10 minutes ago, so DynamoDB may have forgotten its token and would apply \
                         it again";

/// The attempts that may have been applied: those that run, those whose answer was lost, and those that were dropped.
#[derive(Debug, Default)]
pub(super) struct OpenAttempts(Mutex<Open>);

#[derive(Debug, Default)]
struct Open {
    count: usize,
    /// When the first of them began.
    since: Option<Instant>,
}

impl OpenAttempts {
    /// Counts an attempt, unless the token may be forgotten, so that it could be applied a second time.
    ///
    /// It counts before it is sent, because the future can be dropped at any time from then on.
    fn begin(&self) -> bool {
        let mut open = self.open();
        let since = *open.since.get_or_insert_with(Instant::now);
        let known = since.elapsed() < TOKEN_KNOWN_FOR;
        open.count += usize::from(known);
        known
    }

    /// True if there are any, after one of them ended, and was certainly not applied if that is `decided`.
    fn are_there_after(&self, decided: bool) -> bool {
        let mut open = self.open();
        open.count = open.count.saturating_sub(usize::from(decided));
        if open.count == 0 {
            open.since = None;
        }
        open.count > 0
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why a transaction is not known to have been applied.
pub(super) struct Unsent {
    /// How the last attempt failed.
    pub(super) failure: Failure,
    /// Some attempt may have been applied, in this sending or before it.
    pub(super) undecided: bool,
    /// The last attempt was certainly not applied.
    pub(super) decided: bool,
    /// Sending it again could apply it a second time.
    pub(super) forgotten: bool,
}

/// Sends the request until its outcome is certain, or until the attempts or the time of the policy are used up.
///
/// Reads have no attempts to keep count of.
pub(super) async fn send_until_decided(
    db: &Dynamo,
    request: &Request,
    policy: RetryPolicy,
    open: Option<&OpenAttempts>,
) -> Result<Response, Unsent> {
    let mut retries = db.begin(policy);
    let mut attempts = 0_u32;
    loop {
        if open.is_some_and(|open| !open.begin()) {
            let failure = Failure::NotSent(FORGOTTEN.into());
            return Err(Unsent { failure, undecided: true, decided: true, forgotten: true });
        }
        let answer = retries.attempt(db.attempt(request.clone())).await.unwrap_or(Err(Failure::TimedOut));
        let failure = match answer.and_then(sound) {
            Ok(response) => return Ok(Response { attempts: attempts.saturating_add(response.attempts), ..response }),
            Err(failure) => failure,
        };
        attempts = attempts.saturating_add(1);
        let verdict = judge(&failure);
        let undecided = open.is_some_and(|open| open.are_there_after(verdict.decided));
        let again = match verdict.next {
            Next::Stop => false,
            Next::AgainIfUndecided => undecided && retries.pause().await,
            Next::Again => retries.pause().await,
            Next::AgainWhenFinished => retries.pause_until(FINISHED_AFTER).await,
        };
        if !again {
            return Err(Unsent { failure, undecided, decided: verdict.decided, forgotten: false });
        }
    }
}

/// An answer that is no JSON object tells nothing.
pub(in crate::request) fn sound(response: Response) -> Result<Response, Failure> {
    match crate::codec::response_shape(&response.body) {
        Ok(_) => Ok(response),
        Err(_) => Err(Failure::Corrupt("the answer is not a JSON object")),
    }
}
