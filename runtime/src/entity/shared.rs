//! The schema of a table of several entities, put together from them while the program is compiled.

use super::{Entity, Member};
use crate::const_text::same;
use crate::schema::{
    EntityKey, EntitySchema, IndexKind, IndexProjection, IndexSchema, KeyPlace, KeySchema, KeySource, KeyType,
    TableSchema,
};

/// A key attribute that holds text.
#[must_use]
pub const fn text_key(name: &'static str) -> KeySchema {
    KeySchema::new(name, KeyType::S)
}

/// A key that is a field's own attribute.
#[must_use]
pub const fn field_key(field: &'static str, (key, optional): (KeySchema, bool)) -> KeySource {
    KeySource::Field { field, attribute: key.name, key_type: key.key_type, optional }
}

/// The name of the partition-key attribute of an entity's table.
#[must_use]
pub const fn partition_key_of<E: Entity>() -> &'static str {
    E::TABLE.partition_key.name
}

/// The name of the sort-key attribute of an entity's table.
#[must_use]
pub const fn sort_key_of<E: Entity>() -> &'static str {
    sort_key_name(E::TABLE)
}

/// The name of the table's sort-key attribute.
pub(super) const fn sort_key_name(table: &TableSchema) -> &'static str {
    match table.sort_key {
        Some(key) => key.name,
        // An entity with a sort key in a table without one is refused by a check of its own.
        None => "\0",
    }
}

/// The name of the first key attribute of an index.
pub(super) const fn index_attribute(table: &TableSchema, index: &str, sort: bool) -> &'static str {
    let keys = match index_of(table, index) {
        Some(index) if sort => index.sort_key,
        Some(index) => index.partition_key,
        None => &[],
    };
    match keys {
        [key, ..] => key.name,
        [] => "\0",
    }
}

/// The name of the first key attribute of an index of an entity's table.
#[must_use]
pub const fn attribute_of<E: Entity>(index: &str, sort: bool) -> &'static str {
    index_attribute(E::TABLE, index, sort)
}

pub(super) const fn index_of(table: &TableSchema, name: &str) -> Option<&'static IndexSchema> {
    let mut indexes = table.indexes;
    while let [index, rest @ ..] = indexes {
        if same(index.name, name) {
            return Some(index);
        }
        indexes = rest;
    }
    None
}

/// True if an index of an entity's table can be read consistently. An index that is not there is refused by a check of its own.
#[must_use]
pub const fn is_local<E: Entity>(index: &str) -> bool {
    match index_of(E::TABLE, index) {
        Some(index) => matches!(index.kind, IndexKind::Local),
        None => true,
    }
}

/// True if an index of an entity's table carries whole items.
#[must_use]
pub const fn is_whole<E: Entity>(index: &str) -> bool {
    match index_of(E::TABLE, index) {
        Some(index) => matches!(index.projection, IndexProjection::All),
        None => true,
    }
}

/// True for an attribute that is no field's: the tag, and key attributes that templates make.
#[must_use]
pub fn is_made<E: Entity>(name: &str) -> bool {
    is_made_by(E::TABLE, E::KEYS, name)
}

fn is_made_by(table: &TableSchema, keys: &[EntityKey], name: &str) -> bool {
    table.tag == Some(name)
        || keys.iter().filter(|key| key.template().is_some()).any(|key| match key.place {
            KeyPlace::Partition => table.partition_key.name == name,
            KeyPlace::Sort => sort_key_name(table) == name,
            KeyPlace::IndexPartition { index, .. } => index_attribute(table, index, false) == name,
            KeyPlace::IndexSort { index, .. } => index_attribute(table, index, true) == name,
        })
}

/// The type of a key attribute, as the first entity that has it says.
#[must_use]
pub const fn shared_key(name: &'static str, entities: &[EntitySchema], place: KeyPlace) -> KeySchema {
    let mut rest = entities;
    while let [entity, others @ ..] = rest {
        let mut keys = entity.keys;
        while let [key, after @ ..] = keys {
            if same_place(&key.place, &place) {
                let own = match key.source {
                    KeySource::Template(_) => KeyType::S,
                    KeySource::Field { key_type, .. } => key_type,
                    KeySource::TablePartitionKey => return shared_key(name, entities, KeyPlace::Partition),
                    KeySource::TableSortKey => return shared_key(name, entities, KeyPlace::Sort),
                };
                return KeySchema::new(name, own);
            }
            keys = after;
        }
        rest = others;
    }
    KeySchema::new(name, KeyType::S)
}

const fn same_place(a: &KeyPlace, b: &KeyPlace) -> bool {
    match (a, b) {
        (KeyPlace::Partition, KeyPlace::Partition) | (KeyPlace::Sort, KeyPlace::Sort) => true,
        (KeyPlace::IndexPartition { index, position }, KeyPlace::IndexPartition { index: other, position: at })
        | (KeyPlace::IndexSort { index, position }, KeyPlace::IndexSort { index: other, position: at }) => {
            same(index, other) && *position == *at
        }
        _ => false,
    }
}

/// True if an entity is not in the index, or only some of its items are.
#[must_use]
pub const fn shared_sparse(index: &str, entities: &[EntitySchema]) -> bool {
    let mut entities = entities;
    while let [entity, rest @ ..] = entities {
        let (mut keys, mut is_in) = (entity.keys, false);
        while let [key, after @ ..] = keys {
            if is_of_index(key, index) {
                if key.optional() {
                    return true;
                }
                is_in = true;
            }
            keys = after;
        }
        if !is_in {
            return true;
        }
        entities = rest;
    }
    false
}

pub(super) const fn is_of_index(key: &EntityKey, name: &str) -> bool {
    match key.place {
        KeyPlace::IndexPartition { index, .. } | KeyPlace::IndexSort { index, .. } => same(index, name),
        KeyPlace::Partition | KeyPlace::Sort => false,
    }
}

/// The attribute that holds the expiry of the entities' items: the first that one of them has.
#[must_use]
pub const fn shared_ttl(entities: &[Member]) -> Option<&'static str> {
    let mut entities = entities;
    while let [(_, ttl), rest @ ..] = entities {
        if ttl.is_some() {
            return *ttl;
        }
        entities = rest;
    }
    None
}

/// The schemas of entities.
#[must_use]
pub const fn schemas<const N: usize>(entities: &[Member; N]) -> [EntitySchema; N] {
    let mut schemas = [EntitySchema::new("", "", &[]); N];
    let (mut slots, mut rest): (&mut [EntitySchema], &[Member]) = (&mut schemas, entities);
    while let ([slot, slots_after @ ..], [(schema, _), after @ ..]) = (slots, rest) {
        *slot = *schema;
        (slots, rest) = (slots_after, after);
    }
    schemas
}
