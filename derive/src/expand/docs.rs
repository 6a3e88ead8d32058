//! All text of generated documentation, for crates that deny undocumented items.
//!
//! There are no links in it, because a link that does not resolve would be the user's warning.

use crate::model::{Access, Field, Index, Table};

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
    format!("A query of table {}.", code(&table.name))
}

pub(super) fn index_query_type(index: &Index) -> String {
    format!("A query of index {}.", code(&index.name))
}

pub(super) fn sort_key(attribute: &str) -> String {
    format!("A condition on the sort key {}.", code(attribute))
}

pub(super) fn key(table: &Table) -> String {
    match &table.sort_key {
        Some(sort) => {
            let (partition, sort) = (code(&table.partition_key.attribute), code(&sort.attribute));
            format!("The key of the item with this {partition} and {sort}.")
        }
        None => format!("The key of the item with this {}.", code(&table.partition_key.attribute)),
    }
}

pub(super) fn query(attribute: &str) -> String {
    format!("A query of the items with this {}.", code(attribute))
}

pub(super) fn index_query(index: &Index) -> String {
    format!("A query of index {}.", code(&index.name))
}

/// The message, label and note for a part of a sort key that is asked for when it is not the next one.
pub(super) fn out_of_order(names: &[String], place: usize) -> (String, String, String) {
    let listed = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let note =
        format!("the sort key is {listed}: they are asked for from the left, each once and the ones before it by `eq`");
    let Some(name) = names.get(place) else { return Default::default() };
    let before = place.checked_sub(1).and_then(|place| names.get(place));
    match before {
        Some(before) => {
            let chain: String = names.iter().take(place).map(|name| format!(".{name}().eq(…)")).collect();
            let message = format!("`{name}` comes right after `{before}` in the sort key");
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
