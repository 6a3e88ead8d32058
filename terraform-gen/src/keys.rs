//! What is known of an entity's keys before any item is there: how their text begins.

use tablewright::schema::{
    EntityKey, EntitySchema, KeyPlace, KeySource, KeyTemplate, KeyType, Segment, SegmentForm, TableSchema,
};

/// What the text of a key attribute has in common in all items of an entity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum KeyText {
    /// It is always this text.
    Constant(String),
    /// It begins with this text.
    Prefix(String),
}

/// What the primary key's attribute at that place has in common in all items of the entity, if anything is known.
pub(crate) fn key_text(entity: &EntitySchema, place: KeyPlace) -> Option<KeyText> {
    let template = entity.key(place)?.template()?;
    let literal = leading_literal(template);
    let is_constant = template.parts().next().is_none() && template.shards().is_none();
    match (literal.is_empty(), is_constant) {
        (_, true) => Some(KeyText::Constant(literal)),
        (true, false) => None,
        (false, false) => Some(KeyText::Prefix(literal)),
    }
}

fn leading_literal(template: &KeyTemplate) -> String {
    let literal = |segment: &Segment| match segment {
        Segment::Literal(text) => Some(*text),
        Segment::Part(_) | Segment::Shard(_) => None,
    };
    template.segments.iter().map_while(literal).collect()
}

/// Which partition keys of the table, or of an index, the policy of one tenant names: a pattern of IAM's `StringLike`.
///
/// # Errors
/// Why a pattern cannot say it.
pub(crate) fn tenant_pattern(
    table: &TableSchema,
    entity: &EntitySchema,
    index: Option<&str>,
    field: &str,
    variable: &str,
) -> Result<String, String> {
    let value = format!("${{{variable}}}");
    match partition_key(table, entity, index)? {
        PartitionKey::Field { field: found, key_type, .. } if found == field => match key_type {
            KeyType::S => Ok(value),
            other => Err(format!(
                "the key is the field `{field}` of type {}, and a policy compares text; use a key template, or a \
                 field that is stored as S",
                other.as_str()
            )),
        },
        PartitionKey::Field { field: found, .. } => Err(format!("the key is the field `{found}`")),
        PartitionKey::Template(template) => pattern_of(template, field, &value)
            .ok_or_else(|| format!("the key template `{}` does not begin with `{field}`", template.text)),
    }
}

enum PartitionKey {
    Field { field: &'static str, key_type: KeyType },
    Template(KeyTemplate),
}

/// Where the partition key of the entity, in the table or in an index, comes from.
fn partition_key(table: &TableSchema, entity: &EntitySchema, index: Option<&str>) -> Result<PartitionKey, String> {
    let place = |key: &EntityKey| match (key.place, index) {
        (KeyPlace::Partition, None) => true,
        (KeyPlace::IndexPartition { index: of, position: 0 }, Some(index)) => of == index,
        _ => false,
    };
    let mut key = entity.keys.iter().find(|key| place(key));
    if let Some(EntityKey { source: KeySource::TablePartitionKey, .. }) = key {
        key = entity.key(KeyPlace::Partition);
    }
    match key.map(|key| key.source) {
        Some(KeySource::Field { field, key_type, .. }) => Ok(PartitionKey::Field { field, key_type }),
        Some(KeySource::Template(template)) => Ok(PartitionKey::Template(template)),
        Some(KeySource::TablePartitionKey) => Err("its partition key is unknown".to_owned()),
        Some(KeySource::TableSortKey) => Err("the index's partition key is the table's sort key".to_owned()),
        None if entity.keys.is_empty() => native_key(table, entity, index),
        None => Err(format!("the entity is not in index `{}`", index.unwrap_or_default())),
    }
}

/// The key of an entity whose schema says nothing about keys: the field that stores the attribute.
fn native_key(table: &TableSchema, entity: &EntitySchema, index: Option<&str>) -> Result<PartitionKey, String> {
    let key = match index {
        None => Some(table.partition_key),
        Some(index) => table.index(index).and_then(|index| index.partition_key.first().copied()),
    };
    let stored = key.and_then(|key| Some((key, entity.attributes.iter().find(|stored| stored.name == key.name)?)));
    stored
        .map(|(key, stored)| PartitionKey::Field { field: stored.field, key_type: key.key_type })
        .ok_or_else(|| "no field stores its partition key".to_owned())
}

/// The template with the value in the place of the field, and wildcards for what is after it.
fn pattern_of(template: KeyTemplate, field: &str, value: &str) -> Option<String> {
    let parts = template.parts().count();
    let first = template.parts().next().filter(|part| part.field == field)?;
    // Text right before another part would let one tenant's value begin like another's.
    let mut after = template.segments.iter().skip_while(|segment| !matches!(segment, Segment::Part(_))).skip(1);
    if first.form == SegmentForm::Text && matches!(after.next(), Some(Segment::Part(_))) {
        return None;
    }
    let mut pattern = String::new();
    for segment in template.segments {
        match segment {
            Segment::Literal(text) => pattern.extend(text.chars().map(escaped)),
            Segment::Part(part) if part.field == first.field && !pattern.contains(value) => pattern.push_str(value),
            Segment::Part(_) => break,
            // One of the two digits each.
            Segment::Shard(_) => pattern.push_str("??"),
        }
    }
    if parts > 1 {
        pattern.push('*');
    }
    Some(pattern)
}

/// A character as IAM's `StringLike` compares it with itself.
fn escaped(character: char) -> String {
    match character {
        '*' | '?' | '$' => format!("${{{character}}}"),
        other => other.to_string(),
    }
}
