//! `transact_get`.

use core::fmt;
use core::future::IntoFuture;
use core::marker::PhantomData;
use core::time::Duration;

use tracing::Instrument;

use super::attempts::send_until_decided;
use super::check::{body_of, tables_of};
use super::frozen::error_of;
use super::gets::{GetPart, IntoGets, Responses};
use crate::exec::{BoxFuture, Operation, Request, Response};
use crate::request::call::{SpanOf, record};
use crate::request::retry::RetryPolicy;
use crate::{Dynamo, Result};

/// Reads of items as they are at one moment: [`Dynamo::transact_get`].
#[must_use = "a request does nothing until it is awaited"]
pub struct TransactGet<L> {
    db: Dynamo,
    gets: Vec<GetPart>,
    policy: RetryPolicy,
    marker: PhantomData<fn() -> L>,
}

impl<L: IntoGets> TransactGet<L> {
    pub(super) fn new(db: Dynamo, gets: L) -> Self {
        let mut list = Vec::new();
        gets.add_to(&db, &mut list);
        Self { policy: db.retry_policy(), db, gets: list, marker: PhantomData }
    }
}

impl<L> TransactGet<L> {
    /// How the transaction is tried again, in place of what the handle says.
    pub fn retry_policy(mut self, policy: RetryPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// The longest that the transaction may take: [`RetryPolicy::deadline`] by itself.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.policy.deadline = deadline;
        self
    }

    /// The request that would be sent.
    ///
    /// # Errors
    /// If there is no key or more than 100, two are of one item, or a key is empty or too long.
    pub fn preview(&self) -> Result<Request> {
        let parts = || self.gets.iter().map(|get| &get.part);
        body_of(&self.db, parts())?.finish(Operation::TransactGetItems, &tables_of(parts()))
    }

    /// Sends the request; nothing is sent if there is no key.
    async fn send(&self) -> Result<Option<Response>> {
        if self.gets.is_empty() {
            return Ok(None);
        }
        let request = self.preview()?;
        let entity = self.gets.first().map_or("", |get| get.part.name.entity);
        let span = SpanOf { request: &request, entity, index: None }.open();
        let answer = send_until_decided(&self.db, &request, self.policy, None).instrument(span.clone()).await;
        let answer = answer.map_err(|unsent| {
            let names: Vec<_> = self.gets.iter().map(|get| get.part.name).collect();
            error_of(request.operation, &request.table, &names, unsent.failure)
        });
        record(&span, answer.as_ref().map(Some));
        answer.map(Some)
    }
}

impl<L: IntoGets + 'static> IntoFuture for TransactGet<L> {
    type Output = Result<L::Items>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let response = self.send().await?;
            let body = response.as_ref().map_or(&b""[..], |response| &*response.body);
            L::read(&mut Responses::new(body, &self.gets)?)
        })
    }
}

impl<L> fmt::Debug for TransactGet<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransactGet").field("reads", &self.gets.len()).finish_non_exhaustive()
    }
}
