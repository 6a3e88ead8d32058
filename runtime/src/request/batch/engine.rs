//! Writing any number of items in memory that does not grow with it: what all of `batch_write` does.

use core::task::Poll;
use std::collections::HashSet;
use std::future::poll_fn;
use std::sync::Arc;

use futures_core::Stream;
use futures_core::stream::BoxStream;
use futures_util::stream::FuturesUnordered;

use super::chunk::Room;
use super::report::{BatchProgress, Unwritten, WriteReport};
use super::write_call::{CallDone, WriteCall};
use super::write_request::WriteRequest;
use crate::exec::BoxFuture;
use crate::request::rate::RateLimit;
use crate::request::{Retries, RetryPolicy};
use crate::{Dynamo, Result, limit};

/// Where writes come from.
pub(super) type Source<'s> = BoxStream<'s, Result<WriteRequest>>;

/// Who is told how far it is.
pub(super) type OnProgress<'s> = Box<dyn FnMut(&BatchProgress) + Send + 's>;

/// How writes are written.
pub(super) struct WriteSettings {
    pub(super) concurrency: usize,
    pub(super) policy: RetryPolicy,
    pub(super) rate: Option<RateLimit>,
    /// The one deadline of all calls; none where each call has its own.
    pub(super) shared: Option<Retries>,
}

/// A batch write on its way.
///
/// Writes of one item are in different calls, and a later one is only sent when the one before is done, so that they apply
/// in the order in which they came.
struct Engine<'e> {
    db: &'e Dynamo,
    settings: &'e WriteSettings,
    source: Source<'e>,
    source_ended: bool,
    taken: u64,
    /// The call that is filled.
    filling: Vec<Unwritten>,
    room: Room,
    /// What does not go into the call that is filled: it is full, or has a write of the same item, or a running one has.
    held: Option<Unwritten>,
    /// The items of the writes in the call that is filled and in those that run.
    busy: HashSet<(Arc<str>, Box<str>)>,
    running: FuturesUnordered<BoxFuture<'e, CallDone>>,
    report: WriteReport,
}

/// What an engine waits for.
enum Event {
    Taken(Result<WriteRequest>),
    SourceEnded,
    Done(CallDone),
    /// There is nothing to take at present, and no call runs.
    Idle,
}

/// Writes what comes, until the source ends or a call fails for good. What was taken and not sent then is unprocessed, and
/// the rest of the source is left in it.
pub(super) async fn write<'e>(
    db: &'e Dynamo,
    source: Source<'e>,
    settings: &'e WriteSettings,
    mut on_progress: Option<OnProgress<'_>>,
) -> WriteReport {
    let mut engine = Engine::new(db, source, settings);
    while let Some(event) = engine.next().await {
        match event {
            Event::Taken(Ok(request)) => engine.take(request),
            Event::Taken(Err(error)) => {
                engine.source_ended = true;
                engine.report.cause.get_or_insert(error);
            }
            Event::SourceEnded => engine.source_ended = true,
            Event::Done(done) => {
                engine.finish(done);
                if let Some(tell) = &mut on_progress {
                    tell(&engine.progress());
                }
            }
            Event::Idle => engine.send(),
        }
        engine.go_on();
    }
    engine.into_report()
}

impl<'e> Engine<'e> {
    fn new(db: &'e Dynamo, source: Source<'e>, settings: &'e WriteSettings) -> Self {
        Self {
            db,
            settings,
            source,
            source_ended: false,
            taken: 0,
            filling: Vec::new(),
            room: Room::of(limit::BATCH_WRITE_ITEMS),
            held: None,
            busy: HashSet::new(),
            running: FuturesUnordered::new(),
            report: WriteReport::default(),
        }
    }

    /// What happens next, or nothing when all is done.
    async fn next(&mut self) -> Option<Event> {
        if self.running.is_empty() && self.source_ended && (self.filling.is_empty() || self.has_stopped()) {
            return None;
        }
        let takes = !self.source_ended && self.held.is_none() && !self.is_full();
        let event = poll_fn(|context| {
            if let Poll::Ready(Some(done)) = core::pin::Pin::new(&mut self.running).poll_next(context) {
                return Poll::Ready(Event::Done(done));
            }
            if takes && let Poll::Ready(taken) = self.source.as_mut().poll_next(context) {
                return Poll::Ready(taken.map_or(Event::SourceEnded, Event::Taken));
            }
            if self.running.is_empty() && !self.filling.is_empty() {
                return Poll::Ready(Event::Idle);
            }
            Poll::Pending
        });
        Some(event.await)
    }

    /// True after a failure for good: nothing new is sent.
    fn has_stopped(&self) -> bool {
        !self.report.unprocessed.is_empty() || !self.report.unknown.is_empty()
    }

    fn is_full(&self) -> bool {
        self.filling.len() >= limit::BATCH_WRITE_ITEMS
    }

    fn take(&mut self, request: WriteRequest) {
        let write = Unwritten { position: self.taken, request };
        self.taken += 1;
        if !self.report.tables.contains(&write.request.table) {
            self.report.tables.push(Arc::clone(&write.request.table));
        }
        self.place(write);
    }

    /// Puts a write into the call that is filled, or holds it back.
    fn place(&mut self, write: Unwritten) {
        let item = (Arc::clone(&write.request.table), write.request.key.clone());
        let alone = self.filling.is_empty();
        if self.busy.contains(&item) || !(self.room.take(write.request.bytes()) || alone) {
            self.held = Some(write);
        } else {
            self.busy.insert(item);
            self.filling.push(write);
        }
    }

    /// Does what has become possible: sends a call that gets no further, and places what was held back.
    fn go_on(&mut self) {
        if self.has_stopped() {
            self.source_ended = true;
            return;
        }
        loop {
            let ready = self.is_full() || self.held.is_some() || self.source_ended;
            if ready && !self.filling.is_empty() && self.running.len() < self.settings.concurrency.max(1) {
                self.send();
            }
            let Some(held) = self.held.take() else { return };
            self.place(held);
            if self.held.is_some() {
                return;
            }
        }
    }

    fn send(&mut self) {
        let writes = core::mem::take(&mut self.filling);
        self.room = Room::of(limit::BATCH_WRITE_ITEMS);
        let WriteSettings { policy, rate, shared, .. } = self.settings;
        let call = WriteCall::new(self.db, rate.as_ref(), shared.clone(), *policy, writes);
        self.running.push(Box::pin(call.run()));
    }

    fn finish(&mut self, done: CallDone) {
        for write in done.written.iter().chain(&done.unprocessed).chain(&done.unknown) {
            self.busy.remove(&(Arc::clone(&write.request.table), write.request.key.clone()));
        }
        self.report.written += done.written.len() as u64;
        self.report.repeated += done.repeated;
        self.report.unprocessed.extend(done.unprocessed);
        self.report.unknown.extend(done.unknown);
        self.report.used.add(done.used);
        if let Some(cause) = done.cause {
            self.report.cause.get_or_insert(cause);
        }
    }

    fn progress(&self) -> BatchProgress {
        BatchProgress {
            taken: self.taken,
            written: self.report.written,
            calls: self.report.used.calls,
            capacity_units: self.report.used.units,
        }
    }

    fn into_report(mut self) -> WriteReport {
        self.report.unprocessed.extend(self.filling);
        self.report.unprocessed.extend(self.held);
        self.report.unprocessed.sort_by_key(|write| write.position);
        self.report.unknown.sort_by_key(|write| write.position);
        self.report
    }
}
