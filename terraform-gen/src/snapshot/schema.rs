//! A table's schema as JSON. What decides about stored data is in it; where something is declared is not.

use serde_json::{Map, Value, json};
use tablewright::schema::{
    AccessPatternSchema, AttributeSchema, Billing, EntityKey, EntitySchema, IndexKind, IndexSchema, KeyPlace,
    KeySchema, KeySource, KeyTemplate, PointInTimeRecovery, RawFormat, Segment, SegmentForm, StreamViewType,
    TableSchema, TableSettings, TemplateMode,
};

use crate::plan::label;

pub(super) fn table(table: &TableSchema) -> Value {
    let indexes =
        |kind: IndexKind| object(table.indexes.iter().filter(|of| of.kind == kind).map(|of| (of.name, index(of))));
    let mut members = Map::new();
    let mut add = |name: &str, value: Value| drop(members.insert(name.to_owned(), value));
    add("resource", label(table.name).into());
    if let Some(name) = table.settings.renamed_from {
        add("name", name.into());
    }
    add("partition_key", key(table.partition_key).into());
    if let Some(sort) = table.sort_key {
        add("sort_key", key(sort).into());
    }
    for (name, kind) in [("global_indexes", IndexKind::Global), ("local_indexes", IndexKind::Local)] {
        if table.indexes.iter().any(|index| index.kind == kind) {
            add(name, indexes(kind));
        }
    }
    if let Some(attribute) = table.ttl {
        add("time_to_live", json!({ "attribute": attribute, "enabled": true }));
    }
    if let Some(tag) = table.tag {
        add("tag", tag.into());
    }
    settings(&table.settings, &mut add);
    if !table.entities.is_empty() {
        add("entities", object(table.entities.iter().map(|of| (of.name, entity(of)))));
    }
    Value::Object(members)
}

fn object<'a>(members: impl Iterator<Item = (&'a str, Value)>) -> Value {
    Value::Object(members.map(|(name, value)| (name.to_owned(), value)).collect())
}

/// `pk:S`
fn key(key: KeySchema) -> String {
    format!("{}:{}", key.name, key.key_type.as_str())
}

fn index(index: &IndexSchema) -> Value {
    let keys = |keys: &[KeySchema]| keys.iter().copied().map(key).collect::<Vec<_>>();
    let mut attributes = index.projection.non_key_attributes().to_vec();
    attributes.sort_unstable();
    let mut value = json!({
        "partition_key": keys(index.partition_key),
        "sort_key": keys(index.sort_key),
        "projection": index.projection.as_str(),
    });
    if !attributes.is_empty() {
        set(&mut value, "attributes", json!(attributes));
    }
    if let Some(capacity) = index.capacity {
        set(&mut value, "capacity", json!({ "read": capacity.read, "write": capacity.write }));
    }
    value
}

fn set(object: &mut Value, name: &str, value: Value) {
    if let Some(members) = object.as_object_mut() {
        members.insert(name.to_owned(), value);
    }
}

fn settings(settings: &TableSettings, add: &mut impl FnMut(&str, Value)) {
    let units = |capacity: tablewright::schema::Capacity| json!({ "read": capacity.read, "write": capacity.write });
    add(
        "billing",
        match settings.billing {
            Billing::OnDemand { max: None } => json!({ "mode": "PAY_PER_REQUEST" }),
            Billing::OnDemand { max: Some(max) } => json!({ "mode": "PAY_PER_REQUEST", "max": units(max) }),
            Billing::Provisioned(capacity) => json!({ "mode": "PROVISIONED", "capacity": units(capacity) }),
        },
    );
    add("class", settings.table_class.as_str().into());
    if let Some(stream) = settings.stream.map(StreamViewType::as_str) {
        add("stream", stream.into());
    }
    if let Some(protected) = settings.deletion_protection {
        add("deletion_protection", protected.into());
    }
    if let Some(recovery) = settings.point_in_time_recovery {
        add(
            "recovery_days",
            match recovery {
                PointInTimeRecovery::Disabled => 0.into(),
                PointInTimeRecovery::Enabled { days } => days.into(),
            },
        );
    }
    if let Some(warm) = settings.warm_throughput {
        add("warm_throughput", units(warm));
    }
    if !settings.tags.is_empty() {
        add("tags", object(settings.tags.iter().map(|(key, value)| (*key, Value::from(*value)))));
    }
}

