//! Queries of partition keys in shards: one query of each shard, and their items merged in the order of the sort key.
//!
//! A page of such a query is a round: the next page of every shard that the next item could be in, side by side, and then the
//! items that are known to come next. What was read and does not come next stays for the rounds after.

mod cursor;
mod merge;
mod row;
mod shard;

use bytes::Bytes;
use futures_util::stream::{self, StreamExt, TryStreamExt};

use self::cursor::Place;
use self::merge::Merge;
use self::row::{KeyNames, SortValues};
use self::shard::{Fetched, Shard};
use super::cursor::PageCursor;
use super::origin::Origin;
use super::pages::Progress;
use super::read_parts::ReadParts;
use crate::codec::DecodeError;
use crate::{Error, Result};

/// How many of a query's shards are read at a time.
pub(super) const CALLS: usize = 16;

/// A query of several shards on its way.
pub(super) struct Fan {
    pub(super) parts: ReadParts,
    origin: Origin,
    count: u16,
    names: KeyNames,
    shards: Vec<Shard>,
    merge: Merge<SortValues, Bytes>,
    /// What was given last, or where the query began.
    last: Option<Last>,
    read: usize,
    rounds: u32,
    /// True after a page with items that are left out: of other entities, or expired.
    mixed: bool,
    pub(super) done: bool,
}

/// The sort key that everything up to was given: of an item, or of a cursor.
enum Last {
    Item(Bytes),
    Key(Box<str>),
}

/// The items of a round, and what they cost.
#[derive(Default)]
pub(super) struct Round {
    pub(super) items: Vec<Bytes>,
    pub(super) scanned: u64,
    pub(super) capacity_units: f64,
    pub(super) unknown: u64,
}

impl Fan {
    pub(super) fn start(parts: ReadParts, count: u16) -> Result<Self> {
        let names = KeyNames::of(parts.whose.table(), parts.index);
        let origin = parts.render(None)?.origin;
        let place = parts.start.as_ref().map(|cursor| cursor.open_shards(&origin, count)).transpose()?;
        let mut shards = Vec::with_capacity(count.into());
        for shard in (0..=u8::MAX).take(count.into()) {
            shards.push(Shard::start(&parts, shard, place.as_ref(), &names)?);
        }
        let last = match place {
            Some(Place::Reached(key)) => Some(Last::Key(key)),
            Some(Place::After(_)) | None => None,
        };
        let (merge, done) = (Merge::new(count.into(), parts.descending), parts.take == Some(0));
        Ok(Self { parts, origin, count, names, shards, merge, last, read: 0, rounds: 0, mixed: false, done })
    }

    /// The shards, each by itself, with the budgets of all.
    pub(super) fn into_progress(self) -> Vec<Progress> {
        let budgets = (self.parts.take, self.parts.max_pages);
        self.shards.into_iter().map(|shard| shard.progress.with_budgets(budgets)).collect()
    }

    /// The first shard, and how many of its items are asked for.
    pub(super) fn first(&self) -> Option<(&Progress, Option<u32>)> {
        self.shards.first().map(|shard| (&shard.progress, self.limit(false)))
    }

    /// The items that the budget leaves.
    fn left(&self) -> Option<usize> {
        self.parts.take.map(|take| take.saturating_sub(self.read))
    }

    /// How many items to ask a shard for: its share of what the budget leaves, and a margin, because shards are not exactly
    /// alike. A shard that has less than what comes next is asked again.
    fn limit(&self, exact: bool) -> Option<u32> {
        let guess = !exact && (!self.parts.filters.is_empty() || self.mixed);
        let share = self.left().filter(|_| !guess).map(|left| {
            let share = left.div_ceil(self.shards.len().max(1));
            share.saturating_add(3 * share.isqrt() + 1).min(left)
        });
        super::pages::bounded(share, self.parts.page_size)
    }

