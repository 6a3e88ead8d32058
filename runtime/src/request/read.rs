//! `query` and `scan`: the builder.

use core::fmt;
use core::future::IntoFuture;
use core::marker::PhantomData;

use futures_core::Stream;

use super::count::count;
use super::cursor::PageCursor;
use super::page::{Page, PageBytes};
use super::pages;
use super::read_parts::ReadParts;
use super::segments::SegmentedScan;
use super::streams;
use super::target::{As, Target, Whole};
use super::write::debug_request;
use crate::Item;
use crate::codec::ItemOwned;
use crate::entity::{ConsistentReads, Document, Entity, Index, Whose};
use crate::exec::{BoxFuture, Operation, Request};
use crate::expr::{InQuery, InScan, IntoCondition, Node, Path};
use crate::query::Query;
use crate::{Dynamo, Result};

/// A read of many items of `E`: a query or a scan, as `S` says, of the table or index `I`.
///
/// Awaiting it collects the items, page by page; [`take`](Self::take) bounds how many. [`stream`](Self::stream) gives
/// them one by one, [`page`](Self::page) a page with a cursor to go on from.
#[must_use = "a request does nothing until it is awaited"]
pub struct Read<E, I, S, T = Whole> {
    parts: ReadParts,
    marker: PhantomData<fn() -> (E, I, S, T)>,
}

/// A query: the items of one partition key.
pub type QueryRequest<E, I, T = Whole> = Read<E, I, InQuery<I>, T>;

/// A scan: every item of a table or an index.
pub type ScanRequest<E, I = AnyIndex, T = Whole> = Read<E, I, InScan, T>;

/// The table itself, for a scan.
#[derive(Debug)]
pub enum AnyIndex {}

impl<E> Index<E> for AnyIndex {
    const NAME: Option<&'static str> = None;
    type Reads = Whole;
}
#[diagnostic::do_not_recommend]
impl ConsistentReads for AnyIndex {}

impl<E: Entity, I: Index<E>, T> QueryRequest<E, I, T> {
    pub(super) fn query(db: Dynamo, query: Query<E, I>) -> Self {
        let table = db.name_of(E::TABLE);
        let mut parts = ReadParts::new(db, table, (E::NAME, Whose::of::<E>()), Operation::Query, I::NAME);
        parts.key_condition = Some(query.key_condition);
        parts.descending = query.defaults.descending;
        parts.take = query.defaults.take;
        parts.projection = query.defaults.attributes.iter().map(|name| Node::attribute(name)).collect();
        Self { parts, marker: PhantomData }
    }
}

impl<E: Entity, I: Index<E>> ScanRequest<E, I, I::Reads> {
    pub(super) fn scan(db: Dynamo, index: Option<&'static str>) -> Self {
        let table = db.name_of(E::TABLE);
        Self {
            parts: ReadParts::new(db, table, (E::NAME, Whose::of::<E>()), Operation::Scan, index),
            marker: PhantomData,
        }
    }
}

impl<E: Entity, I: Index<E>, T> ScanRequest<E, I, T> {
    /// Reads one of several equal parts of the table: `segment` counts from 0 to `total` - 1.
    ///
    /// Several callers read a table faster when each takes another segment; one caller does so with
    /// [`segments`](Self::segments).
    pub fn segment(mut self, segment: u32, total: u32) -> Self {
        self.parts.segment = Some((segment, total));
        self
    }

    /// Reads the table in so many equal parts side by side. The items come in no order.
    ///
    /// Reading faster uses the table's capacity faster: [`units_per_second`](SegmentedScan::units_per_second) limits that.
    ///
    /// <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Scan.html#Scan.ParallelScan>
    pub fn segments(self, segments: u32) -> SegmentedScan<E, I, T> {
        SegmentedScan::new(self.parts, segments)
    }
}

impl<E: Entity, I: Index<E>, T> QueryRequest<E, I, T> {
    pub(super) fn into_parts(self) -> ReadParts {
        self.parts
    }

    /// Reads from the greatest sort key to the least.
    pub fn descending(mut self) -> Self {
        self.parts.descending = true;
        self
    }

    /// Reads from the least sort key to the greatest, as every query does but an access pattern of the other order.
    pub fn ascending(mut self) -> Self {
        self.parts.descending = false;
        self
    }
}

impl<E: Entity, I: Index<E>, S, T> Read<E, I, S, T> {
    /// Reads only the attributes of `U`, a document whose fields are some of the item's attributes.
    ///
    /// The capacity used is the whole items'; what is saved is the transfer. On an index with a narrow projection `U`
    /// has only attributes that the index carries.
    pub fn read_as<U: Document + ItemOwned>(mut self) -> Read<E, I, S, As<U>> {
        self.parts.projection = U::ATTRIBUTES.iter().map(|name| Node::attribute(name)).collect();
        Read { parts: self.parts, marker: PhantomData }
    }

    /// Reads only this attribute or part of one, and others that are asked for in the same way, as untyped items.
    pub fn project<V, R>(mut self, path: impl FnOnce(E::Paths<InScan>) -> Path<E, V, R>) -> Read<E, I, S, As<Item>> {
        self.parts.projection = vec![path(E::paths()).into_node()];
        Read { parts: self.parts, marker: PhantomData }
    }
}

impl<E: Entity, I: Index<E>, S> Read<E, I, S, As<Item>> {
    /// Reads this attribute or part of one as well.
    pub fn and_project<V, R>(mut self, path: impl FnOnce(E::Paths<InScan>) -> Path<E, V, R>) -> Self {
        self.parts.projection.push(path(E::paths()).into_node());
        self
    }
}

