//! `gsi(…)` and `lsi(…)` on a table, and `index(…)` on an entity of a table.

use proc_macro2::{Ident, Span};
use syn::{LitInt, LitStr, Type};

use super::entry::{Entry, Key, Value};
use super::index_key::KeyAttr;
use super::value::{Set, set};
use crate::errors::Errors;

pub(super) const PROJECTIONS: [(&str, Projection); 3] =
    [("all", Projection::All), ("keys_only", Projection::KeysOnly), ("include", Projection::Include)];

#[derive(Clone, Copy)]
pub(super) enum Projection {
    All,
    KeysOnly,
    Include,
}

/// Which word an index is written with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum IndexWord {
    /// `gsi`.
    Global,
    /// `lsi`.
    Local,
    /// `index`: an entity's keys in an index that its table declares.
    OfTable,
}

/// One index as it is written.
pub(crate) struct IndexAttrs {
    /// The word `gsi`, `lsi` or `index`.
    pub(crate) key: Key,
    pub(crate) word: IndexWord,
    pub(crate) name: Option<Set<LitStr>>,
    pub(crate) partition_key: Option<Set<KeyAttr>>,
    pub(crate) sort_key: Option<Set<KeyAttr>>,
    /// The number of shards of the partition key.
    pub(crate) shard: Option<Set<LitInt>>,
    pub(crate) projection: Option<Set<ProjectionAttr>>,
    /// The type that its items are read as.
    pub(crate) reads: Option<Set<Type>>,
    /// True if items without its key are meant not to be in it.
    pub(crate) sparse: Option<Set<()>>,
    pub(crate) read: Option<Set<LitInt>>,
    pub(crate) write: Option<Set<LitInt>>,
    /// What is written or meant, with or without success.
    means: Vec<String>,
}

/// What an index carries.
pub(crate) enum ProjectionAttr {
    All,
    KeysOnly,
    /// The word `include`, and names of Rust fields.
    Include(Ident, Vec<LitStr>),
}

impl IndexAttrs {
    pub(super) fn parse(entry: &Entry, errors: &mut Errors) -> Option<Self> {
        let (word, form) = match entry.name().as_str() {
            "gsi" => (IndexWord::Global, "gsi(name = \"by-team\", partition_key = \"team\")"),
            "lsi" => (IndexWord::Local, "lsi(name = \"by-date\", sort_key = \"date\")"),
            _ => (IndexWord::OfTable, "index(name = \"by-team\", partition_key = \"TEAM#{team}\")"),
        };
        let entries = entry.entries(form, errors)?;
        let mut parsed = Self {
            key: entry.key.clone(),
            word,
            name: None,
            partition_key: None,
            sort_key: None,
            shard: None,
            projection: None,
            reads: None,
            sparse: None,
            read: None,
            write: None,
            means: Vec::new(),
        };
        for entry in entries {
            parsed.take(&entry, errors);
        }
        Some(parsed)
    }

    fn take(&mut self, entry: &Entry, errors: &mut Errors) {
        let key = entry.key.clone();
        self.means.push(entry.name());
        match entry.name().as_str() {
            "name" => {
                let name = entry.text("name = \"by-team\"", errors);
                set(&mut self.name, key, name, errors);
            }
            "partition_key" => {
                let value = entry.key_value("partition_key = \"field\"", errors);
                set(&mut self.partition_key, key, value, errors);
            }
            "sort_key" => {
                let value = entry.key_value("sort_key = \"field\"", errors);
                set(&mut self.sort_key, key, value, errors);
            }
            "shard" => {
                let shards = entry.number(super::table::SHARD, errors);
                set(&mut self.shard, key, shards, errors);
            }
            "reads" => {
                let reads = entry.parsed("a type", "reads = TeamEntry", errors);
                set(&mut self.reads, key, reads, errors);
            }
            "sparse" => {
                entry.flag(errors);
                set(&mut self.sparse, key, Some(()), errors);
            }
            _ if self.word != IndexWord::OfTable => self.take_setting(entry, errors),
            name @ ("projection" | "read" | "write") => errors.at(
                &entry.key,
                format!(
                    "`{name}` belongs to the index itself: write it in the `gsi(…)` or `lsi(…)` above the table's enum"
                ),
            ),
            _ => {
                let known = ["name", "partition_key", "sort_key", "shard", "sparse", "reads"];
                self.unknown("the `index` of an entity", &known, entry, errors);
            }
        }
    }

