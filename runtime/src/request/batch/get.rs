//! `batch_get`.

use core::fmt;
use core::future::IntoFuture;
use core::marker::PhantomData;
use core::time::Duration;
use std::time::SystemTime;

use super::CONCURRENCY;
use super::fetch::{FetchSettings, Fetched, KeyList, fetch};
use super::items::{Answer, Answers, BatchItems, decode};
use super::lists::{KeyLists, Lists, RawLists, list};
use super::plan::Plan;
use crate::codec::ItemOwned;
use crate::entity::{Document, Entity};
use crate::exec::{BoxFuture, Request};
use crate::expr::Node;
use crate::key::IntoKey;
use crate::request::target::{As, Target, Whole};
use crate::request::write::debug_request;
use crate::{Dynamo, Result};

/// A read of many items of one entity by their keys: [`Dynamo::batch_get`].
#[must_use = "a request does nothing until it is awaited"]
pub struct BatchGet<E, T = Whole> {
    db: Dynamo,
    list: Result<KeyList>,
    settings: FetchSettings,
    marker: PhantomData<fn() -> (E, T)>,
}

/// A read of many items of several entities by their keys: [`Dynamo::batch_get_all`].
#[must_use = "a request does nothing until it is awaited"]
pub struct BatchGetAll<A> {
    db: Dynamo,
    lists: Result<Lists>,
    settings: FetchSettings,
    decode: fn(RawLists) -> Result<A>,
}

impl Dynamo {
    /// Reads many items of one entity by their keys: `BatchGetItem`, as many calls as it takes.
    ///
    /// A call takes 100 keys, and up to four calls run at a time. A key that is given twice is sent once and answered at
    /// both places. Keys that DynamoDB leaves unprocessed are sent again after growing pauses, as long as the
    /// [`RetryPolicy`](crate::RetryPolicy) allows; what is still unread then is in the result, which has to be asked:
    ///
    /// ```
    /// # use tablewright::prelude::*;
    /// #[derive(DynamoTable)]
    /// #[dynamo(table = "notes")]
    /// struct Note {
    ///     #[dynamo(partition_key)]
    ///     id: u64,
    ///     text: String,
    /// }
    ///
    /// # async fn example(db: &Dynamo) -> Result<(), tablewright::Error> {
    /// let notes: Vec<Option<Note>> = db.batch_get([1, 2, 3].map(Note::key)).await?.complete()?;
    /// # let _ = notes;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Each item costs what it costs with `get`: half a read unit for each 4 KB, a whole one if consistent, and an item
    /// that is not there half a unit. What is saved is round trips.
    ///
    /// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html>
    pub fn batch_get<K: IntoKey>(&self, keys: impl IntoIterator<Item = K>) -> BatchGet<K::Entity> {
        let settings = FetchSettings::of(self);
        BatchGet { db: self.clone(), list: list(self, keys), settings, marker: PhantomData }
    }

    /// Reads many items of several entities, in one table or in several: as [`batch_get`](Self::batch_get), with a list of
    /// keys for each entity.
    ///
    /// ```
    /// # use tablewright::prelude::*;
    /// # #[derive(DynamoTable)]
    /// # #[dynamo(table = "notes")]
    /// # struct Note { #[dynamo(partition_key)] id: u64 }
    /// # #[derive(DynamoTable)]
    /// # #[dynamo(table = "users")]
    /// # struct User { #[dynamo(partition_key)] name: String }
    /// # async fn example(db: &Dynamo) -> Result<(), tablewright::Error> {
    /// let keys = ([Note::key(1), Note::key(2)], [User::key("ann")]);
    /// let (notes, users): (Vec<Option<Note>>, Vec<Option<User>>) = db.batch_get_all(keys).await?.complete()?;
    /// # let _ = (notes, users);
    /// # Ok(())
    /// # }
    /// ```
    pub fn batch_get_all<L: KeyLists>(&self, keys: L) -> BatchGetAll<L::Answers> {
        let settings = FetchSettings::of(self);
        BatchGetAll { db: self.clone(), lists: keys.into_lists(self), settings, decode: L::decode }
    }
}