impl<E: Entity, I: Index<E>, S, T> Read<E, I, S, T> {
    /// Leaves out items that do not meet this condition; several filters must all be met.
    ///
    /// The filter applies after reading: what it leaves out is paid for, and pages may be empty.
    pub fn filter<C: IntoCondition<E>>(mut self, filter: impl FnOnce(E::Paths<S>) -> C) -> Self {
        self.parts.filters.push(filter(E::paths()).into_condition().expr);
        self
    }

    /// Reads what all writes that succeeded before have left, for twice the capacity.
    pub fn consistent(mut self) -> Self
    where
        I: ConsistentReads,
    {
        self.parts.consistent = true;
        self
    }

    /// Leaves out items that are of no entity of the table, and counts them in [`Page::unknown`].
    ///
    /// Without it such an item is an error, unless the table's enum has a variant for them. Items of the table's other
    /// entities are never in a read of one.
    pub fn skip_unknown(mut self) -> Self {
        self.parts.whose = self.parts.whose.skip_unknown();
        self
    }

    /// Reads items as well whose time to live has passed, and which DynamoDB has not deleted yet.
    ///
    /// Without it they are left out by a filter, by the handle's clock: they are paid for, and do not count for
    /// [`take`](Self::take). An index that does not carry the `ttl` attribute cannot tell them.
    pub fn include_expired(mut self) -> Self {
        self.parts.include_expired = true;
        self
    }

    /// The result budget: stops after this many items.
    pub fn take(mut self, items: usize) -> Self {
        self.parts.take = Some(items);
        self
    }

    /// The page size: how many items DynamoDB reads for one answer, of each shard, before the filter. 1 MB ends a page, too.
    pub fn page_size(mut self, items: u32) -> Self {
        self.parts.page_size = Some(items);
        self
    }

    /// The page count: stops after this many answers, full or not; of a key in shards, after so many rounds of them.
    pub fn max_pages(mut self, pages: u32) -> Self {
        self.parts.max_pages = Some(pages);
        self
    }

    /// Goes on from where a page of the same query ended.
    pub fn after(mut self, cursor: impl Into<Option<PageCursor>>) -> Self {
        self.parts.start = cursor.into();
        self
    }

    /// Seals the cursors of this read with these keys instead of the handle's, and takes no others.
    #[cfg(feature = "sealed-cursors")]
    pub fn cursor_seal(mut self, seal: &super::CursorSeal) -> Self {
        self.parts.seal = Some(seal.clone());
        self
    }

    /// Binds the sealed cursors of this read to a tenant, a user or a session: for another one they are not sound.
    ///
    /// Without a seal it is an error, because a cursor that is not sealed is bound to nobody.
    #[cfg(feature = "sealed-cursors")]
    pub fn cursor_tenant(mut self, tenant: impl Into<std::sync::Arc<str>>) -> Self {
        self.parts.tenant = Some(tenant.into());
        self
    }

    /// The request that would be sent first; of a key in shards, those of the others differ in the partition key alone.
    ///
    /// # Errors
    /// If a key value is empty or too long, the cursor is another query's, or the request is over a limit.
    pub fn preview(&self) -> Result<Request> {
        self.parts.first_request()
    }

    /// How many items match, without reading them over the network: every page is read and paid for.
    ///
    /// # Errors
    /// Whatever DynamoDB or the way to it reports.
    pub async fn count(self) -> Result<u64> {
        count(self.parts).await
    }

    /// One page as bytes, for items that borrow from it.
    ///
    /// # Errors
    /// Whatever DynamoDB or the way to it reports.
    pub async fn page_bytes(self) -> Result<PageBytes> {
        super::reading::page_bytes(self.parts).await
    }
}

impl<E: Entity, I: Index<E>, S: 'static, T: Target<E>> Read<E, I, S, T> {
    /// Items up to the result budget or the end of the first page, and a cursor to go on from.
    ///
    /// With [`max_pages`](Self::max_pages) it reads up to that many pages as one.
    ///
    /// # Errors
    /// Whatever DynamoDB or the way to it reports.
    pub async fn page(self) -> Result<Page<T::Item>> {
        pages::page(self.parts).await
    }

    /// The first item, or `None` if nothing matches.
    ///
    /// # Errors
    /// Whatever DynamoDB or the way to it reports.
    pub async fn first(self) -> Result<Option<T::Item>> {
        Ok(self.take(1).await?.pop())
    }

    /// The only item, or `None` if nothing matches.
    ///
    /// # Errors
    /// If several items match, and whatever DynamoDB or the way to it reports.
    pub async fn one(self) -> Result<Option<T::Item>> {
        let mut items = self.take(2).await?;
        match items.len() {
            0 | 1 => Ok(items.pop()),
            _ => Err(crate::Error::NotUnique { entity: E::NAME }),
        }
    }

    /// The items one by one; a page is read when the items of the one before are used up.
    pub fn stream(self) -> impl Stream<Item = Result<T::Item>> + Send + Unpin + 'static {
        streams::items(self.parts)
    }

    /// The pages one by one.
    pub fn pages(self) -> impl Stream<Item = Result<Page<T::Item>>> + Send + Unpin + 'static {
        streams::pages(self.parts)
    }
}

impl<E: Entity, I: Index<E>, S: 'static, T: Target<E>> IntoFuture for Read<E, I, S, T> {
    type Output = Result<Vec<T::Item>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(pages::collect(self.parts))
    }
}

impl<E, I, S, T> Clone for Read<E, I, S, T> {
    fn clone(&self) -> Self {
        Self { parts: self.parts.clone(), marker: PhantomData }
    }
}

impl<E: Entity, I, S, T> fmt::Debug for Read<E, I, S, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug_request(f, "Read", E::NAME)
    }
}
