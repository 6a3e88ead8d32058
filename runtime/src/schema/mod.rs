//! What the derive knows about a table, as constant data.
//!
//! Everything that is not a call comes from here: `CreateTable`, the check against a live table, the
//! Terraform module and the documents. The derive writes a [`TableSchema`] for each table; nothing else does.

mod index;
mod role;
mod settings;

pub use index::{IndexKind, IndexProjection, IndexSchema};
pub use role::{GrantSchema, RoleOperation, RoleSchema, StreamEvent, TenantSchema};
pub use settings::{Billing, Capacity, PointInTimeRecovery, StreamViewType, TableClass, TableSettings};

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

/// A Rust type stored as items of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct EntitySchema {
    /// The Rust type's name without its module.
    pub name: &'static str,
    /// The first paragraph of the type's documentation.
    pub doc: &'static str,
    /// The attributes, in the order of the fields.
    pub attributes: &'static [AttributeSchema],
}

/// One attribute of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct AttributeSchema {
    /// The attribute's name in DynamoDB.
    pub name: &'static str,
    /// The Rust field that holds it.
    pub field: &'static str,
    /// DynamoDB's name of its type (`"S"`, `"N"`, `"SS"` …), or `"*"` where the value decides.
    pub attribute_type: &'static str,
    /// True if an item may lack the attribute.
    pub optional: bool,
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

impl EntitySchema {
    /// An entity of that name, documentation and attributes.
    #[must_use]
    pub const fn new(name: &'static str, doc: &'static str, attributes: &'static [AttributeSchema]) -> Self {
        Self { name, doc, attributes }
    }
}

impl AttributeSchema {
    /// An attribute of that name, held by that field, of that type.
    #[must_use]
    pub const fn new(name: &'static str, field: &'static str, attribute_type: &'static str, optional: bool) -> Self {
        Self { name, field, attribute_type, optional }
    }
}
