//! The schema of a table of several entities, put together from them while the program is compiled.

use super::Member;
use crate::const_text::{ConstText, same};
use crate::schema::{
    EntityKey, EntitySchema, IndexKind, IndexProjection, IndexSchema, KeyPlace, KeySchema, KeySource, KeyType,
    TableSchema,
};
use crate::template::{check_entities, check_entity, check_indexes};

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

/// The name of the table's partition-key attribute.
#[must_use]
pub const fn partition_key_name(table: &TableSchema) -> &'static str {
    table.partition_key.name
}

/// The name of the table's sort-key attribute.
#[must_use]
pub const fn sort_key_name(table: &TableSchema) -> &'static str {
    match table.sort_key {
        Some(key) => key.name,
        // An entity with a sort key in a table without one is refused by a check of its own.
        None => "\0",
    }
}

/// The name of the first key attribute of an index.
#[must_use]
pub const fn index_attribute(table: &TableSchema, index: &str, sort: bool) -> &'static str {
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
pub const fn attribute_of<E: super::Entity>(index: &str, sort: bool) -> &'static str {
    index_attribute(E::TABLE, index, sort)
}

const fn index_of(table: &TableSchema, name: &str) -> Option<&'static IndexSchema> {
    let mut indexes = table.indexes;
    while let [index, rest @ ..] = indexes {
        if same(index.name, name) {
            return Some(index);
        }
        indexes = rest;
    }
    None
}

/// True if the index can be read consistently. An index that is not there is refused by a check of its own.
#[must_use]
pub const fn is_local(table: &TableSchema, index: &str) -> bool {
    match index_of(table, index) {
        Some(index) => matches!(index.kind, IndexKind::Local),
        None => true,
    }
}

/// True if the index carries whole items.
#[must_use]
pub const fn is_whole(table: &TableSchema, index: &str) -> bool {
    match index_of(table, index) {
        Some(index) => matches!(index.projection, IndexProjection::All),
        None => true,
    }
}

