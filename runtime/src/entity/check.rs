//! What must hold between a table and its entities, checked while the program is compiled.

use super::shared::{index_attribute, index_of, is_of_index, sort_key_name};
use super::{Entity, Member};
use crate::const_text::{ConstText, same};
use crate::schema::{EntitySchema, KeyPlace, KeySource, TableSchema};
use crate::template::{check_entities, check_entity, check_indexes};

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

/// Checks that the entity's table has the index.
#[track_caller]
pub const fn check_index<E: Entity>(name: &str) {
    index_is_known(E::TABLE, E::NAME, name);
}

/// Checks that the table has the index.
#[track_caller]
pub(crate) const fn index_is_known(table: &TableSchema, entity: &str, name: &str) {
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

/// Checks that the entity is one of its table's.
#[track_caller]
pub const fn check_home<E: Entity>() {
    entity_is_in(E::TABLE, E::NAME);
}

#[track_caller]
const fn entity_is_in(table: &TableSchema, entity: &str) {
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
