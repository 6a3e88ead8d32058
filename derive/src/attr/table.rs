//! `#[dynamo(…)]` on a struct or enum that derives `DynamoTable`, and on a struct that derives `DynamoEntity`.

use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::{Attribute, LitInt, LitStr, Token, Type};

use super::access::AccessAttrs;
use super::container::{CRATE, rename_all};
use super::entry::{Entry, Value, entries};
use super::index::IndexAttrs;
use super::index_key::KeyAttr;
use super::setting::{self, SettingAttrs};
use super::value::{Set, set};
use crate::errors::Errors;
use crate::model::naming::Case;

const TABLE: &str = "table = \"name\"";
pub(super) const SHARD: &str = "shard = 16";
const TAG: &str = "tag = \"type\"";

/// What the attributes stand on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A struct that is a table by itself.
    Table,
    /// An enum whose variants hold the entities of a table.
    Entities,
    /// A struct that is an entity of an enum's table.
    Entity,
}

/// What is written on the struct or enum.
pub(crate) struct TableAttrs {
    pub(crate) kind: Kind,
    /// The table's name.
    pub(crate) table: Option<Set<LitStr>>,
    /// The enum that an entity belongs to.
    pub(crate) table_type: Option<Set<Type>>,
    pub(crate) runtime: Option<Set<syn::Path>>,
    pub(crate) rename_all: Option<Set<Case>>,
    pub(crate) partition_key: Option<Set<KeyAttr>>,
    pub(crate) sort_key: Option<Set<KeyAttr>>,
    /// The number of shards of the partition key.
    pub(crate) shard: Option<Set<LitInt>>,
    pub(crate) indexes: Vec<IndexAttrs>,
    pub(crate) access: Vec<AccessAttrs>,
    pub(crate) settings: SettingAttrs,
    /// The tag attribute's name of a table, or the tag of an entity.
    pub(crate) tag: Option<Set<LitStr>>,
    /// The older shapes of an entity.
    pub(crate) upgrades: Vec<Type>,
    /// True if a table was to be named, with or without success.
    pub(crate) means_table: bool,
    /// True if a partition key was to be given here, without success.
    pub(crate) means_partition_key: bool,
}

impl TableAttrs {
    pub(crate) fn parse(kind: Kind, attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut parsed = Self {
            kind,
            table: None,
            table_type: None,
            runtime: None,
            rename_all: None,
            partition_key: None,
            sort_key: None,
            shard: None,
            indexes: Vec::new(),
            access: Vec::new(),
            settings: SettingAttrs::default(),
            tag: None,
            upgrades: Vec::new(),
            means_table: false,
            means_partition_key: false,
        };
        for entry in entries(attributes, errors) {
            parsed.take(&entry, errors);
        }
        parsed
    }

    fn take(&mut self, entry: &Entry, errors: &mut Errors) {
        let key = entry.key.clone();
        match (entry.name().as_str(), self.kind) {
            ("table", _) => self.take_table(entry, errors),
            ("crate", _) => {
                let path = entry.parsed("a path", CRATE, errors);
                set(&mut self.runtime, key, path, errors);
            }
            ("rename_all", Kind::Table | Kind::Entity) => {
                let case = rename_all(entry, errors);
                set(&mut self.rename_all, key, case, errors);
            }
            ("gsi" | "lsi", Kind::Table | Kind::Entities) | ("index", Kind::Entity) => {
                self.indexes.extend(IndexAttrs::parse(entry, errors));
            }
            ("partition_key" | "sort_key", _) if !matches!(entry.value, Value::Nothing) => self.take_key(entry, errors),
            ("shard", Kind::Table | Kind::Entity) => {
                let shards = entry.number(SHARD, errors);
                set(&mut self.shard, key, shards, errors);
            }
            ("access", Kind::Table | Kind::Entity) => self.access.extend(AccessAttrs::parse(entry, errors)),
            ("tag", Kind::Entities | Kind::Entity) => {
                let tag = entry.text(if self.kind == Kind::Entity { "tag = \"User\"" } else { TAG }, errors);
                set(&mut self.tag, key, tag, errors);
            }
            ("upgrades", Kind::Entity) => self.take_upgrades(entry, errors),
            (_, Kind::Table | Kind::Entities) if self.settings.take(entry, errors) => {}
            _ => self.refuse(entry, errors),
        }
    }

    /// A table has a name, and an entity has a table's type.
    fn take_table(&mut self, entry: &Entry, errors: &mut Errors) {
        self.means_table = true;
        let key = entry.key.clone();
        if self.kind == Kind::Entity {
            let text = match &entry.value {
                Value::Assigned(value) => syn::parse2::<LitStr>(value.clone()).ok(),
                _ => None,
            };
            if let Some(text) = text {
                let message = "an entity names its table's type: write `table = Messages` with the enum that derives \
                               `DynamoTable`; a struct that is a table by itself derives `DynamoTable`";
                errors.at(text, message);
                return;
            }
            let table = entry.parsed("the enum that derives `DynamoTable`", "table = Messages", errors);
            set(&mut self.table_type, key, table, errors);
        } else {
            let name = entry.text(TABLE, errors);
            set(&mut self.table, key, name, errors);
        }
    }

