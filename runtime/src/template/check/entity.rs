//! One entity of a table: its keys must be the table's.

use super::message::{Message, same};
use super::pair::{check_entities, check_shapes};
use super::shards::{can_have_shards, has_shards};
use super::structure::check_template;
use crate::schema::{
    EntityKey, EntitySchema, IndexSchema, KeyPlace, KeySchema, KeySource, KeyType, RawFormat, Segment, SegmentSchema,
    TableSchema,
};

/// What is wrong with a key of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Misfit {
    /// The table has no such index.
    NoIndex,
    /// The table or the index has no such key attribute.
    NoKey,
    /// The field's attribute has another name than the key.
    Name,
    /// The key has another type in the table.
    Type,
    /// A part of the primary key may have no value.
    Optional,
    /// A field that is stored in the key alone does not come back from it as it was.
    Lost(&'static str),
    /// A sort key has shards, or the table's partition key has shards and its sort key is no template.
    Shards,
}

/// Checks all entities of a table.
#[track_caller]
pub const fn check_table(table: &TableSchema) {
    let mut entities = table.entities;
    while let [entity, rest @ ..] = entities {
        check_templates(entity);
        check_entity(table, entity);
        let mut others = rest;
        while let [other, after @ ..] = others {
            check_entities(table, entity, other);
            others = after;
        }
        entities = rest;
    }
}

/// Checks that an entity's keys can be read back.
#[track_caller]
const fn check_templates(entity: &EntitySchema) {
    let mut keys = entity.keys;
    while let [key, rest @ ..] = keys {
        if let KeySource::Template(template) = &key.source {
            check_template(template);
        }
        keys = rest;
    }
}

/// Checks that an entity's keys are the table's, and that its older shapes are told apart.
#[track_caller]
pub const fn check_entity(table: &TableSchema, entity: &EntitySchema) {
    let mut keys = entity.keys;
    while let [key, rest @ ..] = keys {
        // An index that the table has not is reported where the entity names it.
        if let Some(misfit) = misfit(table, entity, key)
            && !matches!(misfit, Misfit::NoIndex)
        {
            message(misfit, table, entity, key).stop();
        }
        keys = rest;
    }
    check_shapes(table, entity);
}

/// The first thing about a key that the table does not allow.
pub(crate) const fn misfit(table: &TableSchema, entity: &EntitySchema, key: &EntityKey) -> Option<Misfit> {
    let primary = match key.place {
        KeyPlace::Partition | KeyPlace::Sort => true,
        KeyPlace::IndexPartition { index, .. } | KeyPlace::IndexSort { index, .. } => {
            if find(table.indexes, index).is_none() {
                return Some(Misfit::NoIndex);
            }
            false
        }
    };
    let Some(attribute) = attribute(table, key.place) else { return Some(Misfit::NoKey) };
    if let KeySource::Field { attribute: name, .. } = key.source
        && !same(name, attribute.name)
    {
        return Some(Misfit::Name);
    }
    if let Some(key_type) = key_type(&key.source)
        && key_type as u8 != attribute.key_type as u8
    {
        return Some(Misfit::Type);
    }
    if has_shards(key) && !can_have_shards(entity, key.place) {
        return Some(Misfit::Shards);
    }
    if primary && key.optional() {
        return Some(Misfit::Optional);
    }
    match &key.source {
        KeySource::Template(template) if primary => lost(entity, template.segments),
        _ => None,
    }
}

/// The first field that no attribute holds and whose placeholder changes its case.
const fn lost(entity: &EntitySchema, segments: &[Segment]) -> Option<Misfit> {
    let mut segments = segments;
    while let [segment, rest @ ..] = segments {
        if let Segment::Part(SegmentSchema { field, format: RawFormat::Lower | RawFormat::Upper, .. }) = segment
            && !is_stored(entity, field)
        {
            return Some(Misfit::Lost(field));
        }
        segments = rest;
    }
    None
}

const fn is_stored(entity: &EntitySchema, field: &str) -> bool {
    let mut attributes = entity.attributes;
    while let [attribute, rest @ ..] = attributes {
        if same(attribute.field, field) {
            return true;
        }
        attributes = rest;
    }
    false
}

/// The key attribute of the table or of an index at that place.
pub(crate) const fn attribute(table: &TableSchema, place: KeyPlace) -> Option<KeySchema> {
    match place {
        KeyPlace::Partition => Some(table.partition_key),
        KeyPlace::Sort => table.sort_key,
        KeyPlace::IndexPartition { index, position } => match find(table.indexes, index) {
            Some(index) => at(index.partition_key, position),
            None => None,
        },
        KeyPlace::IndexSort { index, position } => match find(table.indexes, index) {
            Some(index) => at(index.sort_key, position),
            None => None,
        },
    }
}

const fn at(keys: &[KeySchema], position: u8) -> Option<KeySchema> {
    let (mut keys, mut left) = (keys, position);
    while let [key, rest @ ..] = keys {
        if left == 0 {
            return Some(*key);
        }
        (keys, left) = (rest, left - 1);
    }
    None
}

