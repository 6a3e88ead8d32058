//! Shards of keys: which keys can have some, and that entities of one item collection have as many.

use super::disjoint::disjoint;
use super::entity::key_of;
use crate::schema::{EntityKey, EntitySchema, KeyPlace, KeySource, KeyTemplate};

/// True if the key is made by a template with shards.
pub(super) const fn has_shards(key: &EntityKey) -> bool {
    match &key.source {
        KeySource::Template(template) => template.shards().is_some(),
        _ => false,
    }
}

/// True for a partition key, and for the table's if the sort key is text that says in which shard an item is.
pub(super) const fn can_have_shards(entity: &EntitySchema, place: KeyPlace) -> bool {
    match place {
        KeyPlace::Partition => match key_of(entity, KeyPlace::Sort) {
            Some(sort) => matches!(sort.source, KeySource::Template(_)),
            None => false,
        },
        KeyPlace::IndexPartition { .. } => true,
        KeyPlace::Sort | KeyPlace::IndexSort { .. } => false,
    }
}

/// The first partition key of which a query of one entity's shards would not find all items of the other one.
pub(super) const fn shard_conflict(a: &EntitySchema, b: &EntitySchema) -> Option<KeyPlace> {
    let mut keys = a.keys;
    while let [key, rest @ ..] = keys {
        if let KeyPlace::Partition | KeyPlace::IndexPartition { .. } = key.place
            && let Some(other) = key_of(b, key.place)
            && let (Some(x), Some(y)) = (made_by(a, key), made_by(b, other))
            && shards(x) != shards(y)
            && !disjoint(&KeySource::Template(x.unsharded()), &KeySource::Template(y.unsharded()))
        {
            return Some(key.place);
        }
        keys = rest;
    }
    None
}

/// The template of a key, its own or the table's.
const fn made_by(entity: &EntitySchema, key: &EntityKey) -> Option<KeyTemplate> {
    match key.source {
        KeySource::Template(template) => Some(template),
        KeySource::TablePartitionKey => match key_of(entity, KeyPlace::Partition) {
            Some(key) => match key.source {
                KeySource::Template(template) => Some(template),
                _ => None,
            },
            None => None,
        },
        KeySource::Field { .. } | KeySource::TableSortKey => None,
    }
}

const fn shards(template: KeyTemplate) -> u16 {
    match template.shards() {
        Some(shards) => shards,
        None => 1,
    }
}

/// True if both keys have as many shards, or none.
pub(super) const fn same_shards(x: &KeyTemplate, y: &KeyTemplate) -> bool {
    match (x.shards(), y.shards()) {
        (None, None) => true,
        (Some(x), Some(y)) => x == y,
        _ => false,
    }
}
