//! What a field does by itself: versions, counters, and ids that are made for new items.

use syn::{LitInt, LitStr};

use super::entry::{Entry, Value};
use super::value::{Set, set};
use crate::errors::Errors;
use crate::nearest::{listed, nearest};

const VERSION_WORDS: [&str; 4] = ["ring", "attribute", "starts_at", "global_tables"];
const ID_FORMATS: [(&str, IdFormat); 2] = [("uuid-v7", IdFormat::UuidV7), ("ulid", IdFormat::Ulid)];

/// `version(ring = 8, attribute = "writes", starts_at = 1, global_tables)`.
#[derive(Default)]
pub(crate) struct VersionAttr {
    /// How many ids of writes the item keeps.
    pub(crate) ring: Option<Set<LitInt>>,
    /// The attribute that keeps them.
    pub(crate) attribute: Option<Set<LitStr>>,
    /// The first version. Without it that is the time.
    pub(crate) starts_at: Option<Set<LitInt>>,
    /// The table may have replicas.
    pub(crate) global_tables: Option<Set<()>>,
}

/// What an id looks like that is made for a new item.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum IdFormat {
    UuidV7,
    Ulid,
}

impl VersionAttr {
    pub(super) fn parse(entry: &Entry, errors: &mut Errors) -> Self {
        const FORM: &str = "version(ring = 8)";
        let mut parsed = Self::default();
        if matches!(entry.value, Value::Nothing) {
            return parsed;
        }
        for entry in entry.entries(FORM, errors).unwrap_or_default() {
            let key = entry.key.clone();
            match entry.name().as_str() {
                "ring" => {
                    let ring = entry.number("ring = 8", errors);
                    set(&mut parsed.ring, key, ring, errors);
                }
                "attribute" => {
                    let attribute = entry.text("attribute = \"writes\"", errors);
                    set(&mut parsed.attribute, key, attribute, errors);
                }
                "starts_at" => {
                    let first = entry.number("starts_at = 1", errors);
                    set(&mut parsed.starts_at, key, first, errors);
                }
                "global_tables" => {
                    entry.flag(errors);
                    set(&mut parsed.global_tables, key, Some(()), errors);
                }
                _ => {
                    entry.unknown("a version", &VERSION_WORDS, errors);
                }
            }
        }
        parsed
    }
}

impl IdFormat {
    pub(super) fn parse(entry: &Entry, errors: &mut Errors) -> Option<Self> {
        let written = entry.text("id = \"uuid-v7\"", errors)?;
        let (name, names) = (written.value(), ID_FORMATS.map(|(name, _)| name));
        let known = ID_FORMATS.iter().find(|(known, _)| *known == name);
        if known.is_none() {
            let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
            let quoted: Vec<&str> = quoted.iter().map(String::as_str).collect();
            let meant = nearest(&name.to_lowercase(), names.iter().copied());
            let meant = meant.map_or_else(String::new, |name| format!(" did you mean \"{name}\"?"));
            errors.at(&written, format!("`id` cannot be \"{name}\";{meant} it is one of {}", listed(&quoted)));
        }
        known.map(|(_, format)| *format)
    }
}
