//! `#[dynamo(…)]` on a struct that derives `DynamoTable`.

use syn::{Attribute, LitStr};

use super::access::AccessAttrs;
use super::container::{CRATE, rename_all};
use super::entry::{Entry, entries};
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
    pub(crate) access: Vec<AccessAttrs>,
    pub(crate) settings: SettingAttrs,
    /// True if a name was to be given, with or without success.
    pub(crate) means_table: bool,
    /// True if a partition key was to be given here instead of on its field.
    pub(crate) means_partition_key: bool,
}

impl TableAttrs {
    pub(crate) fn parse(attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut parsed = Self::default();
        for entry in entries(attributes, errors) {
            let key = entry.key.clone();
            match entry.name().as_str() {
                "table" => {
                    parsed.means_table = true;
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
                "access" => parsed.access.extend(AccessAttrs::parse(&entry, errors)),
                "tag" => {
                    errors.at(&entry.key, "`tag` is for an enum that derives `DynamoAttribute`; a table has `tags(…)`");
                }
                _ if parsed.settings.take(&entry, errors) => {}
                _ => parsed.unknown(&entry, errors),
            }
        }
        parsed
    }

    /// An entry that a struct does not have; perhaps it belongs on a field.
    fn unknown(&mut self, entry: &Entry, errors: &mut Errors) {
        let name = entry.name();
        if super::field::NAMES.contains(&name.as_str()) {
            self.means_partition_key |= name == "partition_key";
            errors.at(&entry.key, format!("`{name}` belongs on a field: write `#[dynamo({name})]` above the field"));
            return;
        }
        let known = ["table", "gsi", "lsi", "access", "rename_all", "crate"];
        let known: Vec<&str> = known.into_iter().chain(setting::NAMES).collect();
        self.means_table |= entry.unknown("a table", &known, errors) == Some("table");
    }
}
