//! `#[dynamo(…)]` on a struct or enum that derives `DynamoAttribute`, and on a variant.

use syn::{Attribute, LitStr};

use super::entry::{Entry, entries};
use super::value::{Set, set};
use crate::errors::Errors;
use crate::model::naming::Case;

pub(super) const CRATE: &str = "crate = path::to::tablewright";
pub(super) const RENAME_ALL: &str = "rename_all = \"camelCase\"";
const TAG: &str = "tag = \"type\"";
const RENAME: &str = "rename = \"name\"";

/// What is written on the struct or enum of a document.
#[derive(Default)]
pub(crate) struct DocumentAttrs {
    pub(crate) runtime: Option<Set<syn::Path>>,
    pub(crate) rename_all: Option<Set<Case>>,
    pub(crate) tag: Option<Set<LitStr>>,
    pub(crate) ordered: Option<Set<()>>,
}

/// What is written on a variant.
#[derive(Default)]
pub(crate) struct VariantAttrs {
    pub(crate) rename: Option<Set<LitStr>>,
    pub(crate) rename_all: Option<Set<Case>>,
}

impl DocumentAttrs {
    pub(crate) fn parse(attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut parsed = Self::default();
        for entry in entries(attributes, errors) {
            let key = entry.key.clone();
            match entry.name().as_str() {
                "crate" => {
                    let path = entry.parsed("a path", CRATE, errors);
                    set(&mut parsed.runtime, key, path, errors);
                }
                "rename_all" => {
                    let case = rename_all(&entry, errors);
                    set(&mut parsed.rename_all, key, case, errors);
                }
                "tag" => {
                    let tag = entry.text(TAG, errors);
                    set(&mut parsed.tag, key, tag, errors);
                }
                "ordered" => {
                    entry.flag(errors);
                    set(&mut parsed.ordered, key, Some(()), errors);
                }
                name @ ("table" | "gsi" | "lsi") => errors.at(
                    &entry.key,
                    format!("`{name}` is for a table: derive `DynamoTable` instead, or remove `{name}`"),
                ),
                name if super::setting::NAMES.contains(&name) => {
                    errors.at(
                        &entry.key,
                        format!("`{name}` is a setting of a table, and this derives `DynamoAttribute`"),
                    );
                }
                _ => {
                    entry.unknown("a document", &["rename_all", "tag", "ordered", "crate"], errors);
                }
            }
        }
        parsed
    }
}

impl VariantAttrs {
    pub(crate) fn parse(attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut parsed = Self::default();
        for entry in entries(attributes, errors) {
            let key = entry.key.clone();
            match entry.name().as_str() {
                "rename" => {
                    let name = entry.text(RENAME, errors);
                    set(&mut parsed.rename, key, name, errors);
                }
                "rename_all" => {
                    let case = rename_all(&entry, errors);
                    set(&mut parsed.rename_all, key, case, errors);
                }
                _ => {
                    entry.unknown("a variant", &["rename", "rename_all"], errors);
                }
            }
        }
        parsed
    }
}

/// What is written on a variant of an enum that is a table.
#[derive(Default)]
pub(crate) struct EntityVariantAttrs {
    pub(crate) unknown: Option<Set<()>>,
}

impl EntityVariantAttrs {
    pub(crate) fn parse(attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut parsed = Self::default();
        for entry in entries(attributes, errors) {
            match entry.name().as_str() {
                "unknown" => {
                    entry.flag(errors);
                    set(&mut parsed.unknown, entry.key.clone(), Some(()), errors);
                }
                name @ ("tag" | "rename") => errors.at(
                    &entry.key,
                    format!("an entity says what it is called in the table's tag: write `tag = \"…\"` above its struct, not `{name}` here"),
                ),
                _ => {
                    entry.unknown("a variant of a table", &["unknown"], errors);
                }
            }
        }
        parsed
    }
}

pub(super) fn rename_all(entry: &Entry, errors: &mut Errors) -> Option<Case> {
    let text = entry.text(RENAME_ALL, errors)?;
    let written = text.value();
    match Case::NAMES.iter().find(|(name, _)| *name == written) {
        Some((_, case)) => Some(*case),
        None => {
            let names: Vec<&str> = Case::NAMES.iter().map(|(name, _)| *name).collect();
            let hint = crate::nearest::suggestion(&written, "it is one of", &names);
            errors.at(&text, format!("`rename_all` cannot be \"{written}\"; {hint}"));
            None
        }
    }
}