    /// The next round. All shards are read further where everything is wanted, and else those of which no item is left.
    pub(super) async fn next(&mut self, exact: bool, everything: bool) -> Result<Round> {
        let mut round = Round::default();
        loop {
            let limit = self.limit(exact);
            self.read_on(limit, everything, &mut round).await?;
            self.give(&mut round);
            self.done = self.merge.is_over() || self.left() == Some(0);
            // A shard that was asked for less than it has of what comes next is asked again in the same round.
            let guessed = limit != self.parts.page_size && self.parts.filters.is_empty() && !self.mixed;
            if self.done || !guessed {
                break;
            }
        }
        self.rounds += 1;
        self.done |= self.parts.max_pages.is_some_and(|most| self.rounds >= most);
        Ok(round)
    }

    /// Reads a page of each of those shards.
    async fn read_on(&mut self, limit: Option<u32>, everything: bool, round: &mut Round) -> Result<()> {
        let (names, merge) = (&self.names, &self.merge);
        let shards = self.shards.iter_mut().enumerate();
        let wanted = shards.filter(|(shard, of)| merge.blocks(*shard) || everything && !of.progress.done);
        let calls: Vec<_> = wanted.map(|(shard, of)| of.fetch(shard, merge.is_dry(shard), limit, names)).collect();
        let fetched: Vec<Fetched> = stream::iter(calls).buffer_unordered(CALLS).try_collect().await?;
        for page in fetched {
            round.scanned += page.scanned;
            round.capacity_units += page.capacity_units;
            round.unknown += page.unknown;
            self.mixed |= page.others + page.unknown > 0 || page.scanned > page.rows.len() as u64;
            self.merge.extend(page.shard, page.rows, page.rest);
        }
        Ok(())
    }

    /// Gives the items that are known to come next, as far as the budget goes.
    fn give(&mut self, round: &mut Round) {
        while self.left() != Some(0)
            && let Some((shard, item)) = self.merge.next()
        {
            if let Some(of) = self.shards.get_mut(shard) {
                of.gave(&item);
            }
            self.last = Some(Last::Item(item.clone()));
            round.items.push(item);
            self.read += 1;
        }
    }

    /// Where the query goes on, if there is more.
    pub(super) fn cursor(&self) -> Result<Option<PageCursor>> {
        if self.merge.is_over() {
            return Ok(None);
        }
        let reached =
            if self.parts.index.is_none() { self.reached().map_err(|error| self.error(error))? } else { None };
        let place = match reached {
            Some(key) => Place::Reached(key),
            None => {
                let after = self.shards.iter().enumerate().map(|(shard, of)| {
                    let read_on = self.merge.is_dry(shard) && !of.progress.done;
                    if read_on { Ok(of.progress.position()) } else { of.given(&self.names) }
                });
                Place::After(after.collect::<core::result::Result<_, _>>().map_err(|error| self.error(error))?)
            }
        };
        Ok(Some(PageCursor::seal_shards(&self.origin, self.count, &place)?))
    }

    /// The sort key up to which everything was given, if anything was: that of the last item where the budget is used up, and
    /// else that of the shard that is waited for.
    fn reached(&self) -> core::result::Result<Option<Box<str>>, DecodeError> {
        let waits = if self.left() == Some(0) { None } else { self.merge.reached() };
        match (waits, &self.last) {
            (Some(reached), _) => Ok(Some(self.names.sort_key_of(reached))),
            (None, Some(Last::Item(item))) => Ok(Some(
                self.names.sort_key_of(&self.names.sort_values(core::str::from_utf8(item).unwrap_or_default())?),
            )),
            (None, Some(Last::Key(key))) => Ok(Some(key.clone())),
            (None, None) => Ok(None),
        }
    }

    #[cold]
    fn error(&self, error: DecodeError) -> Error {
        Error::Decode(error.of_entity(self.parts.entity))
    }
}

impl ReadParts {
    /// How many shards the partition key has that is queried, if it has several.
    pub(super) fn shards(&self) -> Option<u16> {
        self.key_condition.as_ref()?.shards.as_ref().map(|shards| shards.count)
    }
}
