//! Which records of a stream a role wants, as the filter patterns of AWS Lambda.
//!
//! A filter may let through more than the role handles, and never less: a record that is filtered out is lost to it.

use std::collections::{BTreeMap, BTreeSet};

use tablewright::schema::{EntitySchema, GrantSchema, KeyPlace, RoleOperation, StreamEvent, TableSchema};

use crate::keys::{KeyText, key_text};
use crate::policy::entities;

/// AWS Lambda allows so many patterns on one event source mapping, unless the quota was raised.
const MAX_PATTERNS: usize = 5;

/// Records of some events whose keys begin with one of some texts each.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Pattern {
    /// The events; any of them where there is none.
    pub(crate) events: BTreeSet<StreamEvent>,
    /// What the partition key is or begins with; anything where there is nothing.
    pub(crate) partition: BTreeSet<KeyText>,
    /// What the sort key is or begins with; anything where there is nothing.
    pub(crate) sort: BTreeSet<KeyText>,
}

/// The patterns of a role's records in the stream of a table. None means that no filter is needed.
pub(crate) fn patterns(table: &TableSchema, grants: &[GrantSchema]) -> Vec<Pattern> {
    let streams = grants.iter().filter(|grant| grant.table == table.name);
    let mut patterns = BTreeSet::new();
    for grant in streams {
        let RoleOperation::Stream(events) = grant.operation else { continue };
        let events = events_of(events);
        if is_whole_table(table, grant) {
            patterns.insert(Pattern { events, partition: BTreeSet::new(), sort: BTreeSet::new() });
            continue;
        }
        for entity in entities(table, grant.entity) {
            let shapes = core::iter::once(entity).chain(entity.upgrades);
            patterns.extend(shapes.map(|shape| Pattern {
                events: events.clone(),
                partition: key_text(shape, KeyPlace::Partition).into_iter().collect(),
                sort: key_text(shape, KeyPlace::Sort).into_iter().collect(),
            }));
        }
    }
    let patterns = within_quota(patterns.into_iter().collect());
    if patterns.iter().any(Pattern::is_everything) { vec![] } else { patterns }
}

/// True if the records of every entity are wanted: one that the code does not know is then an error to be seen.
fn is_whole_table(table: &TableSchema, grant: &GrantSchema) -> bool {
    let of_name = |entity: &EntitySchema| entity.name == grant.entity;
    table.entities.len() <= 1 || !table.entities.iter().any(of_name)
}

/// The events that a pattern names. An expiry is a removal, so that with removals it needs no mention.
fn events_of(events: &[StreamEvent]) -> BTreeSet<StreamEvent> {
    let mut events: BTreeSet<StreamEvent> = events.iter().copied().collect();
    if events.contains(&StreamEvent::Remove) {
        events.remove(&StreamEvent::Expire);
    }
    let every = [StreamEvent::Insert, StreamEvent::Modify, StreamEvent::Remove];
    if every.iter().all(|event| events.contains(event)) {
        events.clear();
    }
    events
}

/// As few patterns as say the same; where these are too many, fewer that let more through.
fn within_quota(patterns: Vec<Pattern>) -> Vec<Pattern> {
    let patterns = merged(patterns, |pattern| (pattern.events.clone(), pattern.partition.clone()), Pattern::add_sort);
    let patterns = merged(patterns, |pattern| (pattern.events.clone(), pattern.sort.clone()), Pattern::add_partition);
    if count(&patterns) <= MAX_PATTERNS {
        return patterns;
    }
    let patterns = merged(
        patterns,
        |pattern| pattern.events.clone(),
        |first, second| {
            first.add_partition(second);
            first.add_sort(second);
        },
    );
    if count(&patterns) <= MAX_PATTERNS { patterns } else { vec![] }
}

/// How many patterns Lambda gets: expiries differ from other events in more than their name.
fn count(patterns: &[Pattern]) -> usize {
    patterns.iter().map(|pattern| usize::from(pattern.expires()) + usize::from(!pattern.is_expiry_only())).sum()
}

/// Joins the patterns of one key, in the order of the first of each.
fn merged<K: Ord>(
    patterns: Vec<Pattern>,
    key: impl Fn(&Pattern) -> K,
    join: impl Fn(&mut Pattern, &Pattern),
) -> Vec<Pattern> {
    let mut groups: BTreeMap<K, Pattern> = BTreeMap::new();
    for pattern in patterns {
        match groups.entry(key(&pattern)) {
            std::collections::btree_map::Entry::Vacant(place) => {
                place.insert(pattern);
            }
            std::collections::btree_map::Entry::Occupied(mut first) => join(first.get_mut(), &pattern),
        }
    }
    groups.into_values().collect()
}

impl Pattern {
    fn add_partition(&mut self, other: &Self) {
        widen(&mut self.partition, &other.partition);
    }

    fn add_sort(&mut self, other: &Self) {
        widen(&mut self.sort, &other.sort);
    }

    fn is_everything(&self) -> bool {
        self.events.is_empty() && self.partition.is_empty() && self.sort.is_empty()
    }

    /// True if records of expired items are asked for by themselves.
    pub(crate) fn expires(&self) -> bool {
        self.events.contains(&StreamEvent::Expire)
    }

    /// True if nothing but records of expired items is asked for.
    pub(crate) fn is_expiry_only(&self) -> bool {
        self.expires() && self.events.len() == 1
    }
}

/// One of these or of those; nothing means anything.
fn widen(texts: &mut BTreeSet<KeyText>, others: &BTreeSet<KeyText>) {
    if others.is_empty() {
        texts.clear();
    } else if !texts.is_empty() {
        texts.extend(others.iter().cloned());
    }
}
