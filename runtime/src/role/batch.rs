//! Batches of a role.

use core::future::IntoFuture;
use core::marker::PhantomData;
use core::time::Duration;

use futures_core::Stream;

use super::{DynamoAs, Role, allow};
use crate::entity::BatchWritable;
use crate::exec::Request;
use crate::key::{IntoKey, Key};
use crate::request::{
    BatchGet, BatchGetAll, BatchWrite, BatchWriteStream, IntoWriteRequest, KeyLists, WriteReport, WriteRequest,
};
use crate::{Entity, Result};

/// Puts and deletes of many items, by a role: [`DynamoAs::batch_write`]. It is a [`BatchWrite`] of the entities that the role
/// may write in batches.
#[must_use = "a request does nothing until it is awaited"]
#[derive(Debug)]
pub struct BatchWriteAs<R> {
    batch: BatchWrite,
    role: PhantomData<fn() -> R>,
}

impl<R: Role> DynamoAs<R> {
    /// As [`Dynamo::batch_get`](crate::Dynamo::batch_get), for roles with `batch_get`.
    pub fn batch_get<K: IntoKey>(&self, keys: impl IntoIterator<Item = K>) -> BatchGet<K::Entity>
    where
        K::Entity: allow::BatchGetBy<R>,
    {
        self.db.batch_get(keys)
    }

    /// As [`Dynamo::batch_get_all`](crate::Dynamo::batch_get_all), for roles with `batch_get` of each of the entities.
    pub fn batch_get_all<L: KeyLists + BatchGetsOf<R>>(&self, keys: L) -> BatchGetAll<L::Answers> {
        self.db.batch_get_all(keys)
    }

    /// As [`Dynamo::batch_write`](crate::Dynamo::batch_write), of entities with `batch_write`.
    pub fn batch_write(&self) -> BatchWriteAs<R> {
        BatchWriteAs { batch: self.db.batch_write(), role: PhantomData }
    }

    /// As [`Dynamo::batch_write_stream`](crate::Dynamo::batch_write_stream), of items of an entity with `batch_write`, or of
    /// write requests.
    pub fn batch_write_stream<'s, S>(&self, writes: S) -> BatchWriteStream<'s>
    where
        S: Stream<Item: IntoWriteRequest> + Send + 's,
        S::Item: BatchWritesOf<R>,
    {
        self.db.batch_write_stream(writes)
    }

    /// As [`Dynamo::batch_write_iter`](crate::Dynamo::batch_write_iter), of items of an entity with `batch_write`, or of write
    /// requests.
    pub fn batch_write_iter<'s, I>(&self, writes: I) -> BatchWriteStream<'s>
    where
        I: IntoIterator<Item: IntoWriteRequest, IntoIter: Send + 's>,
        I::Item: BatchWritesOf<R>,
    {
        self.db.batch_write_iter(writes)
    }

    /// As [`WriteRequest::put`] with this handle, for roles with `batch_write`.
    ///
    /// # Errors
    /// If the item cannot be stored.
    pub fn put_request<E: BatchWritable + allow::BatchWriteBy<R>>(&self, item: &E) -> Result<WriteRequest> {
        WriteRequest::put(&self.db, item)
    }

    /// As [`WriteRequest::delete`] with this handle, for roles with `batch_write`.
    ///
    /// # Errors
    /// If the key is empty or too long.
    pub fn delete_request<E: BatchWritable + allow::BatchWriteBy<R>>(&self, key: Key<E>) -> Result<WriteRequest> {
        WriteRequest::delete(&self.db, key)
    }
}

impl<R: Role> BatchWriteAs<R> {
    fn with(self, change: impl FnOnce(BatchWrite) -> BatchWrite) -> Self {
        Self { batch: change(self.batch), role: PhantomData }
    }

    /// As [`BatchWrite::put`].
    pub fn put<E: BatchWritable + allow::BatchWriteBy<R>>(self, item: &E) -> Self {
        self.with(|batch| batch.put(item))
    }

    /// As [`BatchWrite::put_all`].
    pub fn put_all<'i, E: BatchWritable + allow::BatchWriteBy<R> + 'i>(
        self,
        items: impl IntoIterator<Item = &'i E>,
    ) -> Self {
        self.with(|batch| batch.put_all(items))
    }

    /// As [`BatchWrite::delete`].
    pub fn delete<E: BatchWritable + allow::BatchWriteBy<R>>(self, key: Key<E>) -> Self {
        self.with(|batch| batch.delete(key))
    }

    /// As [`BatchWrite::delete_all`].
    pub fn delete_all<K: IntoKey<Entity: BatchWritable>>(self, keys: impl IntoIterator<Item = K>) -> Self
    where
        K::Entity: allow::BatchWriteBy<R>,
    {
        self.with(|batch| batch.delete_all(keys))
    }

    /// As [`BatchWrite::request`]. One that the role does not allow is
    /// [`InvalidRequest::NotAllowed`](crate::InvalidRequest::NotAllowed), and nothing is sent.
    pub fn request(self, request: WriteRequest) -> Self {
        self.with(|batch| batch.request(request))
    }

    /// As [`BatchWrite::last_wins`].
    pub fn last_wins(self) -> Self {
        self.with(BatchWrite::last_wins)
    }

    /// As [`BatchWrite::concurrency`].
    pub fn concurrency(self, calls: usize) -> Self {
        self.with(|batch| batch.concurrency(calls))
    }

    /// As [`BatchWrite::deadline`].
    pub fn deadline(self, deadline: Duration) -> Self {
        self.with(|batch| batch.deadline(deadline))
    }

    /// As [`BatchWrite::preview`].
    ///
    /// # Errors
    /// Those of [`BatchWrite::preview`].
    pub fn preview(&self) -> Result<Vec<Request>> {
        self.batch.preview()
    }
}

impl<R> IntoFuture for BatchWriteAs<R> {
    type Output = Result<WriteReport>;
    type IntoFuture = <BatchWrite as IntoFuture>::IntoFuture;

    fn into_future(self) -> Self::IntoFuture {
        self.batch.into_future()
    }
}

/// Says that a role may put what this is in batches.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be written in a batch",
    label = "neither an entity nor a write request"
)]
pub trait BatchWritesOf<R> {}

impl<R: allow::BatchWrite<E>, E: BatchWritable> BatchWritesOf<R> for E {}
impl<R> BatchWritesOf<R> for WriteRequest {}
impl<R, W: BatchWritesOf<R>> BatchWritesOf<R> for Result<W> {}

/// Says that a role may read all the items of these lists of keys in batches.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a tuple of lists of keys",
    label = "not a tuple of lists of keys"
)]
pub trait BatchGetsOf<R> {}

macro_rules! of_tuples {
    ($(($($list:ident $entity:ident),*))*) => {$(
        impl<R, $($list, $entity),*> BatchGetsOf<R> for ($($list,)*)
        where
            $($list: IntoIterator<Item: IntoKey<Entity = $entity>>, $entity: Entity, R: allow::BatchGet<$entity>,)*
        {
        }
    )*};
}

of_tuples! {
    (A EA, B EB)
    (A EA, B EB, C EC)
    (A EA, B EB, C EC, D ED)
    (A EA, B EB, C EC, D ED, E EE)
    (A EA, B EB, C EC, D ED, E EE, F EF)
}
