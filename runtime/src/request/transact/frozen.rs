//! A transaction as it is sent: its bytes and its token never change.

use core::fmt;
use std::sync::Arc;

use tracing::Instrument;

use super::action::PartName;
use super::attempts::{OpenAttempts, Unsent, send_until_decided};
use crate::error::{CallFailure, Cancelled};
use crate::exec::{Failure, Request};
use crate::request::call::{SpanOf, record};
use crate::request::retry::RetryPolicy;
use crate::{Dynamo, Error, Result};

/// A transaction as it is sent: the request's bytes, with their client token, never change.
///
/// It can be sent again, after an unknown outcome or when the future of an earlier sending was dropped: for 10 minutes
/// DynamoDB applies a token once. It keeps count of the attempts that may have been applied. So it does not say that nothing
/// was written as long as there is one, and is not sent any more 10 minutes after the first of them.
///
/// It comes from [`TransactWrite::freeze`](super::TransactWrite::freeze), and from an error that leaves the outcome open:
/// [`CallFailure::transaction`].
///
/// ```
/// # use tablewright::{Dynamo, DynamoTable, Error};
/// # #[derive(DynamoTable)]
/// # #[dynamo(table = "notes")]
/// # struct Note { #[dynamo(partition_key)] id: u64 }
/// # async fn example(db: &Dynamo, note: Note) -> Result<(), Error> {
/// let transaction = db.transact_write((db.create(&note), db.delete(Note::key(7)))).freeze()?;
/// if tokio::time::timeout(std::time::Duration::from_secs(2), transaction.send()).await.is_err() {
///     // The first sending may have been applied; this one finds out, or applies it.
///     transaction.send().await?;
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "a transaction does nothing until it is sent"]
pub struct FrozenTransaction(Arc<Inner>);

struct Inner {
    db: Dynamo,
    request: Request,
    token: Box<str>,
    names: Vec<PartName>,
    policy: RetryPolicy,
    open: OpenAttempts,
}

impl FrozenTransaction {
    pub(super) fn new(
        db: Dynamo,
        request: Request,
        token: Box<str>,
        names: Vec<PartName>,
        policy: RetryPolicy,
    ) -> Self {
        Self(Arc::new(Inner { db, request, token, names, policy, open: OpenAttempts::default() }))
    }

    /// The client token.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.0.token
    }

    /// The request.
    #[must_use]
    pub fn request(&self) -> &Request {
        &self.0.request
    }

    /// Sends the transaction, until its outcome is certain or the attempts or the time of the retry policy are used up.
    ///
    /// # Errors
    /// [`Error::Cancelled`] if nothing was written, with the reason of each action, [`Error::OutcomeUnknown`] if it is not
    /// certain that nothing was, and whatever else DynamoDB or the way to it reports.
    pub async fn send(&self) -> Result<()> {
        let Inner { db, request, names, policy, open, .. } = &*self.0;
        let entity = names.first().map_or("", |name| name.entity);
        let span = SpanOf { request, entity, index: None }.open();
        let sent = send_until_decided(db, request, *policy, Some(open)).instrument(span.clone()).await;
        let sent = sent.map_err(|unsent| self.error(unsent));
        record(&span, sent.as_ref().map(Some));
        sent.map(drop)
    }

    fn error(&self, unsent: Unsent) -> Error {
        let Inner { request: Request { operation, table, .. }, names, .. } = &*self.0;
        let Unsent { failure, undecided, decided, forgotten } = unsent;
        if undecided {
            let failure = if decided { Failure::Undecided(Box::new(failure)) } else { failure };
            let transaction = (!forgotten).then(|| self.clone());
            return Error::OutcomeUnknown(CallFailure { transaction, ..CallFailure::new(*operation, table, failure) });
        }
        error_of(*operation, table, names, failure)
    }
}

/// The error for a transaction that was not applied, or a read.
pub(super) fn error_of(operation: crate::Operation, table: &str, names: &[PartName], failure: Failure) -> Error {
    match failure {
        Failure::Service(failure) if &*failure.code == "TransactionCanceledException" => {
            Error::Cancelled(Cancelled::new(operation, &failure, names))
        }
        failure => Error::from_failure(operation, table, names.first().map_or("", |name| name.entity), failure),
    }
}

impl fmt::Debug for FrozenTransaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FrozenTransaction")
            .field("token", &self.0.token)
            .field("actions", &self.0.names.len())
            .finish_non_exhaustive()
    }
}
