//! One shard of a query on its way.

use bytes::Bytes;

use super::super::pages::Progress;
use super::super::read_parts::ReadParts;
use super::cursor::Place;
use super::merge::Rest;
use super::row::{KeyNames, RawItem, SortValues};
use crate::Result;
use crate::codec::DecodeError;
use crate::expr::Node;

/// One shard on its way.
pub(super) struct Shard {
    pub(super) progress: Progress,
    given: Given,
}

/// What was given last of a shard.
enum Given {
    /// The item with this key, or none.
    UpTo(Option<Box<str>>),
    Item(Bytes),
}

/// A page of one shard.
pub(super) struct Fetched {
    pub(super) shard: usize,
    pub(super) rows: Vec<(SortValues, Bytes)>,
    pub(super) rest: Rest<SortValues>,
    pub(super) scanned: u64,
    pub(super) capacity_units: f64,
    pub(super) others: u64,
    pub(super) unknown: u64,
}

impl Shard {
    /// A shard of the query, from there on.
    pub(super) fn start(parts: &ReadParts, shard: u8, place: Option<&Place>, names: &KeyNames) -> Result<Self> {
        let parts = parts.of_shard(shard, names);
        let after = match place {
            None => None,
            Some(Place::After(keys)) => keys.get(usize::from(shard)).cloned().flatten(),
            // A query goes on after any key of its range, whether there is an item or not.
            Some(Place::Reached(sort_key)) => parts.partition().map(|partition| names.joined(partition, sort_key)),
        };
        Ok(Self { progress: Progress::start_after(parts, after.clone())?, given: Given::UpTo(after) })
    }

    /// The next page of the shard; of a dry one everything before the page was given.
    pub(super) async fn fetch(
        &mut self,
        shard: usize,
        dry: bool,
        limit: Option<u32>,
        names: &KeyNames,
    ) -> Result<Fetched> {
        let before = self.progress.position();
        let response = self.progress.fetch(limit, false).await?;
        let (items, shape, left) = self.progress.decode::<RawItem<'_>>(&response)?;
        if dry {
            self.given = Given::UpTo(before);
        }
        let order = |item: &str| names.sort_values(item).map_err(|error| self.progress.error(error));
        let mut rows = Vec::with_capacity(items.len());
        for RawItem(item) in items {
            rows.push((order(item)?, response.body.slice_ref(item.as_bytes())));
        }
        let rest = match &shape.last_key {
            Some(key) => Rest::After(order(key)?),
            None => Rest::Nothing,
        };
        let (scanned, capacity_units) = (shape.scanned, shape.capacity_units.unwrap_or(0.0));
        self.progress.advance(shape, rows.len());
        Ok(Fetched { shard, rows, rest, scanned, capacity_units, others: left.others, unknown: left.unknown })
    }

    /// Takes note of an item that was given.
    pub(super) fn gave(&mut self, item: &Bytes) {
        self.given = Given::Item(item.clone());
    }

    /// The key of the item that was given last, if one was.
    pub(super) fn given(&self, names: &KeyNames) -> core::result::Result<Option<Box<str>>, DecodeError> {
        match &self.given {
            Given::UpTo(key) => Ok(key.clone()),
            Given::Item(item) => names.key_of(item).map(Some),
        }
    }
}

impl ReadParts {
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

    /// The value of the partition key that is queried, as JSON.
    fn partition(&self) -> Option<&str> {
        let (_, value) = self.key_condition.as_ref()?.equal.first()?;
        value.as_deref().ok()
    }
}
