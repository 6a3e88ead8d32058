//! `#[dynamo(…)]` on a field.

use syn::{Attribute, LitStr, Type};

use super::behaviour::{IdFormat, VersionAttr};
use super::entry::{Entry, Key, Value, entries};
use super::unique::UniqueAttr;
use super::value::{Set, set};
use crate::errors::Errors;

pub(super) const NAMES: [&str; 19] = [
    "partition_key",
    "sort_key",
    "key_only",
    "rename",
    "alias",
    "default",
    "skip",
    "with",
    "serde",
    "rest",
    "ttl",
    "created_at",
    "updated_at",
    "version",
    "write_once",
    "counter",
    "id",
    "unique",
    "sensitive",
];

/// The field attributes that a document's field can have.
const DOCUMENT_NAMES: [&str; 8] = ["rename", "alias", "default", "skip", "with", "serde", "rest", "sensitive"];

/// What the field belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    Table,
    Document,
}

/// What is written on a field.
#[derive(Default)]
pub(crate) struct FieldAttrs {
    pub(crate) partition_key: Option<Set<()>>,
    pub(crate) sort_key: Option<Set<()>>,
    pub(crate) key_only: Option<Set<()>>,
    pub(crate) rename: Option<Set<LitStr>>,
    /// Older names of the attribute, which are read as well.
    pub(crate) aliases: Vec<Set<LitStr>>,
    pub(crate) default: Option<Set<DefaultAttr>>,
    pub(crate) skip: Option<Set<()>>,
    pub(crate) with: Option<Set<Type>>,
    pub(crate) serde: Option<Set<()>>,
    pub(crate) rest: Option<Set<()>>,
    pub(crate) ttl: Option<Set<()>>,
    pub(crate) created_at: Option<Set<()>>,
    pub(crate) updated_at: Option<Set<()>>,
    pub(crate) version: Option<Set<VersionAttr>>,
    pub(crate) write_once: Option<Set<()>>,
    pub(crate) counter: Option<Set<()>>,
    pub(crate) id: Option<Set<IdFormat>>,
    pub(crate) unique: Option<Set<UniqueAttr>>,
    pub(crate) sensitive: Option<Set<()>>,
    /// True if a word that is no attribute is near `partition_key`.
    pub(crate) means_partition_key: bool,
}

/// Where the value of a field comes from when the item lacks its attribute.
#[derive(Clone)]
pub(crate) enum DefaultAttr {
    /// `default`: the type's `Default`.
    Type,
    /// `default = path`: a function.
    Function(syn::Path),
}

impl FieldAttrs {
    pub(crate) fn parse(attributes: &[Attribute], owner: Owner, errors: &mut Errors) -> Self {
        let mut parsed = Self::default();
        for entry in entries(attributes, errors) {
            let name = entry.name();
            if owner == Owner::Document && NAMES.contains(&name.as_str()) && !DOCUMENT_NAMES.contains(&name.as_str()) {
                let message = format!("`{name}` is for a field of a table, and this derives `DynamoAttribute`");
                errors.at(&entry.key, message);
                continue;
            }
            parsed.take(&entry, owner, errors);
        }
        parsed
    }

    fn take(&mut self, entry: &Entry, owner: Owner, errors: &mut Errors) {
        let key = entry.key.clone();
        let flag = match entry.name().as_str() {
            "partition_key" => &mut self.partition_key,
            "sort_key" => &mut self.sort_key,
            "key_only" => &mut self.key_only,
            "skip" => &mut self.skip,
            "serde" => &mut self.serde,
            "rest" => &mut self.rest,
            "ttl" => &mut self.ttl,
            "created_at" => &mut self.created_at,
            "updated_at" => &mut self.updated_at,
            "sensitive" => &mut self.sensitive,
            "write_once" => &mut self.write_once,
            "counter" => &mut self.counter,
            _ => return self.take_value(entry, owner, errors),
        };
        entry.flag(errors);
        set(flag, key, Some(()), errors);
    }

    fn take_value(&mut self, entry: &Entry, owner: Owner, errors: &mut Errors) {
        let key = entry.key.clone();
        match entry.name().as_str() {
            "rename" => {
                let name = entry.text("rename = \"name\"", errors);
                set(&mut self.rename, key, name, errors);
            }
            "alias" => {
                let name = entry.text("alias = \"older_name\"", errors);
                self.aliases.extend(name.map(|value| Set { key, value }));
            }
            "with" => {
                let adapter = entry.parsed("a type that implements `Adapter`", "with = Adapter", errors);
                set(&mut self.with, key, adapter, errors);
            }
            "unique" if owner == Owner::Table => {
                let unique = UniqueAttr::parse(entry, errors);
                set(&mut self.unique, key, Some(unique), errors);
            }
            "default" => {
                let default = match &entry.value {
                    Value::Nothing => Some(DefaultAttr::Type),
                    _ => entry.parsed("a function", "default = path::to::function", errors).map(DefaultAttr::Function),
                };
                set(&mut self.default, key, default, errors);
            }
            "version" => {
                let version = VersionAttr::parse(entry, errors);
                set(&mut self.version, key, Some(version), errors);
            }
            "id" => {
                let format = IdFormat::parse(entry, errors);
                set(&mut self.id, key, format, errors);
            }
            "shard" if owner == Owner::Table => errors.at(
                &entry.key,
                "`shard` belongs on the struct, beside a partition key that is made of fields: write `partition_key = \
                 \"DAY#{day}\", shard = 16` in `#[dynamo(…)]` above `struct`",
            ),
            name @ ("gsi" | "lsi" | "index" | "table" | "rename_all" | "crate") => errors
                .at(&entry.key, format!("`{name}` belongs on the struct: write `#[dynamo({name} …)]` above `struct`")),
            _ if owner == Owner::Document => {
                entry.unknown("a field of a document", &DOCUMENT_NAMES, errors);
            }
            _ => self.means_partition_key |= entry.unknown("a field", &NAMES, errors) == Some("partition_key"),
        }
    }

    /// Everything that is written, in the order of the reference.
    pub(crate) fn written(&self) -> Vec<(&'static str, &Key)> {
        fn of<'s, T>(name: &'static str, slot: &'s Option<Set<T>>) -> Option<(&'static str, &'s Key)> {
            slot.as_ref().map(|set| (name, &set.key))
        }
        [
            of("partition_key", &self.partition_key),
            of("sort_key", &self.sort_key),
            of("key_only", &self.key_only),
            of("rename", &self.rename),
            self.aliases.first().map(|alias| ("alias", &alias.key)),
            of("default", &self.default),
            of("skip", &self.skip),
            of("with", &self.with),
            of("serde", &self.serde),
            of("rest", &self.rest),
            of("ttl", &self.ttl),
            of("created_at", &self.created_at),
            of("updated_at", &self.updated_at),
            of("version", &self.version),
            of("write_once", &self.write_once),
            of("counter", &self.counter),
            of("id", &self.id),
            of("unique", &self.unique),
            of("sensitive", &self.sensitive),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
