//! A table of one struct, whose keys are attributes like others.

use std::collections::BTreeMap;

use super::described::{KeyKind, Projection, Table};
use super::items::Attributes;
use super::names::{FieldNames, plain};
use super::seen::Seen;
use super::text::{Entry, Field, Struct, index_members};
use super::types::{Types, number, presence};

/// The struct of a table, and a word on why it is not more than one.
pub(super) fn structure(
    table: &Table,
    items: &[Attributes],
    key_of: impl Fn(usize) -> String,
    why: Option<String>,
    types: &mut Types<'_>,
) -> Struct {
    let indexes: Vec<&str> = table.indexes.iter().map(|index| index.name.as_str()).collect();
    let name = types.names.take(&table.name, &indexes);
    let seen = Seen::attributes(items.iter().enumerate().map(|(place, item)| (item, key_of(place))));
    let mut names = FieldNames::without(indexes.iter().flat_map(|index| index_members(index)));
    let mut fields = Vec::new();
    for (key, mark) in table.keys().zip(["partition_key", "sort_key"]) {
        fields.push(key_field(&key.name, key.of, &seen, items.len(), mark, &mut names));
    }
    for (attribute, of) in seen.iter().filter(|(attribute, _)| !table.is_key(attribute)) {
        fields.push(any_field(table, &name, attribute, of, items.len(), types, &mut names));
    }
    fields.extend(unseen(table, &seen, &mut names));
    fields.push(Field::rest(&mut names));
    let mut docs = vec![about(table, items.len())];
    docs.extend(why.map(|why| format!("No key templates were found in the sample: {why}.")));
    docs.extend(table.remarks());
    let entries = entries(table, &fields);
    Struct { name, docs, derive: "DynamoTable", entries, body: super::text::Body::Fields(fields) }
}

pub(super) fn about(table: &Table, items: usize) -> String {
    let sample = match items {
        0 => "of which no items were sampled".to_owned(),
        1 => "from 1 sampled item".to_owned(),
        several => format!("from {several} sampled items"),
    };
    format!("The table {}, {sample}.", super::text::code(&table.full_name))
}

fn entries(table: &Table, fields: &[Field]) -> Vec<Entry> {
    let field = |attribute: &str| fields.iter().find(|field| field.attribute.as_deref() == Some(attribute));
    let name = |attribute: &str| field(attribute).map_or("", |field| plain(&field.name)).to_owned();
    let mut entries = vec![Entry::text("table", &table.name)];
    for index in &table.indexes {
        let optional = |attribute: &str| field(attribute).is_some_and(|field| field.type_name.starts_with("Option<"));
        let sparse = index.keys().any(|key| optional(&key.name));
        entries.push(table.index(index, name, sparse));
    }
    entries.extend(table.settings());
    entries
}

/// A field of the primary key, which every item has.
pub(super) fn key_field(
    attribute: &str,
    of: KeyKind,
    seen: &BTreeMap<String, Seen>,
    items: usize,
    mark: &'static str,
    names: &mut FieldNames,
) -> Field {
    let seen = seen.get(attribute);
    let what = if mark == "partition_key" { "The partition key" } else { "The sort key" };
    let docs = match seen {
        Some(seen) if items > 0 && of == KeyKind::Number => format!("{what}. {}", presence(seen, items)),
        _ => format!("{what}."),
    };
    let mut field = Field::of(names.take(attribute), attribute, key_type(of, seen).to_owned(), vec![docs]);
    field.marks.push(mark);
    field
}

/// A field of any other attribute: what was seen, and what the table knows of it.
pub(super) fn any_field(
    table: &Table,
    owner: &str,
    attribute: &str,
    seen: &Seen,
    items: usize,
    types: &mut Types<'_>,
    names: &mut FieldNames,
) -> Field {
    let known = match table.index_key(attribute) {
        _ if table.ttl.as_deref() == Some(attribute) => Some("EpochSeconds"),
        Some(key) => Some(key_type(key.of, Some(seen))),
        None => None,
    };
    let Some(known) = known else { return types.field(owner, attribute, seen, items, names) };
    let type_name = if seen.count() < items { format!("Option<{known}>") } else { known.to_owned() };
    let mut docs = vec![presence(seen, items)];
    let expected = table.index_key(attribute).map_or("N", |key| key.of.as_str());
    let others: Vec<&str> = seen.kinds.keys().copied().filter(|kind| *kind != expected).collect();
    if !others.is_empty() {
        docs.push(format!("Items whose value is of type {} instead of {expected} cannot be read.", others.join(", ")));
    }
    let mut field = Field::of(names.take(attribute), attribute, type_name, docs);
    if table.ttl.as_deref() == Some(attribute) {
        field.marks.push("ttl");
    }
    field
}

/// The fields of attributes that the table names and no sampled item has.
pub(super) fn unseen(table: &Table, seen: &BTreeMap<String, Seen>, names: &mut FieldNames) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    let mut add = |attribute: &str, type_name: &str, what: &str, mark: Option<&'static str>| {
        let is_there = fields.iter().any(|field| field.attribute.as_deref() == Some(attribute));
        if is_there || seen.contains_key(attribute) || table.is_key(attribute) {
            return;
        }
        let docs = vec![format!("{what}, which no sampled item has.")];
        let mut field = Field::of(names.take(attribute), attribute, format!("Option<{type_name}>"), docs);
        field.marks.extend(mark);
        fields.push(field);
    };
    if let Some(ttl) = &table.ttl {
        add(ttl, "EpochSeconds", "When DynamoDB deletes the item", Some("ttl"));
    }
    for index in &table.indexes {
        let what = format!("A key of the index {}", super::text::code(&index.name));
        for key in index.keys() {
            add(&key.name, key_type(key.of, None), &what, None);
        }
        if let Projection::Include(included) = &index.projection {
            let what = format!("In the index {}", super::text::code(&index.name));
            for attribute in included {
                add(attribute, "Value", &what, None);
            }
        }
    }
    fields
}

/// The type of a key attribute.
fn key_type(of: KeyKind, seen: Option<&Seen>) -> &'static str {
    match of {
        KeyKind::Text => "String",
        KeyKind::Number => seen.map_or("Number", number),
        KeyKind::Binary => "Vec<u8>",
    }
}
