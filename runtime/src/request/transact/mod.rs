//! Transactions: writes that are applied all together or not at all, and reads as of one moment.

mod action;
mod attempts;
mod check;
mod frozen;
mod get;
mod gets;
mod list;
mod outcome;
mod rekey;
mod write;

pub(in crate::request) use action::Part;
pub(crate) use action::PartName;
pub use action::{Action, ConditionCheck, IntoAction};
pub(super) use attempts::sound;
pub use frozen::FrozenTransaction;
pub use get::TransactGet;
pub use gets::{IntoGet, IntoGets};
pub use list::IntoActions;
pub(super) use outcome::{Next, judge};
pub use rekey::{Rekey, Rekeyed};
pub use write::TransactWrite;
pub(in crate::request) use write::send_parts;

use crate::Dynamo;
use crate::entity::Entity;
use crate::expr::{InCondition, IntoCondition};
use crate::key::Key;

impl Dynamo {
    /// Writes items of any tables all together or not at all: `TransactWriteItems`.
    ///
    /// The actions are the requests that would write single items, each with its conditions, and
    /// [`condition_check`](Self::condition_check). There are up to 100 of them, on 100 different items of up to 4 MB together.
    ///
    /// ```
    /// # use tablewright::prelude::*;
    /// #[derive(DynamoTable)]
    /// #[dynamo(table = "accounts")]
    /// struct Account {
    ///     #[dynamo(partition_key)]
    ///     id: u64,
    ///     balance: u64,
    ///     closed: bool,
    /// }
    ///
    /// # #[derive(DynamoTable)]
    /// # #[dynamo(table = "transfers")]
    /// # struct Transfer { #[dynamo(partition_key)] id: u64 }
    /// # async fn example(db: &Dynamo, transfer: Transfer) -> Result<(), tablewright::Error> {
    /// let paid = db
    ///     .transact_write((
    ///         db.create(&transfer),
    ///         db.update(Account::key(1)).decrement(|a| a.balance, 5).condition(|a| a.balance.ge(5)),
    ///         db.update(Account::key(2)).increment(|a| a.balance, 5).condition(|a| a.closed.eq(false)),
    ///     ))
    ///     .await;
    /// if let Err(tablewright::Error::Cancelled(cancelled)) = &paid {
    ///     for reason in cancelled.reasons() {
    ///         let stored: Option<Account> = reason.stored_as()?;
    ///         println!("action {}: {}, because of {:?}", reason.index(), reason.code(), stored.map(|a| a.balance));
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// It costs two write units for each KB of each item, once for the transaction and once for the write, also when it is
    /// cancelled; a condition check costs as much. An attempt that finds the transaction applied already costs two read
    /// units for each 4 KB.
    ///
    /// The transaction has one client token, made from the handle's id source or [given](TransactWrite::token), and its bytes
    /// stay the same in every attempt, so that it is applied once. Conflicts with other transactions, throttling and lost
    /// answers are tried again as the handle's [`RetryPolicy`](crate::RetryPolicy) says; conditions that are not met are not.
    /// [`Error::Cancelled`](crate::Error::Cancelled) says that nothing was written, and why, for each action. If the time is
    /// used up and some attempt may have been applied, it is [`Error::OutcomeUnknown`](crate::Error::OutcomeUnknown), which
    /// holds the transaction: within 10 minutes it can be [sent again](FrozenTransaction::send). So it can after its future
    /// was dropped, if it was [frozen](TransactWrite::freeze) before.
    ///
    /// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html>,
    /// <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html>
    pub fn transact_write(&self, actions: impl IntoActions) -> TransactWrite {
        TransactWrite::new(self.clone(), actions)
    }

    /// For [`transact_write`](Self::transact_write): that an item is there, which the transaction does not write.
    ///
    /// It costs as much as [`condition_check`](Self::condition_check), which asks for more than presence.
    pub fn check_exists<E: Entity>(&self, key: Key<E>) -> ConditionCheck<E> {
        ConditionCheck::present(self.clone(), key)
    }

    /// For [`transact_write`](Self::transact_write): that an item is not there, and the transaction does not write it.
    ///
    /// It costs as much as [`condition_check`](Self::condition_check).
    pub fn check_absent<E: Entity>(&self, key: Key<E>) -> ConditionCheck<E> {
        ConditionCheck::absent(self.clone(), key)
    }

    /// A condition on an item that a transaction needs and does not write: `ConditionCheck`, for
    /// [`transact_write`](Self::transact_write).
    ///
    /// ```
    /// # use tablewright::prelude::*;
    /// # #[derive(DynamoTable)]
    /// # #[dynamo(table = "users")]
    /// # struct User { #[dynamo(partition_key)] id: u64, banned: bool }
    /// # #[derive(DynamoTable)]
    /// # #[dynamo(table = "posts")]
    /// # struct Post { #[dynamo(partition_key)] id: u64 }
    /// # async fn example(db: &Dynamo, post: Post) -> Result<(), tablewright::Error> {
    /// let welcome = db.condition_check(User::key(7), |user| user.banned.eq(false));
    /// db.transact_write((db.create(&post), welcome)).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// It costs two write units for each KB of the item, and two if there is none.
    ///
    /// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ConditionCheck.html>
    pub fn condition_check<E: Entity, C: IntoCondition<E>>(
        &self,
        key: Key<E>,
        condition: impl FnOnce(E::Paths<InCondition>) -> C,
    ) -> ConditionCheck<E> {
        ConditionCheck::new(self.clone(), key).condition(condition)
    }

    /// Reads items of any tables as they are at one moment: `TransactGetItems`.
    ///
    /// Up to 100 different items, of up to 4 MB together. The answer has the shape of the question, in its order, and `None`
    /// for each item that is not there.
    ///
    /// ```
    /// # use tablewright::prelude::*;
    /// # #[derive(DynamoTable)]
    /// # #[dynamo(table = "users")]
    /// # struct User { #[dynamo(partition_key)] id: u64, name: String }
    /// # #[derive(DynamoTable)]
    /// # #[dynamo(table = "posts")]
    /// # struct Post { #[dynamo(partition_key)] id: u64, text: String }
    /// # async fn example(db: &Dynamo) -> Result<(), tablewright::Error> {
    /// let (user, post): (Option<User>, Option<Post>) = db.transact_get((User::key(7), Post::key(9))).await?;
    /// let keys: Vec<_> = (1..=20).map(Post::key).collect();
    /// let posts: Vec<Option<Post>> = db.transact_get(keys).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// It costs two read units for each 4 KB of each item, and two for an item that is not there.
    ///
    /// A write of one of the items at the same time cancels the transaction. That, throttling and lost answers are tried again
    /// as the handle's [`RetryPolicy`](crate::RetryPolicy) says; a conflict that lasts is
    /// [`Error::Cancelled`](crate::Error::Cancelled).
    ///
    /// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html>
    pub fn transact_get<L: IntoGets>(&self, keys: L) -> TransactGet<L> {
        TransactGet::new(self.clone(), keys)
    }
}
