//! Reading a stream shard by shard, the same for all tables.

use core::time::Duration;
use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use tokio::time::Instant;

use super::calls::{Answer, Stream};
use super::checkpoint::{CheckpointStore, ShardPosition};
use super::page::{RecordsPage, is_meant};
use super::shards::Shards;
use crate::exec::Operation;
use crate::stream::event::of_page;
use crate::stream::{SequenceNumber, StreamError};
use crate::{EpochSeconds, Result};

/// How long a list of shards is good for, unless a shard came to its end.
const LIST_FOR: Duration = Duration::from_secs(60);
/// How much the clocks of this program and of the stream may differ where reading starts at a time.
const CLOCK_DIFFERENCE: u64 = 60;
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Reads a stream: hands out pages of records, and is told which of them were handled.
#[derive(Debug)]
pub(super) struct Reader {
    stream: Stream,
    store: Arc<dyn CheckpointStore>,
    /// The consumer's name and the stream's ARN.
    name: Box<str>,
    latest: bool,
    skip_trimmed: bool,
    page_size: u32,
    shards: Shards,
    listed_at: Option<Instant>,
    disabled: bool,
    handed_out: Option<HandedOut>,
}

/// What a reader is made of.
#[derive(Debug)]
pub(super) struct Settings {
    pub(super) consumer: Box<str>,
    pub(super) store: Arc<dyn CheckpointStore>,
    pub(super) latest: bool,
    pub(super) skip_trimmed: bool,
    pub(super) page_size: u32,
}

/// A page that was handed out and of which nothing was heard.
#[derive(Debug)]
struct HandedOut {
    shard: usize,
    numbers: Vec<Option<SequenceNumber>>,
    next: Option<Box<str>>,
}

impl Reader {
    /// Lists the shards and goes on from the checkpoints, or starts where a new reader does.
    pub(super) async fn open(stream: Stream, settings: Settings) -> Result<Self> {
        let Settings { consumer, store, latest, skip_trimmed, page_size } = settings;
        let name = format!("{consumer}/{}", stream.arn).into();
        let mut reader = Self {
            stream,
            store,
            name,
            latest,
            skip_trimmed,
            page_size,
            shards: Shards::default(),
            listed_at: None,
            disabled: false,
            handed_out: None,
        };
        let known = reader.store.load(&reader.name).await?;
        let known: BTreeMap<_, _> = known.into_iter().map(|known| (known.shard, known.position)).collect();
        let new = reader.list(&known).await?;
        if known.is_empty() && reader.latest {
            reader.start_at_latest(new).await?;
        }
        Ok(reader)
    }

    /// The next page with records; `None` if no shard has any now. A page that was not settled comes again.
    pub(super) async fn next(&mut self) -> Result<Option<RecordsPage>> {
        if let Some(HandedOut { shard, .. }) = self.handed_out.take()
            && let Some(shard) = self.shards.get_mut(shard)
        {
            shard.iterator = None;
        }
        loop {
            let finished = self.shards.all_finished();
            if finished || self.listed_at.is_none_or(|listed_at| listed_at.elapsed() >= LIST_FOR) {
                self.list(&BTreeMap::new()).await?;
            }
            if self.disabled && self.shards.all_finished() {
                return Err(StreamError::Disabled { table: (*self.stream.table).into() }.into());
            }
            for place in self.shards.readable(Instant::now()) {
                if let Some(page) = self.page(place).await? {
                    self.shards.pass_turn(place);
                    return Ok(Some(page));
                }
            }
            // Where a shard came to its end, its children may be read now.
            if self.listed_at.is_some() {
                return Ok(None);
            }
        }
    }

    /// Says that the first `settled` records of the last page need not come again.
    pub(super) async fn settle(&mut self, settled: usize) -> Result<()> {
        let Some(HandedOut { shard: place, numbers, next }) = &self.handed_out else { return Ok(()) };
        let Some(shard) = self.shards.get_mut(*place) else { return Ok(()) };
        let (all, ended) = (settled >= numbers.len(), next.is_none());
        let last = numbers.iter().take(settled).rev().flatten().next();
        let position = match last {
            _ if all && ended => Some(ShardPosition::Finished),
            Some(last) => Some(ShardPosition::After(last.clone())),
            None => None,
        };
        if let Some(position) = position {
            self.store.save(&self.name, &shard.checkpoint(position.clone())).await?;
            shard.position = position;
        }
        shard.iterator = if all { next.clone() } else { None };
        if settled > 0 {
            shard.failures = 0;
            shard.paused_until = None;
        }
        if !all {
            shard.failures += 1;
            shard.paused_until = Some(Instant::now() + pause(shard.failures));
        }
        if all && ended {
            self.listed_at = None;
        }
        self.handed_out = None;
        Ok(())
    }

    /// How often the record that was last settled before failed, in a row.
    pub(super) fn failures(&self, place: usize) -> u32 {
        self.shards.all.get(place).map_or(0, |shard| shard.failures)
    }

