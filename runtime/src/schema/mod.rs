//! What the derive knows about a table, as constant data.
//!
//! Everything that is not a call comes from here: `CreateTable`, the check against a live table, the
//! Terraform module and the documents. The derive writes a [`TableSchema`] for each table; nothing else does.

mod access;
mod behaviour;
mod carried;
mod entity;
mod index;
mod role;
mod settings;
mod template;
mod unique;

pub use access::{AccessPatternSchema, AccessRange};
pub use behaviour::{Guard, GuardSchema, VersionSchema};
pub use entity::{AttributeSchema, EntitySchema};
pub use index::{IndexKind, IndexProjection, IndexSchema};
pub use role::{GrantSchema, RoleOperation, RoleSchema, StreamEvent, TenantSchema};
pub use settings::{Billing, Capacity, PointInTimeRecovery, StreamViewType, TableClass, TableSettings};
pub use template::{
    EntityKey, KeyPlace, KeySource, KeyTemplate, RawFormat, Segment, SegmentClass, SegmentForm, SegmentSchema,
    TemplateMode,
};
pub use unique::UniqueSchema;

/// One DynamoDB table: its keys, indexes, settings and the entities stored in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct TableSchema {
    /// The table's name without a prefix, as written in `#[dynamo(table = "…")]`.
    pub name: &'static str,
    /// The attribute that decides where an item is stored.
    pub partition_key: KeySchema,
    /// The attribute that orders the items of one partition-key value, if the table has one.
    pub sort_key: Option<KeySchema>,
    /// The secondary indexes, in the order they were written.
    pub indexes: &'static [IndexSchema],
    /// The attribute that holds an item's expiry in epoch seconds.
    pub ttl: Option<&'static str>,
    /// The attribute that names the entity of an item, if the table has one.
    pub tag: Option<&'static str>,
    /// Billing, stream, recovery, protection, class and tags.
    pub settings: TableSettings,
    /// The Rust types stored as items of this table.
    pub entities: &'static [EntitySchema],
    /// Where the table is declared.
    pub source: Source,
}

/// A key attribute of a table or of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeySchema {
    /// The attribute's name.
    pub name: &'static str,
    /// The attribute's type.
    pub key_type: KeyType,
}

/// The three types that a key attribute can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyType {
    /// String.
    S,
    /// Number.
    N,
    /// Binary.
    B,
}

/// Where something is declared, for messages and generated comments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    /// The Cargo package.
    pub package: &'static str,
    /// The version of that package.
    pub version: &'static str,
    /// The module.
    pub module: &'static str,
    /// The file as the compiler saw it: relative to the workspace, or absolute.
    pub file: &'static str,
    /// The line, from 1.
    pub line: u32,
}

impl TableSchema {
    /// A table of its name and keys with no index, on-demand billing and every other setting at its default.
    ///
    /// The derive writes schemas; this is for tables that are described by hand, in tests for example.
    #[must_use]
    pub const fn new(name: &'static str, partition_key: KeySchema, sort_key: Option<KeySchema>) -> Self {
        Self {
            name,
            partition_key,
            sort_key,
            indexes: &[],
            ttl: None,
            tag: None,
            settings: TableSettings::new(),
            entities: &[],
            source: Source { package: "", version: "", module: "", file: "", line: 0 },
        }
    }

    /// The same table with these indexes.
    #[must_use]
    pub const fn with_indexes(mut self, indexes: &'static [IndexSchema]) -> Self {
        self.indexes = indexes;
        self
    }

    /// The same table with this time-to-live attribute.
    #[must_use]
    pub const fn with_ttl(mut self, attribute: &'static str) -> Self {
        self.ttl = Some(attribute);
        self
    }

    /// The same table with an attribute of this name that names the entity of an item.
    #[must_use]
    pub const fn with_tag(mut self, attribute: &'static str) -> Self {
        self.tag = Some(attribute);
        self
    }

    /// The same table with this time-to-live attribute, if there is one.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_expiry(mut self, attribute: Option<&'static str>) -> Self {
        self.ttl = attribute;
        self
    }

    /// The same table with these settings.
    #[must_use]
    pub const fn with_settings(mut self, settings: TableSettings) -> Self {
        self.settings = settings;
        self
    }

    /// The same table with these entities.
    #[must_use]
    pub const fn with_entities(mut self, entities: &'static [EntitySchema]) -> Self {
        self.entities = entities;
        self
    }

    /// The same table declared here.
    #[must_use]
    pub const fn with_source(mut self, source: Source) -> Self {
        self.source = source;
        self
    }

    /// The key attributes of the table and of all its indexes, each once, sorted by name.
    ///
    /// These are the attributes that `CreateTable` and Terraform declare; no other attribute may be.
    #[must_use]
    pub fn key_attributes(&self) -> Vec<KeySchema> {
        let mut keys: Vec<KeySchema> = core::iter::once(self.partition_key)
            .chain(self.sort_key)
            .chain(self.indexes.iter().flat_map(|index| index.partition_key.iter().chain(index.sort_key)).copied())
            .collect();
        keys.sort_by(|a, b| a.name.cmp(b.name).then(a.key_type.cmp(&b.key_type)));
        keys.dedup();
        keys
    }

    /// The table's name in AWS without a prefix: the one in the struct, or the one that it was renamed from.
    #[must_use]
    pub const fn stored_name(&self) -> &'static str {
        match self.settings.renamed_from {
            Some(former) => former,
            None => self.name,
        }
    }

    /// The entity of that name, or the older shape of one.
    #[must_use]
    pub fn entity(&self, name: &str) -> Option<&'static EntitySchema> {
        let older = || self.entities.iter().flat_map(|entity| entity.upgrades);
        self.entities.iter().chain(older()).find(|entity| entity.name == name)
    }

    /// The index of that name.
    #[must_use]
    pub fn index(&self, name: &str) -> Option<&'static IndexSchema> {
        self.indexes.iter().find(|index| index.name == name)
    }
}

impl KeySchema {
    /// A key attribute of that name and type.
    #[must_use]
    pub const fn new(name: &'static str, key_type: KeyType) -> Self {
        Self { name, key_type }
    }
}

impl KeyType {
    /// DynamoDB's name of the type.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::S => "S",
            Self::N => "N",
            Self::B => "B",
        }
    }
}
