//! Scans in segments that are read side by side: the builder.

use core::fmt;
use core::future::IntoFuture;
use core::marker::PhantomData;
use std::collections::VecDeque;

use futures_core::Stream;
use futures_util::stream::{self, TryStreamExt};

use super::RetryPolicy;
use super::checkpoint::{Reached, ScanCheckpoint};
use super::pages::Progress;
use super::rate::{RateLimit, units_per_second};
use super::read_parts::ReadParts;
use super::segment_pages::{SegmentPage, SegmentPages, Settings};
use super::target::Target;
use super::write::debug_request;
use crate::Result;
use crate::entity::{Entity, Index};
use crate::error::InvalidRequest;
use crate::exec::BoxFuture;

/// A scan of a table or index in segments that are read side by side: [`segments`](super::Read::segments) of a scan.
///
/// Awaiting it collects the items. [`stream`](Self::stream) gives them one by one, and [`pages`](Self::pages) a page at a
/// time, with a checkpoint to go on from. They come in no order.
#[must_use = "a request does nothing until it is awaited"]
pub struct SegmentedScan<E, I, T> {
    parts: ReadParts,
    segments: u32,
    concurrency: usize,
    policy: RetryPolicy,
    units_per_second: Option<f64>,
    start: Option<ScanCheckpoint>,
    marker: PhantomData<fn() -> (E, I, T)>,
}

impl<E: Entity, I: Index<E>, T> SegmentedScan<E, I, T> {
    pub(super) fn new(parts: ReadParts, segments: u32) -> Self {
        let policy = parts.db.retry_policy();
        let concurrency = usize::try_from(segments).unwrap_or(usize::MAX);
        Self { parts, segments, concurrency, policy, units_per_second: None, start: None, marker: PhantomData }
    }

    /// How many calls may run at a time; one for each segment if nothing is said.
    pub fn concurrency(mut self, calls: usize) -> Self {
        self.concurrency = calls;
        self
    }

    /// Uses no more than so many read units per second, on average and over all segments, so that other users of the table
    /// are not throttled.
    ///
    /// A call is only held back by what calls before it have used, and a page uses up to 128 units, twice as many if
    /// consistent; a smaller `page_size` makes the load more even. Where a server does not tell what a page used, half a
    /// unit for each item is counted.
    pub fn units_per_second(mut self, units: f64) -> Self {
        self.units_per_second = Some(units);
        self
    }

    /// How a segment goes on whose call is throttled or not answered, instead of what the handle says.
    pub fn retry_policy(mut self, policy: RetryPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// Goes on from where a scan of the same table or index with the same filter, in as many segments, was.
    pub fn after(mut self, checkpoint: impl Into<Option<ScanCheckpoint>>) -> Self {
        self.start = checkpoint.into();
        self
    }

    /// Where each segment begins.
    fn begin<U>(self) -> Result<SegmentPages<U>> {
        self.check()?;
        let rate = self.units_per_second.map(units_per_second).transpose()?.map(RateLimit::new);
        let origin = self.parts.render(None)?.origin;
        let reached = match &self.start {
            Some(checkpoint) => checkpoint.open(&origin, self.segments)?,
            None => (0..self.segments).map(|_| Reached::Nothing).collect(),
        };
        let mut waiting = VecDeque::new();
        for (segment, reached) in (0..self.segments).zip(&reached) {
            let start = match reached {
                Reached::Nothing => None,
                Reached::Page(cursor) => Some(cursor.clone()),
                Reached::End => continue,
            };
            let parts = ReadParts { segment: Some((segment, self.segments)), start, ..self.parts.clone() };
            waiting.push_back((segment, Progress::start(parts)?));
        }
        let settings = Settings { db: self.parts.db, policy: self.policy, rate, concurrency: self.concurrency.max(1) };
        Ok(SegmentPages::new(settings, origin, reached, waiting))
    }

    fn check(&self) -> Result<()> {
        let ReadParts { take, max_pages, start, segment, .. } = &self.parts;
        let reason = match self.segments {
            0 => "`segments` is 0; a scan has at least 1".to_owned(),
            1_000_001.. => format!("`segments` is {}; a scan has at most 1000000", self.segments),
            _ if take.is_some() || max_pages.is_some() => {
                "a scan in segments has neither `take` nor `max_pages`: end its stream when there is enough".to_owned()
            }
            _ if start.is_some() || segment.is_some() => {
                "a scan in segments has neither `segment` nor a cursor before `segments`: it goes on from a checkpoint, with \
                 `after`"
                    .to_owned()
            }
            _ => return Ok(()),
        };
        Err(InvalidRequest::Setting { reason: reason.into() }.into())
    }
}

impl<E: Entity, I: Index<E>, T: Target<E>> SegmentedScan<E, I, T> {
    /// The pages of all segments, as they come.
    ///
    /// ```
    /// # use tablewright::prelude::*;
    /// use futures_util::TryStreamExt;
    /// use tablewright::request::ScanCheckpoint;
    ///
    /// # #[derive(DynamoTable)]
    /// # #[dynamo(table = "notes")]
    /// # struct Note { #[dynamo(partition_key)] id: u64 }
    /// # async fn example(db: &Dynamo, stored: Option<ScanCheckpoint>) -> Result<(), tablewright::Error> {
    /// let mut pages = db.scan::<Note>().segments(8).units_per_second(200.0).after(stored).pages();
    /// while let Some(page) = pages.try_next().await? {
    ///     println!("{} notes of segment {}", page.page.items.len(), page.segment);
    ///     // When the items are dealt with, the scan can go on from here, in another process as well.
    ///     std::fs::write("checkpoint", pages.checkpoint().as_str()).ok();
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn pages(self) -> SegmentPages<T::Item> {
        let db = self.parts.db.clone();
        self.begin().unwrap_or_else(|error| SegmentPages::failed(db, error))
    }

    /// The items of all segments, as they come.
    pub fn stream(self) -> impl Stream<Item = Result<T::Item>> + Send + Unpin + 'static {
        let items = |page: SegmentPage<T::Item>| stream::iter(page.page.items.into_iter().map(Ok));
        self.pages().map_ok(items).try_flatten()
    }
}

impl<E: Entity, I: Index<E>, T: Target<E>> IntoFuture for SegmentedScan<E, I, T> {
    type Output = Result<Vec<T::Item>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let pages = self.pages();
        Box::pin(pages.try_fold(Vec::new(), |mut items, page| async move {
            items.extend(page.page.items);
            Ok(items)
        }))
    }
}

impl<E: Entity, I, T> fmt::Debug for SegmentedScan<E, I, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug_request(f, "SegmentedScan", E::NAME)
    }
}