    /// The place of the shard whose page is handed out.
    pub(super) fn handed_out(&self) -> Option<usize> {
        self.handed_out.as_ref().map(|handed_out| handed_out.shard)
    }

    /// When the first shard that is paused after a failure may be read again.
    pub(super) fn paused_until(&self) -> Option<Instant> {
        self.shards.paused_until().filter(|until| *until > Instant::now())
    }

    /// Lists the shards; gives the places of new ones.
    async fn list(&mut self, known: &BTreeMap<Box<str>, ShardPosition>) -> Result<Vec<usize>> {
        let description = self.stream.describe().await?;
        super::error::check_view(&self.stream, description.view.as_deref())?;
        self.disabled = description.disabled;
        let (shards, listed) = self.shards.listed(description.shards, known);
        if let Some(shard) = listed.gap {
            self.trimmed(&shard, None)?;
        }
        self.shards.all = shards;
        for shard in &listed.gone {
            self.store.remove(&self.name, shard).await?;
        }
        self.listed_at = Some(Instant::now());
        Ok(listed.new)
    }

    /// Begins at the end of each shard. The checkpoints say since when, so that a reader that starts again, or whose
    /// iterators expire before the first record, misses nothing from then on.
    async fn start_at_latest(&mut self, shards: Vec<usize>) -> Result<()> {
        let now = EpochSeconds::at(self.stream.db.now());
        let since = ShardPosition::Since(EpochSeconds(now.0.saturating_sub(CLOCK_DIFFERENCE)));
        for place in shards {
            let Some(shard) = self.shards.get_mut(place) else { continue };
            self.store.save(&self.name, &shard.checkpoint(since.clone())).await?;
            shard.position = since.clone();
            if let Answer::Done(iterator) = self.stream.iterator(&shard.id, None).await? {
                shard.iterator = Some(iterator);
            }
        }
        Ok(())
    }

    /// Reads a shard once. An empty page is passed over, and the end of the shard is kept.
    async fn page(&mut self, place: usize) -> Result<Option<RecordsPage>> {
        let Some((body, since)) = self.read(place).await? else { return Ok(None) };
        let mut numbers = Vec::new();
        let next = of_page(&body, &mut |raw| {
            if is_meant(&raw, since, self.stream.schema) {
                numbers.push(raw.sequence_number.as_deref().and_then(SequenceNumber::parse));
            }
        });
        let next =
            next.map_err(|_| self.stream.corrupt(Operation::GetRecords, "the answer is not one of GetRecords"))?;
        let empty = numbers.is_empty();
        self.handed_out = Some(HandedOut { shard: place, numbers, next });
        if empty {
            self.settle(0).await?;
            return Ok(None);
        }
        Ok(Some(RecordsPage { body, since, table: self.stream.schema }))
    }

    /// The answer of `GetRecords` for a shard, with a new iterator if there is none or it expired.
    async fn read(&mut self, place: usize) -> Result<Option<(Bytes, Option<EpochSeconds>)>> {
        // An iterator may expire once between two calls, and records may be trimmed once; more is trouble.
        for _ in 0..3 {
            let Some(shard) = self.shards.get_mut(place) else { return Ok(None) };
            let iterator = match shard.iterator.take() {
                Some(iterator) => Answer::Done(iterator),
                None => {
                    shard.since = match shard.position {
                        ShardPosition::Since(since) => Some(since),
                        _ => None,
                    };
                    self.stream.iterator(&shard.id, Some(&shard.position)).await?
                }
            };
            let since = shard.since;
            let answer = match iterator {
                Answer::Done(iterator) => self.stream.records(&iterator, self.page_size).await?,
                Answer::Expired => Answer::Expired,
                Answer::Trimmed => Answer::Trimmed,
            };
            match answer {
                Answer::Done(body) => return Ok(Some((body, since))),
                Answer::Expired => {}
                Answer::Trimmed => {
                    let (id, position) = (shard.id.clone(), shard.position.clone());
                    self.trimmed(&id, Some(&position))?;
                    if let Some(shard) = self.shards.get_mut(place) {
                        shard.position = ShardPosition::Start;
                    }
                }
            }
        }
        Err(StreamError::Unstable { table: (*self.stream.table).into() }.into())
    }

    /// Reports records that are gone, unless the reader was told to go on without them.
    fn trimmed(&self, shard: &str, position: Option<&ShardPosition>) -> Result<()> {
        let table = &*self.stream.table;
        if self.skip_trimmed {
            tracing::warn!(target: "tablewright", table, shard, "records of the stream are older than 24 hours and gone");
            return Ok(());
        }
        let after = match position {
            Some(ShardPosition::After(number)) => Some(number.clone()),
            _ => None,
        };
        Err(StreamError::Trimmed { table: table.into(), shard: shard.into(), after }.into())
    }
}

/// The pause after so many failures.
pub(super) fn pause(failures: u32) -> Duration {
    FIRST_PAUSE.saturating_mul(1 << failures.saturating_sub(1).min(20)).min(LONGEST_PAUSE)
}
