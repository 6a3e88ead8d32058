//! `transact_write`.

use core::fmt;
use core::future::IntoFuture;
use core::time::Duration;

use super::action::{Action, IntoAction, Part};
use super::check::{body_of, tables_of};
use super::frozen::FrozenTransaction;
use super::list::{ActionList, IntoActions};
use crate::error::InvalidRequest;
use crate::exec::{BoxFuture, Operation, Request};
use crate::request::retry::RetryPolicy;
use crate::{Dynamo, Error, Result, limit};

/// Writes that are applied all together or not at all: [`Dynamo::transact_write`].
#[must_use = "a request does nothing until it is awaited"]
pub struct TransactWrite {
    db: Dynamo,
    parts: Vec<Part>,
    /// Some moves need no action, because they are not forward.
    nothing_to_do: bool,
    token: Box<str>,
    policy: RetryPolicy,
}

impl TransactWrite {
    pub(super) fn new(db: Dynamo, actions: impl IntoActions) -> Self {
        let (token, policy) = (format!("{:032x}", db.new_id()).into(), db.retry_policy());
        Self { db, parts: Vec::new(), nothing_to_do: false, token, policy }.and(actions)
    }

    /// Adds actions: one, a tuple, an array or a `Vec`. [`Extend`] adds those of an iterator.
    pub fn and(mut self, actions: impl IntoActions) -> Self {
        let mut list = ActionList::default();
        actions.add_to(&mut list);
        self.nothing_to_do |= list.nothing_to_do;
        self.extend(list.actions);
        self
    }

    /// Uses this client token, 1 to 36 characters, in place of one from the handle's id source.
    ///
    /// DynamoDB applies a token once: for 10 minutes after a transaction succeeded, another one with its token and the same
    /// content succeeds without doing anything. So a token that belongs to the cause, such as the id of the message that is
    /// being worked on, makes that work happen once, even by several processes.
    ///
    /// The content includes time stamps. With `created_at` or `updated_at` fields the second transaction is another one, and
    /// DynamoDB refuses it with `IdempotentParameterMismatchException`; give the handle a clock that goes by the cause, or
    /// keep the [frozen](Self::freeze) transaction. A token that is used for something else has the same effect.
    pub fn token(mut self, token: impl Into<Box<str>>) -> Self {
        self.token = token.into();
        self
    }

    /// The client token that the transaction will be sent with.
    #[must_use]
    pub fn client_token(&self) -> &str {
        &self.token
    }

    /// How the transaction is tried again, in place of what the handle says.
    pub fn retry_policy(mut self, policy: RetryPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// The longest that the transaction may take: [`RetryPolicy::deadline`] by itself.
    ///
    /// DynamoDB may need to be asked once more 5 seconds after the first attempt, so with less than that more outcomes stay
    /// unknown.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.policy.deadline = deadline;
        self
    }

    /// The request that would be sent.
    ///
    /// # Errors
    /// If there is no action, as where no move is [forward](super::Rekey::forward_by), or more than 100, two actions are on one
    /// item, an action cannot be sent by itself, the items have more than 4 MB together, or the token has not 1 to 36 characters.
    pub fn preview(&self) -> Result<Request> {
        let characters = self.token.chars().count();
        if characters == 0 || characters > limit::CLIENT_TOKEN_CHARACTERS {
            return Err(InvalidRequest::ClientToken { characters }.into());
        }
        let mut body = body_of(&self.db, &self.parts)?;
        body.text("ClientRequestToken", &self.token);
        body.finish(Operation::TransactWriteItems, &tables_of(&self.parts))
    }

    /// The transaction with bytes that never change, to be sent more than once.
    ///
    /// # Errors
    /// What [`preview`](Self::preview) says.
    pub fn freeze(self) -> Result<FrozenTransaction> {
        let request = self.preview()?;
        let names = self.parts.iter().map(|part| part.name).collect();
        Ok(FrozenTransaction::new(self.db, request, self.token, names, self.policy))
    }

    /// Sends the transaction and takes a condition that is not met for an answer: `None`.
    ///
    /// # Errors
    /// Whatever else DynamoDB or the way to it reports, and a cancellation that has another reason as well.
    pub async fn if_met(self) -> Result<Option<()>> {
        match self.await {
            Ok(()) => Ok(Some(())),
            Err(Error::Cancelled(cancelled)) if cancelled.is_condition_failed() => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Sends actions on their own, with a token of their own.
pub(in crate::request) async fn send_parts(db: &Dynamo, parts: Vec<Part>) -> Result<()> {
    let transaction = TransactWrite { parts, ..TransactWrite::new(db.clone(), ()) };
    transaction.freeze()?.send().await
}

impl<A: IntoAction> Extend<A> for TransactWrite {
    fn extend<I: IntoIterator<Item = A>>(&mut self, actions: I) {
        for action in actions {
            let Action { part, more, .. } = action.into_action().allowed(&self.db);
            self.parts.push(part);
            self.parts.extend(more);
        }
    }
}

impl IntoFuture for TransactWrite {
    type Output = Result<()>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        if self.parts.is_empty() && self.nothing_to_do {
            return Box::pin(core::future::ready(Ok(())));
        }
        let frozen = self.freeze();
        Box::pin(async move { frozen?.send().await })
    }
}

impl fmt::Debug for TransactWrite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransactWrite")
            .field("actions", &self.parts)
            .field("token", &self.token)
            .finish_non_exhaustive()
    }
}
