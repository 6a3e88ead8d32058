//! One entity and the indexes of its table: it is in an index with a whole key, or not in it at all.

use super::entity::{attribute, key_of};
use super::message::{Message, same};
use super::shards::same_shards;
use crate::schema::{
    AttributeSchema, EntityKey, EntitySchema, IndexSchema, KeyPlace, KeySchema, KeySource, TableSchema, TemplateMode,
};

/// Checks that an entity's items have the key of each index that it is in, and of no other, and that no attribute is
/// filled in two ways.
#[track_caller]
pub const fn check_indexes(table: &TableSchema, entity: &EntitySchema) {
    // An entity with a mistake, which is reported where it is, has no keys.
    if entity.keys.is_empty() {
        return;
    }
    let mut indexes = table.indexes;
    while let [index, rest @ ..] = indexes {
        if is_in(entity, index) {
            check_whole(table, entity, index, false);
            check_whole(table, entity, index, true);
        } else {
            check_unsaid(table, entity, index);
        }
        indexes = rest;
    }
    let mut keys = entity.keys;
    while let [key, rest @ ..] = keys {
        check_own(table, entity, key);
        let mut others = rest;
        while let [other, after @ ..] = others {
            check_alike(table, entity, key, other);
            others = after;
        }
        keys = rest;
    }
}

const fn is_in(entity: &EntitySchema, index: &IndexSchema) -> bool {
    let mut keys = entity.keys;
    while let [key, rest @ ..] = keys {
        if let KeyPlace::IndexPartition { index: name, .. } | KeyPlace::IndexSort { index: name, .. } = key.place
            && same(name, index.name)
        {
            return true;
        }
        keys = rest;
    }
    false
}

/// Checks that the entity fills every attribute of one side of the index's key.
#[track_caller]
const fn check_whole(table: &TableSchema, entity: &EntitySchema, index: &IndexSchema, sort: bool) {
    let mut keys = if sort { index.sort_key } else { index.partition_key };
    let mut position = 0;
    while let [key, rest @ ..] = keys {
        let place = match sort {
            true => KeyPlace::IndexSort { index: index.name, position },
            false => KeyPlace::IndexPartition { index: index.name, position },
        };
        if key_of(entity, place).is_none() {
            let side = if sort { "sort_key" } else { "partition_key" };
            let message = Message::new().all(&["`", entity.name, "` is in index `", index.name, "` of table `"]);
            let message = message.all(&[table.name, "` and says nothing about its key attribute `", key.name]);
            let message = message.add("`, without which none of its items would be in the index: write `");
            message.all(&[side, " = \"…\"` in its `index(name = \"", index.name, "\", …)`"]).stop();
        }
        (keys, position) = (rest, position + 1);
    }
}

/// Checks that an index's key that is the table's own is the same attribute there.
#[track_caller]
const fn check_own(table: &TableSchema, entity: &EntitySchema, key: &EntityKey) {
    let own = match (&key.source, table.sort_key) {
        (KeySource::TablePartitionKey, _) => table.partition_key,
        (KeySource::TableSortKey, Some(own)) => own,
        _ => return,
    };
    let Some(found) = attribute(table, key.place) else { return };
    if same(found.name, own.name) {
        return;
    }
    let (index, side) = match key.place {
        KeyPlace::IndexPartition { index, .. } => (index, "partition_key"),
        KeyPlace::IndexSort { index, .. } => (index, "sort_key"),
        KeyPlace::Partition | KeyPlace::Sort => return,
    };
    let message = Message::new().all(&["`", entity.name, "`: `", side, "` of index `", index, "` is the attribute `"]);
    let message = message.all(&[found.name, "`, and the table's own key is `", own.name, "`, so that no item "]);
    let message = message.all(&["would be in the index: write `", side, " = \"…\"` in `index(name = \"", index]);
    message.add("\", …)`").stop();
}

