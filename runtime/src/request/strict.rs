//! Sending a write of an item with a version: until it is known whether it was applied, if that can be known.
//!
//! A write with a version is applied at most once, however often it is sent: it needs the version that its writer holds, and
//! makes the next one. So it is sent again when an answer is lost. When the condition fails then, the stored item tells
//! whether the write that made the next version was this one, as long as the item keeps that write's id.

use bytes::Bytes;
use tracing::Instrument;

use super::call::{SpanOf, record};
use super::retry::Retries;
use super::transact::{Next, judge, sound};
use crate::codec::{Counted, Cursor, Encoder, SINCE, error_shape, object_member};
use crate::error::CallFailure;
use crate::exec::{Failure, Operation, Request, Response, ServiceFailure};
use crate::schema::TableSchema;
use crate::value::FromAttribute;
use crate::{Dynamo, Error, Result};

/// A write of one item as it is sent.
pub(super) struct Sending {
    pub(super) request: Request,
    pub(super) strict: Option<Strict>,
}

/// What is known about the version that a write counts up.
pub(super) struct Strict {
    pub(super) counted: Counted,
    pub(super) kind: Kind,
    /// The same write for an item that has a version and keeps no ids of writes, as other programs write them.
    pub(super) ringless: Option<Request>,
}

/// What a write does, as far as it matters for finding out about it.
pub(super) enum Kind {
    /// It needs an item that is not there, or has no version. The key is that of the item.
    New { key: Box<str> },
    /// It needs an item with the version that is held.
    Change,
    /// It deletes an item with the version that is held.
    Delete,
}

/// How a write was found to be applied.
pub(super) enum Applied {
    /// It was answered.
    Answered(Response),
    /// Its answer was lost.
    Found {
        /// A body with the stored item as `Item`.
        body: Bytes,
        /// How the last attempt failed.
        failure: Failure,
    },
}

/// What a stored item tells about a write.
#[derive(Debug, PartialEq, Eq)]
enum Finding {
    Applied,
    NotApplied,
    Undecidable,
}

impl Sending {
    /// Sends the write, and says how it was applied.
    pub(super) async fn send(self, db: &Dynamo, entity: &'static str) -> Result<Applied> {
        let Self { request, strict } = self;
        let Some(strict) = strict else {
            return super::call::send(db, request, entity, None).await.map(Applied::Answered);
        };
        let span = SpanOf { request: &request, entity, index: None }.open();
        let mut run = Run { db, request: request.clone(), strict, entity, open: false };
        let applied = run.send().instrument(span.clone()).await;
        record(&span, applied.as_ref().map(Applied::response));
        applied.map_err(|error| error.of_write(Some(request)))
    }
}

impl Applied {
    fn response(&self) -> Option<&Response> {
        match self {
            Self::Answered(response) => Some(response),
            Self::Found { .. } => None,
        }
    }
}

struct Run<'d> {
    db: &'d Dynamo,
    request: Request,
    strict: Strict,
    entity: &'static str,
    /// Some attempt may have been applied.
    open: bool,
}

impl Run<'_> {
    async fn send(&mut self) -> Result<Applied> {
        let mut retries = self.db.begin(self.db.retry_policy());
        loop {
            let attempt = retries.attempt(self.db.attempt(self.request.clone())).await;
            let failure = match attempt.unwrap_or(Err(Failure::TimedOut)).and_then(sound) {
                Ok(response) => return Ok(Applied::Answered(response)),
                Err(failure) => failure,
            };
            let verdict = judge(&failure);
            self.open |= !verdict.decided;
            if let Some(refusal) = code(&failure, "ConditionalCheckFailedException") {
                return self.explain(refusal.body.clone(), failure);
            }
            if code(&failure, "ValidationException").is_some()
                && let Some(ringless) = self.strict.ringless.take()
            {
                self.request = ringless;
                continue;
            }
            if !self.open {
                return Err(self.error(failure));
            }
            if verdict.next == Next::Stop || self.strict.may_meet_its_version_again() || !retries.pause().await {
                return Err(self.unknown(failure));
            }
            if matches!(self.strict.kind, Kind::New { .. }) {
                return self.look(&mut retries, failure).await;
            }
        }
    }

    /// Looks for the write of an item that was not there. It is not sent again: by now it could have been applied, and the
    /// item deleted, and it would be there again.
    async fn look(&self, retries: &mut Retries, failure: Failure) -> Result<Applied> {
        let Kind::New { key } = &self.strict.kind else { return Err(self.unknown(failure)) };
        let look = look_up(&self.request, key);
        loop {
            let found = retries.attempt(self.db.attempt(look.clone())).await.unwrap_or(Err(Failure::TimedOut));
            match found.and_then(sound) {
                Ok(found) => return self.explain(found.body, failure),
                Err(_) if retries.pause().await => {}
                Err(_) => return Err(self.unknown(failure)),
            }
        }
    }

    /// What the stored item, which is in this body, says about the write.
    fn explain(&self, body: Bytes, failure: Failure) -> Result<Applied> {
        let shape = error_shape(&body);
        match self.strict.finding(shape.item) {
            Finding::Applied => Ok(Applied::Found { body, failure: Failure::Undecided(Box::new(failure)) }),
            Finding::Undecidable if self.open => Err(self.unknown(failure)),
            Finding::NotApplied | Finding::Undecidable => {
                let failed = ServiceFailure { body, ..condition_failed() };
                Err(self.error(Failure::Service(failed)))
            }
        }
    }

    /// The error of a write that was not applied.
    fn error(&self, failure: Failure) -> Error {
        let Request { operation, table, .. } = &self.request;
        Error::from_failure(*operation, table, self.entity, failure).of_version()
    }

    fn unknown(&self, failure: Failure) -> Error {
        let Request { operation, table, .. } = &self.request;
        let failure = if judge(&failure).decided { Failure::Undecided(Box::new(failure)) } else { failure };
        Error::OutcomeUnknown(CallFailure::new(*operation, table, failure))
    }
}

