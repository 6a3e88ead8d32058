//! Requests: builders that are values, can be looked at, and are sent by `.await`.

pub(crate) mod batch;
mod body;
mod call;
mod checkpoint;
mod conditions;
mod count;
mod cursor;
mod delete;
mod get;
mod guards;
mod hydrate;
mod origin;
mod page;
mod pages;
mod put;
mod rate;
mod read;
mod read_parts;
mod reading;
mod retry;
#[cfg_attr(not(feature = "sealed-cursors"), path = "unsealed.rs")]
mod seal;
mod segment_pages;
mod segments;
mod sharded;
mod streams;
mod strict;
mod target;
mod transact;
mod unchanged;
mod unique;
mod update;
mod version;
mod write;

pub use batch::{
    Answer, Answers, BatchGet, BatchGetAll, BatchItems, BatchProgress, BatchWrite, BatchWriteStream, IntoWriteRequest,
    KeyLists, Unwritten, WriteReport, WriteRequest,
};
pub use checkpoint::ScanCheckpoint;
pub use cursor::PageCursor;
pub use delete::Delete;
pub use get::Get;
pub use page::{Page, PageBytes};
pub use put::Put;
pub use read::{AnyIndex, QueryRequest, Read, ScanRequest};
pub use retry::RetryPolicy;
pub(crate) use retry::{Jitter, Retries};
#[cfg(not(feature = "sealed-cursors"))]
pub(crate) use seal::CursorSeal;
#[cfg(feature = "sealed-cursors")]
pub use seal::CursorSeal;
pub use segment_pages::{SegmentPage, SegmentPages};
pub use segments::SegmentedScan;
pub use target::{As, Target, Untyped, Whole};
pub(crate) use transact::PartName;
pub use transact::{
    Action, ConditionCheck, FrozenTransaction, IntoAction, IntoActions, IntoGet, IntoGets, Rekey, Rekeyed, TransactGet,
    TransactWrite,
};
pub use update::{SetPath, Update, ValueOf};
pub use version::{Versioned, WriteKey};
pub use write::{NewItem, Nothing, OldItem, Returning, UpdatedNew, UpdatedOld, Written};

use crate::codec::ToItem;
use crate::entity::{Entity, Index};
use crate::key::Key;
use crate::query::IntoQuery;
use crate::{Dynamo, Result};

impl Dynamo {
    /// Writes an item that must not be there yet: `PutItem` with the condition that the key does not exist. An item that
    /// has expired by its `ttl` is not there, and is replaced.
    ///
    /// It costs one write unit for each KB of the item, also when the condition fails. An item that is there is
    /// [`Error::ConditionFailed`](crate::Error::ConditionFailed), which holds it.
    ///
    /// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html>
    pub fn create<E: Entity>(&self, item: &E) -> Put<E> {
        Put::create(self.clone(), item)
    }

    /// Writes an item, replacing the one under its key if there is one: `PutItem`.
    ///
    /// It costs one write unit for each KB of the larger of the new and the old item.
    ///
    /// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html>
    pub fn put<E: Entity>(&self, item: &E) -> Put<E> {
        Put::replace(self.clone(), item)
    }

    /// Changes attributes of an item that must be there: `UpdateItem` with the condition that the key exists. An item that
    /// has expired by its `ttl` is not there.
    ///
    /// It costs one write unit for each KB of the larger of the item before and after. An item that is not there is
    /// [`Error::ConditionFailed`](crate::Error::ConditionFailed).
    ///
    /// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html>
    ///
    /// It is given the key, or the item as it was read. Of an entity with a version, the item stands for its version, and the
    /// update is applied only while the stored item has it; with a key, say
    /// [`expect_version`](Update::expect_version) or [`any_version`](Update::any_version).
    pub fn update<K: WriteKey>(&self, of: K) -> Update<K::Entity> {
        Update::present(self.clone(), of)
    }

    /// Changes attributes of an item, and makes the item of them and the key if it is not there: `UpdateItem`.
    ///
    /// A new item has only the attributes that the update sets: set all that the struct requires, or it cannot be read. An
    /// item that has expired by its `ttl`, and that DynamoDB has not deleted yet, is changed as it is: it keeps its other
    /// attributes.
    ///
    /// With a condition it decides who may write: this lets one caller an hour through, since `updated_at` is set by the
    /// update itself.
    ///
    /// ```
    /// # use tablewright::prelude::*;
    /// #[derive(DynamoTable)]
    /// #[dynamo(table = "alarms")]
    /// struct Alarm {
    ///     #[dynamo(partition_key)]
    ///     name: String,
    ///     #[dynamo(updated_at)]
    ///     rang_at: EpochSeconds,
    /// }
    ///
    /// # async fn example(db: &Dynamo) -> Result<(), tablewright::Error> {
    /// let hour_ago = EpochSeconds(db.now_as::<EpochSeconds>().0 - 3600);
    /// let ring = db.upsert(Alarm::key("fire")).condition(|a| a.rang_at.not_exists().or(a.rang_at.le(hour_ago)));
    /// if ring.if_met().await?.is_some() {
    ///     println!("ring");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html>
    pub fn upsert<E: Entity>(&self, key: Key<E>) -> Update<E> {
        Update::upsert(self.clone(), key)
    }

    /// Deletes an item; that it is not there is no error: `DeleteItem`.
    ///
    /// It costs one write unit for each KB of the item, and one if there is none.
    ///
    /// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html>
    ///
    /// It is given the key, or the item as it was read. Of an entity with a version, the item stands for its version, and is
    /// deleted only while the stored item has it; with a key, say [`expect_version`](Delete::expect_version) or
    /// [`any_version`](Delete::any_version).
    pub fn delete<K: WriteKey>(&self, of: K) -> Delete<K::Entity> {
        Delete::new(self.clone(), of)
    }

    /// Reads an item, or `None` if it is not there: `GetItem`. An item that has expired by its `ttl` is not there.
    ///
    /// It costs half a read unit for each 4 KB, a whole one if consistent.
    ///
    /// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html>
    pub fn get<E: Entity>(&self, key: Key<E>) -> Get<E> {
        Get::new(self.clone(), key)
    }

    /// Reads the items of one partition key, in the order of the sort key: `Query`.
    ///
    /// It costs half a read unit for each 4 KB that is read before the filter, a whole one if consistent. Of a key in shards
    /// (`shard = N`) each shard is asked, 16 at a time, and its units are rounded up by themselves; the items come in the order
    /// of the sort key all the same.
    ///
    /// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html>
    pub fn query<Q: IntoQuery>(&self, query: Q) -> QueryRequest<Q::Entity, Q::Index, Q::Reads> {
        QueryRequest::query(self.clone(), query.into_query())
    }

    /// Reads every item of a table, in no order: `Scan`.
    ///
    /// It costs half a read unit for each 4 KB of the whole table, whatever the filter leaves.
    ///
    /// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html>
    pub fn scan<E: Entity>(&self) -> ScanRequest<E> {
        ScanRequest::scan(self.clone(), None)
    }

    /// Reads every item of an index, in no order: `Scan` of the index, named by its query type.
    ///
    /// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html>
    pub fn scan_index<E: Entity, I: Index<E>>(&self) -> ScanRequest<E, I, I::Reads> {
        ScanRequest::scan(self.clone(), I::NAME)
    }

    /// An item as the JSON that would be stored, with no call.
    ///
    /// # Errors
    /// If a value cannot be stored.
    pub fn preview_item<T: ToItem>(item: &T) -> Result<String> {
        body::item_json(item, "the item").map(String::from)
    }
}
