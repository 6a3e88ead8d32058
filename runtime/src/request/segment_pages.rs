//! Scans in segments that are read side by side: the pages as they come.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::collections::VecDeque;
use std::sync::Arc;

use futures_core::Stream;
use futures_util::stream::{FuturesUnordered, StreamExt};

use super::RetryPolicy;
use super::batch::may_pass;
use super::checkpoint::{Reached, ScanCheckpoint};
use super::origin::Origin;
use super::page::Page;
use super::pages::Progress;
use super::rate::RateLimit;
use crate::codec::ItemOwned;
use crate::exec::BoxFuture;
use crate::{Dynamo, Error, Result};

/// A page of one segment of a scan.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct SegmentPage<T> {
    /// The segment, counted from 0.
    pub segment: u32,
    /// The page. Its cursor goes on in this segment alone: `db.scan().segment(segment, total).after(cursor)`.
    pub page: Page<T>,
}

/// The pages of a scan in segments, as they come.
///
/// After an error it gives nothing more; its [`checkpoint`](Self::checkpoint) still says where to go on.
#[must_use = "a stream does nothing until it is polled"]
pub struct SegmentPages<T> {
    origin: Origin,
    reached: Vec<Reached>,
    settings: Arc<Settings>,
    waiting: VecDeque<(u32, Progress)>,
    running: FuturesUnordered<BoxFuture<'static, Fetched<T>>>,
    failed: Option<Error>,
}

/// How the pages are read.
pub(super) struct Settings {
    pub(super) db: Dynamo,
    pub(super) policy: RetryPolicy,
    pub(super) rate: Option<RateLimit>,
    pub(super) concurrency: usize,
}

/// A segment after one more of its pages.
struct Fetched<T> {
    segment: u32,
    progress: Progress,
    page: Result<Page<T>>,
}

impl<T> SegmentPages<T> {
    pub(super) fn new(
        settings: Settings,
        origin: Origin,
        reached: Vec<Reached>,
        waiting: VecDeque<(u32, Progress)>,
    ) -> Self {
        let (settings, running) = (Arc::new(settings), FuturesUnordered::new());
        Self { origin, reached, settings, waiting, running, failed: None }
    }

    /// The pages of a scan that cannot be: an error.
    pub(super) fn failed(db: Dynamo, error: Error) -> Self {
        let settings = Settings { policy: db.retry_policy(), db, rate: None, concurrency: 1 };
        let origin = Origin { fingerprint: 0, binding: None };
        Self { failed: Some(error), ..Self::new(settings, origin, Vec::new(), VecDeque::new()) }
    }

    /// How far the scan is: it goes on after the pages that this stream has given.
    ///
    /// Pages are counted when they are given, so it is stored when their items have been dealt with.
    #[must_use]
    pub fn checkpoint(&self) -> ScanCheckpoint {
        ScanCheckpoint::seal(&self.origin, &self.reached)
    }

    /// Takes note of a page.
    fn take(&mut self, segment: u32, progress: Progress, page: Page<T>) -> SegmentPage<T> {
        let reached = page.cursor.clone().map_or(Reached::End, Reached::Page);
        if let Some(place) = usize::try_from(segment).ok().and_then(|place| self.reached.get_mut(place)) {
            *place = reached;
        }
        if !progress.done {
            self.waiting.push_back((segment, progress));
        }
        SegmentPage { segment, page }
    }

    fn stop(&mut self) {
        self.waiting.clear();
        self.running.clear();
    }
}

impl<T: ItemOwned + Send + 'static> Stream for SegmentPages<T> {
    type Item = Result<SegmentPage<T>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        if let Some(error) = this.failed.take() {
            return Poll::Ready(Some(Err(error)));
        }
        while this.running.len() < this.settings.concurrency
            && let Some((segment, progress)) = this.waiting.pop_front()
        {
            this.running.push(Box::pin(fetch(segment, progress, Arc::clone(&this.settings))));
        }
        match this.running.poll_next_unpin(context) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(None) => Poll::Ready(None),
            Poll::Ready(Some(Fetched { segment, progress, page: Ok(page) })) => {
                Poll::Ready(Some(Ok(this.take(segment, progress, page))))
            }
            Poll::Ready(Some(Fetched { page: Err(error), .. })) => {
                this.stop();
                Poll::Ready(Some(Err(error)))
            }
        }
    }
}

/// The next page of a segment, when the rate lets it begin. A call that is throttled or lost is repeated.
async fn fetch<T: ItemOwned>(segment: u32, mut progress: Progress, settings: Arc<Settings>) -> Fetched<T> {
    let admitted = match &settings.rate {
        Some(rate) => Some(rate.admit_as_before().await),
        None => None,
    };
    let mut retries = settings.db.begin(settings.policy);
    let page = loop {
        match progress.next::<T>(true).await {
            Err(error) if may_pass(&error) => {
                if !retries.pause().await {
                    break Err(error);
                }
            }
            page => break page,
        }
    };
    if let (Some(admitted), Ok(page)) = (admitted, &page) {
        let told = page.capacity_units > 0.0;
        admitted.settle(if told { page.capacity_units } else { 0.5 * page.scanned as f64 });
    }
    Fetched { segment, progress, page }
}

impl<T> fmt::Debug for SegmentPages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let done = self.reached.iter().filter(|reached| **reached == Reached::End).count();
        f.debug_struct("SegmentPages")
            .field("segments", &self.reached.len())
            .field("done", &done)
            .finish_non_exhaustive()
    }
}
