//! The shards of a stream: which there are, which may be read, and how far each was handled.

use std::collections::{BTreeMap, BTreeSet};

use tokio::time::Instant;

use super::checkpoint::{Checkpoint, ShardPosition};
use crate::EpochSeconds;

/// The shards that are known, in the order that the stream lists them.
#[derive(Debug, Default)]
pub(super) struct Shards {
    pub(super) all: Vec<Shard>,
    /// The place of the shard whose turn it is.
    turn: usize,
}

/// One shard, and how far it was handled.
#[derive(Debug, Clone)]
pub(super) struct Shard {
    pub(super) id: Box<str>,
    parent: Option<Box<str>>,
    pub(super) position: ShardPosition,
    /// Where the next call reads. It is made again from the position where there is none.
    pub(super) iterator: Option<Box<str>>,
    /// The time that records are left out from before, where the iterator began earlier than that.
    pub(super) since: Option<EpochSeconds>,
    /// How often the first record after the position failed.
    pub(super) failures: u32,
    /// When reading goes on after a failure.
    pub(super) paused_until: Option<Instant>,
}

/// What a listing says about how far reading came.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Listed {
    /// The shards that are new, by their places.
    pub(super) new: Vec<usize>,
    /// A shard that was not handled to its end and is not there any more, or that came and went unread.
    pub(super) gap: Option<Box<str>>,
    /// The checkpoints that nothing needs any more.
    pub(super) gone: Vec<Box<str>>,
}

impl Shards {
    /// Compares with a listing, and gives the shards as they are from now on. `known` are the checkpoints of a reader that was here before.
    ///
    /// A shard has a parent until that is 24 hours old. A reader that handled records before has finished the parent, or
    /// there is a gap: the shard that is missing held records that nobody read.
    pub(super) fn listed(
        &self,
        listing: Vec<(Box<str>, Option<Box<str>>)>,
        known: &BTreeMap<Box<str>, ShardPosition>,
    ) -> (Vec<Shard>, Listed) {
        let ids: BTreeSet<Box<str>> = listing.iter().map(|(id, _)| id.clone()).collect();
        let parents: BTreeSet<Box<str>> = listing.iter().filter_map(|(_, parent)| parent.clone()).collect();
        let mut listed = Listed { new: Vec::new(), gap: None, gone: Vec::new() };
        let before: BTreeMap<Box<str>, ShardPosition> =
            self.all.iter().map(|shard| (shard.id.clone(), shard.position.clone())).collect();
        let position = |id: &str| before.get(id).or_else(|| known.get(id));
        for id in before.keys().chain(known.keys().filter(|id| !before.contains_key(*id))) {
            match position(id) {
                _ if ids.contains(id) => {}
                Some(ShardPosition::Finished) if parents.contains(id) => {}
                Some(ShardPosition::Finished) => listed.gone.push(id.clone()),
                _ => {
                    listed.gap.get_or_insert_with(|| id.clone());
                    listed.gone.push(id.clone());
                }
            }
        }
        let continues = !known.is_empty() || !before.is_empty();
        for (id, parent) in &listing {
            let Some(parent) = parent else { continue };
            if continues && position(id).is_none() && !ids.contains(parent) && position(parent).is_none() {
                listed.gap.get_or_insert_with(|| parent.clone());
            }
        }
        let mut all: Vec<Shard> = self.all.iter().filter(|shard| !listed.gone.contains(&shard.id)).cloned().collect();
        for (id, parent) in listing {
            if before.contains_key(&id) {
                continue;
            }
            listed.new.push(all.len());
            let position = known.get(&id).cloned().unwrap_or(ShardPosition::Start);
            all.push(Shard { id, parent, position, iterator: None, since: None, failures: 0, paused_until: None });
        }
        (all, listed)
    }

    /// The shards that may be read now, each once, from the one whose turn it is.
    pub(super) fn readable(&self, now: Instant) -> Vec<usize> {
        let count = self.all.len();
        let from_turn = (0..count).map(|step| (self.turn + step) % count);
        from_turn.filter(|place| self.all.get(*place).is_some_and(|shard| self.may_be_read(shard, now))).collect()
    }

    /// A child is read after its parent, because its records are later changes of the same items.
    fn may_be_read(&self, shard: &Shard, now: Instant) -> bool {
        let finished = |shard: &Shard| shard.position == ShardPosition::Finished;
        let mut parents = self.all.iter().filter(|other| Some(&other.id) == shard.parent.as_ref());
        !finished(shard) && parents.all(finished) && shard.paused_until.is_none_or(|until| until <= now)
    }

    /// The next shard has its turn.
    pub(super) fn pass_turn(&mut self, place: usize) {
        self.turn = place + 1;
    }

    pub(super) fn get_mut(&mut self, place: usize) -> Option<&mut Shard> {
        self.all.get_mut(place)
    }

    /// When the first of the paused shards may be read again.
    pub(super) fn paused_until(&self) -> Option<Instant> {
        self.all.iter().filter_map(|shard| shard.paused_until).min()
    }

    pub(super) fn all_finished(&self) -> bool {
        self.all.iter().all(|shard| shard.position == ShardPosition::Finished)
    }
}

impl Shard {
    pub(super) fn checkpoint(&self, position: ShardPosition) -> Checkpoint {
        Checkpoint { shard: self.id.clone(), position }
    }
}