impl Strict {
    /// The put of an item, which may not be there yet.
    pub(super) fn put(counted: Counted, creating: bool, table: &TableSchema, item: &str) -> Self {
        if !creating && counted.held > 0 {
            return Self { counted, kind: Kind::Change, ringless: None };
        }
        let keys = [Some(table.partition_key.name), table.sort_key.map(|key| key.name)];
        let mut key = Encoder::new();
        key.raw("{");
        for name in keys.into_iter().flatten() {
            key.named(name, |out| out.raw(object_member(item, &[name]).unwrap_or_default()));
        }
        key.raw("}");
        let key = key.finish().map(crate::key::into_text).unwrap_or_default();
        Self { counted, kind: Kind::New { key }, ringless: None }
    }

    /// True for a delete that could delete another item than the one that was read.
    const fn may_meet_its_version_again(&self) -> bool {
        matches!(self.kind, Kind::Delete) && self.counted.schema.starts_at.is_some()
    }

    /// What a stored item, or that there is none, tells about a write some attempt of which may have been applied.
    fn finding(&self, item: Option<&str>) -> Finding {
        let Counted { schema, held, new, id } = self.counted;
        // Nobody can tell who deleted an item that is gone, or that is another one with the same versions.
        let is_delete = matches!(self.kind, Kind::Delete);
        let Some(item) = item.filter(|_| !(is_delete && schema.starts_at.is_some())) else {
            return Finding::Undecidable;
        };
        let ring = object_member(item, &[schema.writes]).and_then(|ring| object_member(ring, &["M"]));
        let in_ring = |name: &str| ring.and_then(|ring| object_member(ring, &[name]));
        let own = in_ring(&schema.place(new)).and_then(decoded::<[u8; 16]>);
        let is_new = matches!(self.kind, Kind::New { .. });
        if own == Some(id.to_be_bytes()) && !is_delete {
            return Finding::Applied;
        }
        if is_new {
            // The item may be deleted before an attempt that is still on its way arrives.
            return Finding::Undecidable;
        }
        let version = object_member(item, &[schema.attribute]).and_then(decoded::<u64>).unwrap_or(0);
        if version == held {
            // The version is not used up, so it was another condition that failed, and it will not be met by this version.
            return Finding::NotApplied;
        }
        let kept = in_ring(SINCE).and_then(decoded::<u64>).is_some_and(|since| since <= new);
        let in_reach = version >= new && version - new < u64::from(schema.ring);
        if in_reach && (kept || is_delete) { Finding::NotApplied } else { Finding::Undecidable }
    }
}

/// The failure that DynamoDB answered with, if it has that code.
fn code<'f>(failure: &'f Failure, code: &str) -> Option<&'f ServiceFailure> {
    match failure {
        Failure::Service(failure) if &*failure.code == code => Some(failure),
        Failure::Undecided(last) => self::code(last, code),
        _ => None,
    }
}

fn condition_failed() -> ServiceFailure {
    let (code, message) = ("ConditionalCheckFailedException".into(), "The conditional request failed".into());
    ServiceFailure { status: 400, code, message, body: Bytes::new(), request_id: None }
}

/// The read of the item that a write is for.
fn look_up(write: &Request, key: &str) -> Request {
    let mut body = super::body::Body::new(&write.table, key.len());
    body.json("Key", key);
    body.json("ConsistentRead", "true");
    let body = String::from(body.close().unwrap_or_default());
    Request { operation: Operation::GetItem, table: write.table.clone(), body: body.into() }
}

fn decoded<T: for<'a> FromAttribute<'a>>(json: &str) -> Option<T> {
    T::decode(&mut Cursor::over(json)).ok()
}