impl FetchSettings {
    pub(crate) fn of(db: &Dynamo) -> Self {
        let policy = db.retry_policy();
        Self { consistent: false, projection: Vec::new(), concurrency: CONCURRENCY, policy, include_expired: false }
    }
}

impl FetchSettings {
    /// The moment at which items have expired that are not to be read.
    fn expired_at(&self, db: &Dynamo) -> Option<SystemTime> {
        (!self.include_expired).then(|| db.now())
    }
}

impl<E: Entity> BatchGet<E> {
    /// Reads only the attributes of `T`, a document whose fields are some of the item's attributes, and those of the key,
    /// by which the answers are told apart.
    ///
    /// The capacity used is the whole items'; what is saved is the transfer.
    pub fn read_as<T: Document + ItemOwned>(mut self) -> BatchGet<E, As<T>> {
        self.settings.projection = T::ATTRIBUTES.iter().map(|name| Node::attribute(name)).collect();
        BatchGet { db: self.db, list: self.list, settings: self.settings, marker: PhantomData }
    }
}

macro_rules! settings {
    ($batch:ident<$($parameter:ident),*>) => {
        impl<$($parameter),*> $batch<$($parameter),*> {
            /// Reads what all writes that succeeded before have left, for twice the capacity.
            pub fn consistent(mut self) -> Self {
                self.settings.consistent = true;
                self
            }

            /// Reads items as well whose time to live has passed, and which DynamoDB has not deleted yet; without it they are
            /// not there.
            pub fn include_expired(mut self) -> Self {
                self.settings.include_expired = true;
                self
            }

            /// How many calls may run at a time; 4 if nothing is said.
            pub fn concurrency(mut self, calls: usize) -> Self {
                self.settings.concurrency = calls;
                self
            }

            /// The longest that the whole batch may take, instead of what the handle's retry policy says.
            pub fn deadline(mut self, deadline: Duration) -> Self {
                self.settings.policy.deadline = deadline;
                self
            }
        }
    };
}

settings!(BatchGet<E, T>);
settings!(BatchGetAll<A>);

impl<E: Entity, T> BatchGet<E, T> {
    /// The requests that would be sent, if each is answered whole.
    ///
    /// # Errors
    /// If a key is empty or too long.
    pub fn preview(&self) -> Result<Vec<Request>> {
        let list = self.list.as_ref().map_err(crate::Error::copy_unsent)?;
        preview(vec![list.clone()], &self.settings)
    }
}

impl<A> BatchGetAll<A> {
    /// The requests that would be sent, if each is answered whole.
    ///
    /// # Errors
    /// If a key is empty or too long.
    pub fn preview(&self) -> Result<Vec<Request>> {
        let lists = self.lists.as_ref().map_err(crate::Error::copy_unsent)?;
        preview(lists.0.clone(), &self.settings)
    }
}

fn preview(lists: Vec<KeyList>, settings: &FetchSettings) -> Result<Vec<Request>> {
    let plan = Plan::new(lists)?;
    plan.calls().into_iter().map(|call| plan.request(&call.collect(), settings)).collect()
}

impl<E: Entity, T: Target<E>> IntoFuture for BatchGet<E, T> {
    type Output = Result<BatchItems<Vec<Answer<T::Item>>>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let Fetched { answers, tables, used, cause } = fetch(&self.db, vec![self.list?], &self.settings).await?;
            let expired_at = self.settings.expired_at(&self.db);
            let answers = decode::<E, T::Item>(answers.into_iter().next().unwrap_or_default(), expired_at)?;
            Ok(BatchItems { answers, tables, used, cause })
        })
    }
}

impl<A: Answers + 'static> IntoFuture for BatchGetAll<A> {
    type Output = Result<BatchItems<A>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let Fetched { answers, tables, used, cause } = fetch(&self.db, self.lists?.0, &self.settings).await?;
            let expired_at = self.settings.expired_at(&self.db);
            let answers = (self.decode)(RawLists { answers: answers.into_iter(), expired_at })?;
            Ok(BatchItems { answers, tables, used, cause })
        })
    }
}

impl<E: Entity, T> fmt::Debug for BatchGet<E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug_request(f, "BatchGet", E::NAME)
    }
}

impl<A> fmt::Debug for BatchGetAll<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BatchGetAll").finish_non_exhaustive()
    }
}
