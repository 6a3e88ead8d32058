//! `batch_write`: a list of writes.

use core::fmt;
use core::future::IntoFuture;
use core::time::Duration;
use std::collections::HashMap;

use futures_util::stream::{self, StreamExt};

use super::CONCURRENCY;
use super::chunk::cut;
use super::engine::{WriteSettings, write};
use super::report::{Unwritten, WriteReport};
use super::write_call::request;
use super::write_request::{IntoWriteRequest, WriteRequest};
use crate::entity::BatchWritable;
use crate::error::InvalidRequest;
use crate::exec::{BoxFuture, Request};
use crate::key::{IntoKey, Key};
use crate::request::RetryPolicy;
use crate::{Dynamo, Result, limit};

/// Puts and deletes of many items, of any entities in any tables: [`Dynamo::batch_write`].
#[must_use = "a request does nothing until it is awaited"]
pub struct BatchWrite {
    db: Dynamo,
    writes: Result<Vec<WriteRequest>>,
    last_wins: bool,
    concurrency: usize,
    policy: RetryPolicy,
}

impl Dynamo {
    /// Puts and deletes many items: `BatchWriteItem`, as many calls as it takes.
    ///
    /// A call takes 25 writes and 16 MB, and up to four calls run at a time. What DynamoDB leaves unprocessed is sent again
    /// after growing pauses, as long as the [`RetryPolicy`] allows. Each write succeeds or fails by itself: the result says
    /// which were written, which were not, and of which it is not known, and has to be asked:
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
    /// # async fn example(db: &Dynamo, notes: Vec<Note>) -> Result<(), tablewright::Error> {
    /// let written = db.batch_write().put_all(&notes).delete(Note::key(7)).await?.complete()?;
    /// # let _ = written;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Nothing is sent if a write cannot be: if an item is too large or a key empty. Two writes of the same item are an
    /// error that names both places, unless [`last_wins`](BatchWrite::last_wins) is asked for, because a batch has no order.
    ///
    /// It has no conditions: what is there is replaced. Where answers are lost, a write is sent again, and may replace what
    /// another program wrote in between ([`WriteReport::repeated`]). An entity with a version, a unique attribute or another
    /// condition on its writes is therefore refused at compile time.
    ///
    /// It saves round trips, not capacity: each put or delete uses the write units that it uses alone.
    ///
    /// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html>
    pub fn batch_write(&self) -> BatchWrite {
        let policy = self.retry_policy();
        BatchWrite { db: self.clone(), writes: Ok(Vec::new()), last_wins: false, concurrency: CONCURRENCY, policy }
    }
}

impl BatchWrite {
    /// Writes an item, replacing the one under its key if there is one.
    pub fn put<E: BatchWritable>(self, item: &E) -> Self {
        let request = WriteRequest::put(&self.db, item);
        self.add(request)
    }

    /// Writes items, each replacing the one under its key if there is one.
    pub fn put_all<'i, E: BatchWritable + 'i>(self, items: impl IntoIterator<Item = &'i E>) -> Self {
        items.into_iter().fold(self, Self::put)
    }

    /// Deletes an item; that it is not there is no error.
    pub fn delete<E: BatchWritable>(self, key: Key<E>) -> Self {
        let request = WriteRequest::delete(&self.db, key);
        self.add(request)
    }

    /// Deletes items; that one is not there is no error.
    pub fn delete_all<K: IntoKey<Entity: BatchWritable>>(self, keys: impl IntoIterator<Item = K>) -> Self {
        keys.into_iter().fold(self, |batch, key| batch.delete(key.into_key()))
    }

    /// Adds a write that was made before, such as one that another batch left.
    pub fn request(self, request: WriteRequest) -> Self {
        let request = request.into_write_request(&self.db);
        self.add(request)
    }

    fn add(mut self, request: Result<WriteRequest>) -> Self {
        // The first mistake is the one that is reported.
        if let Ok(writes) = &mut self.writes {
            match request {
                Ok(request) => writes.push(request),
                Err(error) => self.writes = Err(error),
            }
        }
        self
    }

    /// Of several writes of the same item, sends only the last.
    pub fn last_wins(mut self) -> Self {
        self.last_wins = true;
        self
    }

    /// How many calls may run at a time; 4 if nothing is said.
    pub fn concurrency(mut self, calls: usize) -> Self {
        self.concurrency = calls;
        self
    }

    /// The longest that the whole batch may take, instead of what the handle's retry policy says.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.policy.deadline = deadline;
        self
    }

    /// The requests that would be sent, if each is answered whole.
    ///
    /// # Errors
    /// If an item or key cannot be sent, or if two writes are of the same item.
    pub fn preview(&self) -> Result<Vec<Request>> {
        let writes = self.writes.as_ref().map_err(crate::Error::copy_unsent)?;
        let writes = numbered(resolve(writes.clone(), self.last_wins)?);
        let calls = cut(writes.iter().map(|write| write.request.bytes()), limit::BATCH_WRITE_ITEMS);
        calls.into_iter().map(|call| request(writes.get(call).unwrap_or_default().iter())).collect()
    }

    async fn run(self) -> Result<WriteReport> {
        let writes = self.writes?;
        let given = writes.len();
        let writes = resolve(writes, self.last_wins)?;
        let superseded = given - writes.len();
        let (positions, requests): (Vec<usize>, Vec<WriteRequest>) = writes.into_iter().unzip();
        let settings = WriteSettings {
            concurrency: self.concurrency,
            policy: self.policy,
            rate: None,
            shared: Some(self.db.begin(self.policy)),
        };
        let mut requests = requests.into_iter().map(Ok);
        let mut report = write(&self.db, stream::iter(&mut requests).boxed(), &settings, None).await;
        // A list has an end, so that its rest can be told as well.
        let rest = requests.filter_map(Result::ok);
        let taken = report.taken();
        report.unprocessed.extend((taken..).zip(rest).map(|(position, request)| Unwritten { position, request }));
        for write in report.unprocessed.iter_mut().chain(&mut report.unknown) {
            let place = usize::try_from(write.position).ok().and_then(|place| positions.get(place));
            write.position = place.map_or(write.position, |place| *place as u64);
        }
        report.superseded = superseded as u64;
        Ok(report)
    }
}

/// Decides about several writes of the same item. What is left has its place in the list.
fn resolve(writes: Vec<WriteRequest>, last_wins: bool) -> Result<Vec<(usize, WriteRequest)>> {
    let mut last = HashMap::new();
    for (place, write) in writes.iter().enumerate() {
        let before = last.insert((write.table.clone(), write.key.clone()), place);
        if let (Some(first), false) = (before, last_wins) {
            return Err(InvalidRequest::WrittenTwice { entity: write.entity, first, second: place }.into());
        }
    }
    let is_last = |place, write: &WriteRequest| last.get(&(write.table.clone(), write.key.clone())) == Some(&place);
    Ok(writes.into_iter().enumerate().filter(|(place, write)| is_last(*place, write)).collect())
}

fn numbered(writes: Vec<(usize, WriteRequest)>) -> Vec<Unwritten> {
    writes.into_iter().map(|(place, request)| Unwritten { position: place as u64, request }).collect()
}

impl IntoFuture for BatchWrite {
    type Output = Result<WriteReport>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl fmt::Debug for BatchWrite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let writes = self.writes.as_ref().map_or(0, Vec::len);
        f.debug_struct("BatchWrite").field("writes", &writes).finish_non_exhaustive()
    }
}