/// True for an attribute that is no field's: the tag, and key attributes that templates make.
#[must_use]
pub fn is_made(table: &TableSchema, keys: &[EntityKey], name: &str) -> bool {
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

const fn is_of_index(key: &EntityKey, name: &str) -> bool {
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

/// Checks the entity at that place of the table, by itself and with those before it.
#[track_caller]
pub const fn check_member(table: &TableSchema, entities: &[Member], place: usize) {
    let Some((before, [(entity, ttl), ..])) = entities.split_at_checked(place) else { return };
    entity_has_keys(table, entity);
    check_entity(table, entity);
    check_indexes(table, entity);
    let mut before = before;
    while let [(earlier, earlier_ttl), rest @ ..] = before {
        entities_have_names(earlier, entity);
        check_entities(table, earlier, entity);
        expire_alike((earlier, *earlier_ttl), (entity, *ttl));
        before = rest;
    }
}

/// Checks that two entities have their expiry in the same attribute.
#[track_caller]
const fn expire_alike(earlier: (&EntitySchema, Option<&str>), later: (&EntitySchema, Option<&str>)) {
    let ((earlier, Some(first)), (later, Some(second))) = (earlier, later) else { return };
    if !same(first, second) {
        ConstText::new()
            .and("a table has one time-to-live attribute, and `")
            .and(earlier.name)
            .and("` has `")
            .and(first)
            .and("` while `")
            .and(later.name)
            .and("` has `")
            .and(second)
            .and("`: give both one name with `rename = \"")
            .and(first)
            .and("\"`")
            .refuse();
    }
}

/// Checks that the table has the index.
#[track_caller]
pub const fn index_is_known(table: &TableSchema, entity: &str, name: &str) {
    if table.entities.is_empty() || index_of(table, name).is_some() {
        return;
    }
    let mut text =
        ConstText::new().and("`").and(entity).and("`: table `").and(table.name).and("` has no index `").and(name);
    text = text.and(if table.indexes.is_empty() { "`; it has none" } else { "`; it has " });
    let mut indexes = table.indexes;
    while let [index, rest @ ..] = indexes {
        text = text.and("`").and(index.name).and(if rest.is_empty() { "`" } else { "`, " });
        indexes = rest;
    }
    text.refuse()
}

/// Checks that the entity is one of the table's.
#[track_caller]
pub const fn entity_is_in(table: &TableSchema, entity: &str) {
    // The table of an enum with a mistake has no entities, and the mistake is reported there.
    let mut entities = table.entities;
    if entities.is_empty() {
        return;
    }
    while let [found, rest @ ..] = entities {
        let mut older = found.upgrades;
        if same(found.name, entity) {
            return;
        }
        while let [found, rest @ ..] = older {
            if same(found.name, entity) {
                return;
            }
            older = rest;
        }
        entities = rest;
    }
    ConstText::new()
        .and("table `")
        .and(table.name)
        .and("` has no variant for `")
        .and(entity)
        .and("`: add `")
        .and(entity)
        .and("(")
        .and(entity)
        .and(")` to the enum, or name it as an older shape in another entity's `upgrades(…)`")
        .refuse()
}

/// Checks that an entity has every key attribute of the table, and no other attribute of the same name.
#[track_caller]
const fn entity_has_keys(table: &TableSchema, entity: &EntitySchema) {
    if table.entities.is_empty() || entity.keys.is_empty() {
        return;
    }
    let mut has_sort = false;
    let mut keys = entity.keys;
    while let [key, rest @ ..] = keys {
        has_sort |= matches!(key.place, KeyPlace::Sort);
        keys = rest;
    }
    if let (Some(sort), false) = (table.sort_key, has_sort) {
        ConstText::new()
            .and("`")
            .and(entity.name)
            .and("` has no sort key, and table `")
            .and(table.name)
            .and("` has `")
            .and(sort.name)
            .and("`: write `sort_key = \"…\"` above the struct, a constant such as \"PROFILE\" if there is one item, or mark a field")
            .refuse();
    }
    let mut attributes = entity.attributes;
    while let [attribute, rest @ ..] = attributes {
        if let Some(what) = made_as(table, entity, attribute.name) {
            ConstText::new()
                .and("field `")
                .and(attribute.field)
                .and("` of `")
                .and(entity.name)
                .and("` is stored as `")
                .and(attribute.name)
                .and("`, which is ")
                .and(what)
                .and(" of table `")
                .and(table.name)
                .and("`: rename the field's attribute with `#[dynamo(rename = \"…\")]`")
                .refuse();
        }
        attributes = rest;
    }
}

/// What the table keeps in an attribute that the entity does not fill from a field.
const fn made_as(table: &TableSchema, entity: &EntitySchema, name: &str) -> Option<&'static str> {
    if let Some(tag) = table.tag
        && same(tag, name)
    {
        return Some("the tag");
    }
    let mut keys = entity.keys;
    while let [key, rest @ ..] = keys {
        if matches!(key.source, KeySource::Template(_)) {
            let (attribute, what) = match key.place {
                KeyPlace::Partition => (table.partition_key.name, "the partition key"),
                KeyPlace::Sort => (sort_key_name(table), "the sort key"),
                KeyPlace::IndexPartition { index, .. } => (index_attribute(table, index, false), "a key of an index"),
                KeyPlace::IndexSort { index, .. } => (index_attribute(table, index, true), "a key of an index"),
            };
            if same(attribute, name) {
                return Some(what);
            }
        }
        keys = rest;
    }
    None
}

/// Checks that two entities of a table have two names.
#[track_caller]
const fn entities_have_names(earlier: &EntitySchema, later: &EntitySchema) {
    if same(earlier.name, later.name) && !later.keys.is_empty() {
        ConstText::new()
            .and("two entities of the table are named `")
            .and(later.name)
            .and("`, and their tags, documents and messages could not be told apart: rename one of the structs")
            .refuse();
    }
}

/// Checks that some entity is in an index of the table.
#[track_caller]
pub const fn index_is_used(index: &str, entities: &[EntitySchema]) {
    let mut rest = entities;
    while let [entity, others @ ..] = rest {
        let mut keys = entity.keys;
        if keys.is_empty() {
            return;
        }
        while let [key, after @ ..] = keys {
            if is_of_index(key, index) {
                return;
            }
            keys = after;
        }
        rest = others;
    }
    ConstText::new()
        .and("no entity is in index `")
        .and(index)
        .and("`: write `index(name = \"")
        .and(index)
        .and("\", partition_key = \"…\")` above an entity, or remove the index")
        .refuse()
}