    fn take_key(&mut self, entry: &Entry, errors: &mut Errors) {
        let key = entry.key.clone();
        let partition = entry.name() == "partition_key";
        let form = match (self.kind, partition) {
            (Kind::Entities, true) => "partition_key = \"pk\"",
            (Kind::Entities, false) => "sort_key = \"sk\"",
            (_, true) => "partition_key = \"USER#{id}\"",
            (_, false) => "sort_key = \"ORDER#{number}\"",
        };
        let value = entry.key_value(form, errors);
        self.means_partition_key |= partition && value.is_none();
        set(if partition { &mut self.partition_key } else { &mut self.sort_key }, key, value, errors);
    }

    fn take_upgrades(&mut self, entry: &Entry, errors: &mut Errors) {
        let form = "upgrades(UserV1)";
        let Value::List(list) = &entry.value else {
            entry.entries(form, errors);
            return;
        };
        match Punctuated::<Type, Token![,]>::parse_terminated.parse2(list.stream()) {
            Ok(types) => self.upgrades.extend(types),
            Err(_) => errors.at(list, format!("`upgrades` is a list of entities: write `{form}`")),
        }
    }

    /// An entry that this kind does not have: perhaps another kind, or a field.
    fn refuse(&mut self, entry: &Entry, errors: &mut Errors) {
        let name = entry.name();
        if let Some(message) = self.elsewhere(&name) {
            errors.at(&entry.key, message);
            return;
        }
        if super::field::NAMES.contains(&name.as_str()) && self.kind != Kind::Entities {
            self.means_partition_key |= name == "partition_key";
            errors.at(&entry.key, format!("`{name}` belongs on a field: write `#[dynamo({name})]` above the field"));
            return;
        }
        let (place, known): (&str, &[&str]) = match self.kind {
            Kind::Table => (
                "a table",
                &["table", "gsi", "lsi", "access", "rename_all", "crate", "partition_key", "sort_key", "shard"],
            ),
            Kind::Entities => {
                ("a table of entities", &["table", "partition_key", "sort_key", "gsi", "lsi", "tag", "crate"])
            }
            Kind::Entity => (
                "an entity",
                &[
                    "table",
                    "partition_key",
                    "sort_key",
                    "shard",
                    "index",
                    "access",
                    "tag",
                    "upgrades",
                    "rename_all",
                    "crate",
                ],
            ),
        };
        let settings: &[&str] = if self.kind == Kind::Entity { &[] } else { &setting::NAMES };
        let known: Vec<&str> = known.iter().chain(settings).copied().collect();
        let meant = entry.unknown(place, &known, errors);
        self.means_table |= meant == Some("table");
        self.means_partition_key |= meant == Some("partition_key");
    }

    /// Where an entry belongs that another kind has.
    fn elsewhere(&self, name: &str) -> Option<String> {
        let message = match (self.kind, name) {
            (Kind::Table, "tag") => {
                "`tag` tells the entities of a table apart, and this table has one entity; remove `tag`, or make the table an \
                 enum of entities (labels for AWS's bill are `tags(…)`)"
            }
            (Kind::Table, "upgrades") => {
                "`upgrades` is for an entity of an enum's table: derive `DynamoEntity`, and `DynamoTable` on the enum"
            }
            (Kind::Table, "index") => {
                "`index` is for an entity of an enum's table; a table's own index is `gsi(…)` or `lsi(…)`"
            }
            (Kind::Entity, "gsi" | "lsi") => {
                return Some(format!(
                    "`{name}` belongs above the table's enum, which names the key attributes; here write \
                     `index(name = \"…\", partition_key = \"…\")` with this entity's keys in it"
                ));
            }
            (Kind::Entity, name) if setting::NAMES.contains(&name) => {
                return Some(format!("`{name}` is a setting of the whole table: write it above the table's enum"));
            }
            (Kind::Entities, "index") => {
                "`index` belongs above an entity; the table's own index is `gsi(…)` or `lsi(…)`, with the names of its key \
                 attributes"
            }
            (Kind::Entities, "access") => "`access` belongs above an entity, whose fields are the pattern's parameters",
            (Kind::Entities, "shard") => {
                "`shard` belongs above an entity, beside the `partition_key` that is made of its fields"
            }
            (Kind::Entities, "upgrades") => "`upgrades` belongs above the entity that older items are read as",
            (Kind::Entities, "rename_all") => {
                "`rename_all` belongs above an entity, because the enum has no attributes of its own"
            }
            (Kind::Entities, "partition_key" | "sort_key") => {
                return Some(format!(
                    "`{name}` needs the name of the attribute: write `{name} = \"{}\"`",
                    match name {
                        "partition_key" => "pk",
                        _ => "sk",
                    }
                ));
            }
            _ => return None,
        };
        Some(message.to_owned())
    }
}