/// Checks that two keys which are one attribute are filled in one way.
#[track_caller]
const fn check_alike(table: &TableSchema, entity: &EntitySchema, first: &EntityKey, second: &EntityKey) {
    let (Some(attribute), Some(other)) = (attribute(table, first.place), attribute(table, second.place)) else {
        return;
    };
    if !same(attribute.name, other.name) {
        return;
    }
    let message = Message::new().all(&["`", entity.name, "` fills the attribute `", attribute.name, "` of table `"]);
    let message = message.all(&[table.name, "` as "]);
    let message = super::entity::place(message, first.place).add(" with ").source(&first.source).add(", and as ");
    let message = super::entity::place(message, second.place).add(" with ").source(&second.source);
    match (first.place, &first.source, &second.source) {
        // The primary key is written once: an index that has it says so.
        (KeyPlace::Partition, _, KeySource::Template(_)) => {
            message.add(": write the bare word `partition_key` for the index").stop();
        }
        (KeyPlace::Sort, _, KeySource::Template(_)) => {
            message.add(": write the bare word `sort_key` for the index").stop();
        }
        (_, KeySource::Template(x), KeySource::Template(y))
            if !same(x.text, y.text) || is_raw(x.mode) != is_raw(y.mode) || !same_shards(x, y) =>
        {
            let text = ": an attribute has one value, so write the same template, or give one of the indexes another \
                        key attribute";
            message.add(text).stop();
        }
        _ => {}
    }
}

const fn is_raw(mode: TemplateMode) -> bool {
    matches!(mode, TemplateMode::Raw)
}

/// Checks that the items of an entity that is not in an index have not its key all the same, and that an attribute with
/// the name of a key has its type.
#[track_caller]
const fn check_unsaid(table: &TableSchema, entity: &EntitySchema, index: &IndexSchema) {
    let partition = has_all(table, entity, index, index.partition_key);
    let sort = has_all(table, entity, index, index.sort_key);
    if partition && sort {
        let message = Message::new().all(&["the items of `", entity.name, "` have every key attribute of index `"]);
        let message =
            message.all(&[index.name, "` of table `", table.name, "`, so they are in it: write `index(name = \""]);
        let message =
            message.all(&[index.name, "\", …)` above `", entity.name, "`, or rename the field that is stored as "]);
        match index.partition_key {
            [key, ..] => message.all(&["`", key.name, "`"]).stop(),
            [] => message.add("its key").stop(),
        }
    }
}

/// True if the items have all of these key attributes.
#[track_caller]
const fn has_all(table: &TableSchema, entity: &EntitySchema, index: &IndexSchema, keys: &[KeySchema]) -> bool {
    let (mut keys, mut all) = (keys, true);
    while let [key, rest @ ..] = keys {
        match stored(entity, key.name) {
            Some(attribute) => check_type(table, entity, index, (key, attribute)),
            None => all = all && is_primary(table, key.name),
        }
        keys = rest;
    }
    all
}

const fn is_primary(table: &TableSchema, name: &str) -> bool {
    let sort = match table.sort_key {
        Some(key) => same(key.name, name),
        None => false,
    };
    sort || same(table.partition_key.name, name)
}

const fn stored<'e>(entity: &'e EntitySchema, name: &str) -> Option<&'e AttributeSchema> {
    let mut attributes = entity.attributes;
    while let [attribute, rest @ ..] = attributes {
        if same(attribute.name, name) {
            return Some(attribute);
        }
        attributes = rest;
    }
    None
}

#[track_caller]
const fn check_type(
    table: &TableSchema,
    entity: &EntitySchema,
    index: &IndexSchema,
    (key, attribute): (&KeySchema, &AttributeSchema),
) {
    let key_type = key.key_type.as_str();
    // What `serde` stores is of a type that only the value says.
    if same(attribute.attribute_type, key_type) || same(attribute.attribute_type, "*") {
        return;
    }
    let message = Message::new().all(&["field `", attribute.field, "` of `", entity.name, "` is stored as `"]);
    let message =
        message.all(&[attribute.name, "` of type ", attribute.attribute_type, ", and in table `", table.name]);
    let message =
        message.all(&["` that is a key of index `", index.name, "` of type ", key_type, ", so DynamoDB would "]);
    message.add("refuse every item that has it: rename the field's attribute with `#[dynamo(rename = \"…\")]`").stop();
}
