//! `#[dynamo(…)]` on a struct that derives `DynamoTable`.

use syn::{Attribute, LitStr};

use super::container::{CRATE, rename_all};
use super::entry::entries;
use super::index::IndexAttrs;
use super::setting::{self, SettingAttrs};
use super::value::{Set, set};
use crate::errors::Errors;
use crate::model::naming::Case;

const TABLE: &str = "table = \"name\"";

/// What is written on the struct of a table.
#[derive(Default)]
pub(crate) struct TableAttrs {
    pub(crate) table: Option<Set<LitStr>>,
    pub(crate) runtime: Option<Set<syn::Path>>,
    pub(crate) rename_all: Option<Set<Case>>,
    pub(crate) indexes: Vec<IndexAttrs>,
    pub(crate) settings: SettingAttrs,
}

impl TableAttrs {
    pub(crate) fn parse(attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut parsed = Self::default();
        for entry in entries(attributes, errors) {
            let key = entry.key.clone();
            match entry.name().as_str() {
                "table" => {
                    let name = entry.text(TABLE, errors);
                    set(&mut parsed.table, key, name, errors);
                }
                "crate" => {
                    let path = entry.parsed("a path", CRATE, errors);
                    set(&mut parsed.runtime, key, path, errors);
                }
                "rename_all" => {
                    let case = rename_all(&entry, errors);
                    set(&mut parsed.rename_all, key, case, errors);
                }
                "gsi" | "lsi" => parsed.indexes.extend(IndexAttrs::parse(&entry, errors)),
                "tag" => {
                    errors.at(&entry.key, "`tag` is for an enum that derives `DynamoAttribute`; a table has `tags(…)`");
                }
                _ if parsed.settings.take(&entry, errors) => {}
                _ => {
                    let known = ["table", "gsi", "lsi", "rename_all", "crate"];
                    let known: Vec<&str> = known.into_iter().chain(setting::NAMES).collect();
                    field_word(&entry, &known, errors);
                }
            }
        }
        parsed
    }
}

/// An entry that a struct does not have; perhaps it belongs on a field.
fn field_word(entry: &super::entry::Entry, known: &[&str], errors: &mut Errors) {
    let name = entry.name();
    if super::field::NAMES.contains(&name.as_str()) {
        errors.at(&entry.key, format!("`{name}` belongs on a field: write `#[dynamo({name})]` above the field"));
    } else {
        entry.unknown("a table", known, errors);
    }
}