const fn find(indexes: &'static [IndexSchema], name: &str) -> Option<&'static IndexSchema> {
    let mut indexes = indexes;
    while let [index, rest @ ..] = indexes {
        if same(index.name, name) {
            return Some(index);
        }
        indexes = rest;
    }
    None
}

/// The type of what a key comes from, unless the table's key says it.
pub(super) const fn key_type(source: &KeySource) -> Option<KeyType> {
    match source {
        KeySource::Template(_) => Some(KeyType::S),
        KeySource::Field { key_type, .. } => Some(*key_type),
        KeySource::TablePartitionKey | KeySource::TableSortKey => None,
    }
}

/// The entity's key at that place.
pub(super) const fn key_of(entity: &EntitySchema, place: KeyPlace) -> Option<&'static EntityKey> {
    let mut keys = entity.keys;
    while let [key, rest @ ..] = keys {
        if same_place(key.place, place) {
            return Some(key);
        }
        keys = rest;
    }
    None
}

pub(super) const fn same_place(a: KeyPlace, b: KeyPlace) -> bool {
    match (a, b) {
        (KeyPlace::Partition, KeyPlace::Partition) | (KeyPlace::Sort, KeyPlace::Sort) => true,
        (KeyPlace::IndexPartition { index: x, position: p }, KeyPlace::IndexPartition { index: y, position: q })
        | (KeyPlace::IndexSort { index: x, position: p }, KeyPlace::IndexSort { index: y, position: q }) => {
            p == q && same(x, y)
        }
        _ => false,
    }
}

/// Adds a place, as a user would call it.
pub(super) const fn place(message: Message, place: KeyPlace) -> Message {
    match place {
        KeyPlace::Partition => message.add("the partition key"),
        KeyPlace::Sort => message.add("the sort key"),
        KeyPlace::IndexPartition { index, .. } => message.all(&["the partition key of index `", index, "`"]),
        KeyPlace::IndexSort { index, .. } => message.all(&["the sort key of index `", index, "`"]),
    }
}

const fn message(misfit: Misfit, table: &TableSchema, entity: &EntitySchema, key: &EntityKey) -> Message {
    let message = Message::new().all(&["`", entity.name, "`: "]);
    let subject = place(Message::new(), key.place);
    let subject = subject.text();
    let (name, found) = match attribute(table, key.place) {
        Some(attribute) => (attribute.name, attribute.key_type.as_str()),
        None => ("", ""),
    };
    match misfit {
        Misfit::NoIndex => no_index(message, table, key.place),
        Misfit::NoKey => {
            let message = message.all(&["table `", table.name, "` has no ", without_article(subject)]);
            match key.place {
                KeyPlace::Sort => message.add(": leave it out here, or write `sort_key = \"sk\"` above the table's enum"),
                _ => message,
            }
        }
        Misfit::Name => message.source(&key.source).all(&[
            " is ",
            subject,
            ", whose attribute is `",
            name,
            "` in table `",
            table.name,
            "`: write `#[dynamo(rename = \"",
            name,
            "\")]` on the field",
        ]),
        Misfit::Type => {
            let own = match key_type(&key.source) {
                Some(own) => own.as_str(),
                None => "",
            };
            let message = message.all(&[subject, " is of type ", own, " from "]).source(&key.source);
            let message = message.all(&[", and attribute `", name, "` of table `", table.name, "` is of type ", found]);
            match &key.source {
                // A template makes text of any field.
                KeySource::Field { field, .. } if matches!(found.as_bytes(), b"S") => {
                    message.all(&[": make it text, `\"{", field, "}\"` as a key template above the struct"])
                }
                _ => message,
            }
        }
        Misfit::Optional => message
            .all(&[subject, " "])
            .source(&key.source)
            .add(" has a part that may have no value; every item has a primary key, so its fields cannot be `Option`s"),
        Misfit::Shards => message.all(&[subject, " "]).source(&key.source).add(
            " has shards, which a partition key has, and that of a table beside a sort key that is a template: an item's shard \
             is calculated from it",
        ),
        Misfit::Lost(field) => message.all(&[
            "`",
            field,
            "` is stored in the key alone, and `:lower` or `:upper` does not keep its case: store it as an attribute too, \
             by leaving out `key_only`",
        ]),
    }
}

const fn without_article(place: &str) -> &str {
    match place.split_at_checked(4) {
        Some((_, rest)) => rest,
        None => place,
    }
}

const fn no_index(message: Message, table: &TableSchema, place: KeyPlace) -> Message {
    let name = match place {
        KeyPlace::IndexPartition { index, .. } | KeyPlace::IndexSort { index, .. } => index,
        KeyPlace::Partition | KeyPlace::Sort => "",
    };
    let mut message = message.all(&["table `", table.name, "` has no index `", name, "`; "]);
    let mut indexes = table.indexes;
    if indexes.is_empty() {
        return message.add("it has none");
    }
    message = message.add("it has ");
    while let [index, rest @ ..] = indexes {
        message = message.all(&["`", index.name, if rest.is_empty() { "`" } else { "`, " }]);
        indexes = rest;
    }
    message
}