fn entity(entity: &EntitySchema) -> Value {
    let attributes = entity.attributes.iter().map(|of| (of.name, Value::from(attribute(of))));
    let mut value = json!({ "attributes": object(attributes) });
    if !entity.keys.is_empty() {
        let keys: Map<String, Value> = entity.keys.iter().map(|key| (place(key.place), source(key))).collect();
        set(&mut value, "keys", Value::Object(keys));
    }
    if let Some(tag) = entity.tag {
        set(&mut value, "tag", tag.into());
    }
    if !entity.upgrades.is_empty() {
        set(&mut value, "older", object(entity.upgrades.iter().map(|older| (older.name, self::entity(older)))));
    }
    if !entity.access.is_empty() {
        set(&mut value, "access", object(entity.access.iter().map(|of| (of.name, access(of).into()))));
    }
    value
}

/// `S`, or `S?` where items may lack the attribute.
fn attribute(attribute: &AttributeSchema) -> String {
    format!("{}{}", attribute.attribute_type, if attribute.optional { "?" } else { "" })
}

/// `partition`, `sort`, `by-status/partition/0`.
fn place(place: KeyPlace) -> String {
    match place {
        KeyPlace::Partition => "partition".to_owned(),
        KeyPlace::Sort => "sort".to_owned(),
        KeyPlace::IndexPartition { index, position } => format!("{index}/partition/{position}"),
        KeyPlace::IndexSort { index, position } => format!("{index}/sort/{position}"),
    }
}

/// How it is written, and what is stored: the fields' names are in the first and not in the second.
fn source(key: &EntityKey) -> Value {
    let (written, stored) = match &key.source {
        KeySource::Field { field, attribute, key_type, .. } => {
            (format!("{{{field}}}"), format!("{attribute}:{}", key_type.as_str()))
        }
        KeySource::Template(template) => (template.described(), shape(template)),
        KeySource::TablePartitionKey => ("partition_key".to_owned(), "the partition key".to_owned()),
        KeySource::TableSortKey => ("sort_key".to_owned(), "the sort key".to_owned()),
    };
    json!({ "template": written, "stored": stored })
}

fn shape(template: &KeyTemplate) -> String {
    let mut shape = if template.mode == TemplateMode::Raw { "raw:".to_owned() } else { String::new() };
    for segment in template.segments {
        match segment {
            Segment::Literal(text) => shape.push_str(text),
            Segment::Shard(shards) => shape.push_str(&format!("{{shard of {shards}}}")),
            Segment::Part(part) => {
                let form = match part.form {
                    SegmentForm::Text => "text".to_owned(),
                    SegmentForm::Fixed { width, class } => format!("{width} of {:x}", class.bits()),
                };
                let format = match part.format {
                    RawFormat::Plain => "",
                    RawFormat::Zeros(_) => ", zeros",
                    RawFormat::Lower => ", lower",
                    RawFormat::Upper => ", upper",
                };
                shape.push_str(&format!("{{{form}{format}}}"));
            }
        }
    }
    shape
}

/// `by-status: partition(customer), since(>=), descending`
fn access(access: &AccessPatternSchema) -> String {
    let mut parts = vec![format!("{}: {}", access.index.unwrap_or("table"), access.partition.join(", "))];
    parts.extend(access.fixed.iter().map(|field| format!("{field} =")));
    parts.extend(access.range.map(|range| format!("{} {}", range.field, range.operator)));
    parts.extend(access.descending.then(|| "descending".to_owned()));
    parts.extend(access.take.map(|items| format!("take {items}")));
    parts.join(", ")
}