    /// What the table says about its index, and an entity does not.
    fn take_setting(&mut self, entry: &Entry, errors: &mut Errors) {
        let key = entry.key.clone();
        let global = self.word == IndexWord::Global;
        match entry.name().as_str() {
            "projection" => {
                let projection = projection(entry, errors);
                set(&mut self.projection, key, projection, errors);
            }
            "read" if global => {
                let units = entry.number("read = 5", errors);
                set(&mut self.read, key, units, errors);
            }
            "write" if global => {
                let units = entry.number("write = 5", errors);
                set(&mut self.write, key, units, errors);
            }
            name @ ("read" | "write") => {
                errors.at(&entry.key, format!("a local secondary index uses the table's capacity; remove `{name}`"));
            }
            _ if global => {
                let known =
                    ["name", "partition_key", "sort_key", "shard", "sparse", "projection", "reads", "read", "write"];
                self.unknown("a global secondary index", &known, entry, errors);
            }
            _ => {
                let known = ["name", "sort_key", "sparse", "projection", "reads"];
                self.unknown("a local secondary index", &known, entry, errors);
            }
        }
    }

    fn unknown(&mut self, place: &str, known: &[&str], entry: &Entry, errors: &mut Errors) {
        let meant = entry.unknown(place, known, errors);
        self.means.extend(meant.map(str::to_owned));
    }

    /// True if that was to be written, with or without success.
    pub(crate) fn means(&self, name: &str) -> bool {
        self.means.iter().any(|meant| meant == name)
    }

    /// Where to point when the index as a whole is meant: its name, or the word `gsi` or `lsi`.
    pub(crate) fn span(&self) -> Span {
        match (&self.name, &self.key) {
            (Some(name), _) => name.value.span(),
            (None, Key::Word(word)) => word.span(),
            (None, Key::Text(text)) => text.span(),
        }
    }
}

fn projection(entry: &Entry, errors: &mut Errors) -> Option<ProjectionAttr> {
    let (word, projection, list) = entry.word(&PROJECTIONS, errors)?;
    match (projection, list) {
        (Projection::All, None) => Some(ProjectionAttr::All),
        (Projection::KeysOnly, None) => Some(ProjectionAttr::KeysOnly),
        (Projection::Include, Some(list)) => {
            let fields = Entry::list(list.stream(), errors).into_iter().filter_map(|entry| field(entry, errors));
            Some(ProjectionAttr::Include(word, fields.collect()))
        }
        (Projection::Include, None) => {
            errors.at(&word, "`include` needs the fields to carry: write `projection = include(\"field\")`");
            None
        }
        (Projection::All | Projection::KeysOnly, Some(list)) => {
            errors.at(&list, format!("`{word}` takes no list; to carry some fields write `projection = include(…)`"));
            None
        }
    }
}

/// A field's name in `include(…)`.
fn field(entry: Entry, errors: &mut Errors) -> Option<LitStr> {
    match (entry.key, entry.value) {
        (Key::Text(text), Value::Nothing) => Some(text),
        (Key::Word(word), Value::Nothing) => {
            errors.at(&word, format!("a field's name is text in quotes: write `\"{word}\"`"));
            Some(LitStr::new(&word.to_string(), word.span()))
        }
        (key, _) => {
            errors.at(key, "`include` is a list of fields: write `include(\"first\", \"second\")`");
            None
        }
    }
}
