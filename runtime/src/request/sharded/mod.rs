//! Queries of partition keys in shards: one query of each shard, and their items merged in the order of the sort key.
//!
//! A page of such a query is a round: the next page of every shard of which no item is left, side by side, and then the items
//! that are known to come next. What was read and does not come next stays for the rounds after.

mod cursor;
mod merge;
mod row;

use bytes::Bytes;
use futures_util::stream::{self, StreamExt, TryStreamExt};

pub(super) use self::cursor::Position;
use self::merge::Merge;
use self::row::{KeyNames, RawItem, SortValues};
use super::cursor::PageCursor;
use super::origin::Origin;
use super::pages::Progress;
use super::read_parts::ReadParts;
use crate::Result;
use crate::expr::Node;

/// How many of a query's shards are read at a time.
pub(super) const CALLS: usize = 16;

/// A query of several shards on its way.
pub(super) struct Fan {
    pub(super) parts: ReadParts,
    origin: Origin,
    names: KeyNames,
    shards: Vec<Shard>,
    merge: Merge<SortValues, Bytes>,
    read: usize,
    rounds: u32,
    /// True after a page with items that are left out: of other entities, or expired.
    mixed: bool,
    pub(super) done: bool,
}

/// One shard on its way.
struct Shard {
    progress: Progress,
    reached: Reached,
}

/// What was given last of a shard.
enum Reached {
    Position(Position),
    Item(Bytes),
}

/// The items of a round, and what they cost.
#[derive(Default)]
pub(super) struct Round {
    pub(super) items: Vec<Bytes>,
    pub(super) scanned: u64,
    pub(super) capacity_units: f64,
    pub(super) unknown: u64,
}

/// A page of one shard.
struct Fetched {
    shard: usize,
    rows: Vec<(SortValues, Bytes)>,
    ended: bool,
    scanned: u64,
    capacity_units: f64,
    others: u64,
    unknown: u64,
}

impl Fan {
    pub(super) fn start(parts: ReadParts, shards: u16) -> Result<Self> {
        let names = KeyNames::of(parts.whose.table(), parts.index);
        let origin = parts.render(None)?.origin;
        let positions = match &parts.start {
            Some(cursor) => cursor.open_shards(&origin, shards)?,
            None => vec![Position::Start; shards.into()],
        };
        let mut merge = Merge::new(shards.into(), parts.descending);
        let mut found = Vec::with_capacity(shards.into());
        for (shard, position) in (0..=u8::MAX).zip(positions) {
            let progress = Progress::start_at(parts.of_shard(shard, &names), &position)?;
            if position == Position::End {
                merge.extend(shard.into(), [], true);
            }
            found.push(Shard { progress, reached: Reached::Position(position) });
        }
        let done = parts.take == Some(0) || merge.is_over();
        Ok(Self { parts, origin, names, shards: found, merge, read: 0, rounds: 0, mixed: false, done })
    }

    /// The shards that have items to be read, each by itself.
    pub(super) fn into_progress(self) -> Vec<Progress> {
        let budgets = (self.parts.take, self.parts.max_pages);
        let open = self.shards.into_iter().map(|shard| shard.progress).filter(|progress| !progress.done);
        open.map(|progress| progress.with_budgets(budgets)).collect()
    }

    /// The first shard that has items to be read, and how many of them are asked for.
    pub(super) fn first(&self) -> Option<(&Progress, Option<u32>)> {
        let open = self.shards.iter().map(|shard| &shard.progress).find(|progress| !progress.done);
        open.map(|progress| (progress, self.limit(false)))
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
        let (limit, names, merge) = (self.limit(exact), &self.names, &self.merge);
        let dry = self
            .shards
            .iter_mut()
            .enumerate()
            .filter(|(shard, of)| merge.is_dry(*shard) || everything && !of.progress.done);
        let calls: Vec<_> = dry.map(|(shard, of)| of.fetch(shard, merge.is_dry(shard), limit, names)).collect();
        let fetched: Vec<Fetched> = stream::iter(calls).buffer_unordered(CALLS).try_collect().await?;
        let mut round = Round::default();
        for page in fetched {
            round.scanned += page.scanned;
            round.capacity_units += page.capacity_units;
            round.unknown += page.unknown;
            self.mixed |= page.others + page.unknown > 0 || page.scanned > page.rows.len() as u64;
            self.merge.extend(page.shard, page.rows, page.ended);
        }
        self.rounds += 1;
        while self.left() != Some(0)
            && let Some((shard, item)) = self.merge.next()
        {
            if let Some(of) = self.shards.get_mut(shard) {
                of.reached = Reached::Item(item.clone());
            }
            round.items.push(item);
            self.read += 1;
        }
        self.done = self.merge.is_over()
            || self.left() == Some(0)
            || self.parts.max_pages.is_some_and(|most| self.rounds >= most);
        Ok(round)
    }

    /// Where the query goes on, if there is more.
    pub(super) fn cursor(&self) -> Result<Option<PageCursor>> {
        if self.merge.is_over() {
            return Ok(None);
        }
        let mut positions = Vec::with_capacity(self.shards.len());
        for (shard, of) in self.shards.iter().enumerate() {
            positions.push(match &of.reached {
                _ if self.merge.is_empty(shard) && self.merge.has_ended(shard) => Position::End,
                _ if self.merge.is_empty(shard) => of.progress.position(),
                Reached::Position(position) => position.clone(),
                Reached::Item(item) => match self.names.key_of(item) {
                    Ok(key) => Position::After(key),
                    Err(error) => return Err(crate::Error::Decode(error.of_entity(self.parts.entity))),
                },
            });
        }
        Ok(Some(PageCursor::seal_shards(&self.origin, &positions)?))
    }
}

impl Shard {
    /// The next page of the shard; of a dry one everything before the page was given.
    async fn fetch(&mut self, shard: usize, dry: bool, limit: Option<u32>, names: &KeyNames) -> Result<Fetched> {
        if dry {
            self.reached = Reached::Position(self.progress.position());
        }
        let response = self.progress.fetch(limit, false).await?;
        let (items, shape, left) = self.progress.decode::<RawItem<'_>>(&response)?;
        let mut rows = Vec::with_capacity(items.len());
        for RawItem(item) in items {
            let order = names.sort_values(item).map_err(|error| self.progress.error(error))?;
            rows.push((order, response.body.slice_ref(item.as_bytes())));
        }
        let (scanned, capacity_units) = (shape.scanned, shape.capacity_units.unwrap_or(0.0));
        self.progress.advance(shape, rows.len());
        let ended = self.progress.done;
        Ok(Fetched { shard, rows, ended, scanned, capacity_units, others: left.others, unknown: left.unknown })
    }
}

impl ReadParts {
    /// How many shards the partition key has that is queried, if it has several.
    pub(super) fn shards(&self) -> Option<u16> {
        self.key_condition.as_ref()?.shards.as_ref().map(|shards| shards.count)
    }

    /// The query of one shard, without budgets, with the attributes that order its items.
    fn of_shard(&self, shard: u8, names: &KeyNames) -> Self {
        let mut parts = self.clone();
        parts.key_condition = self.key_condition.as_ref().map(|condition| condition.of_shard(shard));
        (parts.take, parts.max_pages, parts.start) = (None, None, None);
        if !parts.projection.is_empty() {
            for name in names.needed() {
                if !parts.projection.iter().any(|node| node.root() == *name) {
                    parts.projection.push(Node::attribute(name));
                }
            }
        }
        parts
    }
}
