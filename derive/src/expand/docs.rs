//! All text of generated documentation, for crates that deny undocumented items.
//!
//! There are no links in it, because a link that does not resolve would be the user's warning.

use syn::ext::IdentExt as _;

use crate::model::{Access, Field, Group, Home, Index, KeySide, Table};

/// An attribute's name for prose.
fn code(name: &str) -> String {
    format!("`{}`", name.replace('`', "'"))
}

pub(super) fn paths(entity: &str) -> String {
    format!("The attributes of `{entity}`, for expressions.")
}

pub(super) fn path(field: &Field) -> String {
    format!("Attribute {}.", code(&field.attribute))
}

pub(super) fn query_type(table: &Table) -> String {
    match &table.home {
        Home::Alone(name, _) => format!("A query of table {}.", code(name)),
        Home::Enum(_) => format!("A query of the items of {}.", code(&table.subject.ident.unraw().to_string())),
    }
}

pub(super) fn index_query_type(index: &Index) -> String {
    format!("A query of index {}.", code(&index.name))
}

pub(super) fn sort_key(attribute: &str) -> String {
    format!("A condition on the sort key {}.", code(attribute))
}

pub(super) fn key(table: &Table) -> String {
    let partition = side(&table.partition_key);
    match &table.sort_key {
        none if none.is_none() => format!("The key of the item with this {partition}."),
        sort => format!("The key of the item with this {partition} and {}.", side(sort)),
    }
}

/// The attribute of a key, or its template.
fn side(side: &KeySide) -> String {
    match (side.template(), side.fields()) {
        (Some(template), _) => code(&template.text.value()),
        (None, fields) => fields.iter().map(|field| code(&field.attribute)).collect::<Vec<_>>().join(", "),
    }
}

pub(super) fn query(table: &Table) -> String {
    format!("A query of the items with this {}.{}", side(&table.partition_key), of_shards(&table.partition_key))
}

/// What a query of a key in shards does.
fn of_shards(partition: &KeySide) -> String {
    let shards = partition.template().and_then(|template| template.shards);
    shards.map_or_else(String::new, |shards| {
        format!(" It asks each of {shards} shards, and gives their items in the order of the sort key.")
    })
}

pub(super) fn index_query(index: &Index) -> String {
    format!("A query of index {}.{}", code(&index.name), of_shards(&index.partition_key))
}

/// The message, label and note for a part of a sort key that is asked for when it is not the next one.
pub(super) fn out_of_order(names: &[String], place: usize, template: Option<&str>) -> (String, String, String) {
    let listed = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let note = format!("the parts of the sort key come from the left, each once: {listed}");
    let Some(name) = names.get(place) else { return Default::default() };
    // A text of the compiler's messages has placeholders of its own.
    let [note, key] = [note, template.map_or_else(String::new, |template| format!(" `{template}`"))]
        .map(|text| text.replace('{', "{{").replace('}', "}}"));
    match place.checked_sub(1).and_then(|place| names.get(place)) {
        Some(before) => {
            let chain: String = names.iter().take(place).map(|name| format!(".{name}().eq(…)")).collect();
            let message = format!("`{name}` comes right after `{before}` in the sort key{key}");
            (message, format!("write `{chain}.{name}()`"), note)
        }
        None => (format!("`{name}` has its condition already"), "asked for a second time".to_owned(), note),
    }
}

pub(super) fn access(access: &Access) -> String {
    match access.doc.as_str() {
        "" => format!("Access pattern {}.", code(&access.name.to_string())),
        doc => doc.to_owned(),
    }
}

pub(super) fn grouped(table: &str) -> String {
    format!("Items of `{table}`, those of each entity by themselves and in the order that they were read.")
}

pub(super) fn group(variant: &str) -> String {
    format!("Those of `{variant}`.")
}

pub(super) fn unknown_group() -> String {
    "Those of no entity.".to_owned()
}

pub(super) fn group_path(group: &Group) -> String {
    format!("The key of index {}: {}.", code(&group.index), code(&group.listed()))
}

/// The message, label and note for one field of a group that is set alone.
pub(super) fn alone(group: &Group) -> (String, String, String) {
    let fields: Vec<String> = group.fields.iter().map(|field| format!("`{}`", field.ident.unraw())).collect();
    let message = match fields.as_slice() {
        [only] => format!("{only} feeds the key of index `{}`, which has to change with it", group.index),
        several => format!(
            "{} feed the key of index `{}` together, and cannot be changed one by one",
            several.join(", "),
            group.index
        ),
    };
    let note = format!("write `.set(|item| item.{}, {})`", group.name, group.listed());
    (message, "not by itself".to_owned(), note)
}
