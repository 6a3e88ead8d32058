//! What the derive knows about a table, as constant data.
//!
//! Everything that is not a call comes from here: `CreateTable`, the check against a live table, the
//! Terraform module and the documents. The derive writes a [`TableSchema`] for each table; nothing else does.

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

/// A secondary index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct IndexSchema {
    /// The index's name, unique among all indexes of the table.
    pub name: &'static str,
    /// Global or local.
    pub kind: IndexKind,
    /// The partition-key attributes: one, or up to four for a global index with a multi-attribute key.
    pub partition_key: &'static [KeySchema],
    /// The sort-key attributes: none, one, or up to four for a global index with a multi-attribute key.
    pub sort_key: &'static [KeySchema],
    /// What each item of the index carries besides the keys.
    pub projection: IndexProjection,
    /// True if a key attribute of the index is optional, so that items without it are not in the index.
    pub sparse: bool,
    /// Provisioned capacity of a global index; `None` where the table's billing decides.
    pub capacity: Option<Capacity>,
}

/// Which of the two kinds of secondary index it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum IndexKind {
    /// A global secondary index: keys of its own, eventually consistent reads.
    Global,
    /// A local secondary index: the table's partition key and a sort key of its own, fixed when the table is made.
    Local,
}

/// The attributes that an index carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IndexProjection {
    /// Every attribute of the item.
    All,
    /// The keys of the table and of the index.
    KeysOnly,
    /// The keys and these attributes.
    Include(&'static [&'static str]),
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

/// How a table is billed, streamed, protected and labelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct TableSettings {
    /// How reads and writes are paid for.
    pub billing: Billing,
    /// What the table's stream carries; `None` means no stream.
    pub stream: Option<StreamViewType>,
    /// Point-in-time recovery: `None` leaves the choice to the environment.
    pub point_in_time_recovery: Option<PointInTimeRecovery>,
    /// Protection against deletion: `None` leaves the choice to the environment.
    pub deletion_protection: Option<bool>,
    /// The storage class.
    pub table_class: TableClass,
    /// Throughput that the table is ready for at once.
    pub warm_throughput: Option<Capacity>,
    /// Tags of the table, sorted by key.
    pub tags: &'static [(&'static str, &'static str)],
}

/// How reads and writes of a table are paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Billing {
    /// Per request; `max` bounds the units that a second may use.
    OnDemand {
        /// The most read and write request units a second, if bounded.
        max: Option<Capacity>,
    },
    /// For capacity units provisioned in advance.
    Provisioned(Capacity),
}

/// Read and write units a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capacity {
    /// Read units a second.
    pub read: u64,
    /// Write units a second.
    pub write: u64,
}

/// What a record of a table's stream carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StreamViewType {
    /// The key of the changed item.
    KeysOnly,
    /// The item after the change.
    NewImage,
    /// The item before the change.
    OldImage,
    /// Both.
    NewAndOldImages,
}

/// Whether every second of the last days can be restored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointInTimeRecovery {
    /// Switched off.
    Disabled,
    /// Switched on, for 1 to 35 days.
    Enabled {
        /// How many days back.
        days: u8,
    },
}

/// The storage class of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TableClass {
    /// For tables that are read and written often.
    Standard,
    /// For tables whose storage costs more than their calls.
    StandardInfrequentAccess,
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

impl IndexSchema {
    /// An index of that name, kind, keys and projection.
    #[must_use]
    pub const fn new(
        name: &'static str,
        kind: IndexKind,
        partition_key: &'static [KeySchema],
        sort_key: &'static [KeySchema],
        projection: IndexProjection,
    ) -> Self {
        Self { name, kind, partition_key, sort_key, projection, sparse: false, capacity: None }
    }

    /// The same index, in which items without its key attributes do not appear.
    #[must_use]
    pub const fn with_sparse(mut self, sparse: bool) -> Self {
        self.sparse = sparse;
        self
    }

    /// The same index with provisioned capacity of its own.
    #[must_use]
    pub const fn with_capacity(mut self, capacity: Capacity) -> Self {
        self.capacity = Some(capacity);
        self
    }
}

impl IndexProjection {
    /// DynamoDB's name of the projection type.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "ALL",
            Self::KeysOnly => "KEYS_ONLY",
            Self::Include(_) => "INCLUDE",
        }
    }

    /// The attributes of an `INCLUDE` projection.
    #[must_use]
    pub const fn non_key_attributes(self) -> &'static [&'static str] {
        match self {
            Self::Include(attributes) => attributes,
            Self::All | Self::KeysOnly => &[],
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

impl TableSettings {
    /// On-demand billing, no stream, the standard class, and the rest left to the environment.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            billing: Billing::OnDemand { max: None },
            stream: None,
            point_in_time_recovery: None,
            deletion_protection: None,
            table_class: TableClass::Standard,
            warm_throughput: None,
            tags: &[],
        }
    }

    /// The same settings with this billing.
    #[must_use]
    pub const fn with_billing(mut self, billing: Billing) -> Self {
        self.billing = billing;
        self
    }

    /// The same settings with a stream.
    #[must_use]
    pub const fn with_stream(mut self, view: StreamViewType) -> Self {
        self.stream = Some(view);
        self
    }

    /// The same settings with point-in-time recovery decided.
    #[must_use]
    pub const fn with_point_in_time_recovery(mut self, recovery: PointInTimeRecovery) -> Self {
        self.point_in_time_recovery = Some(recovery);
        self
    }

    /// The same settings with deletion protection decided.
    #[must_use]
    pub const fn with_deletion_protection(mut self, enabled: bool) -> Self {
        self.deletion_protection = Some(enabled);
        self
    }

    /// The same settings with this storage class.
    #[must_use]
    pub const fn with_table_class(mut self, class: TableClass) -> Self {
        self.table_class = class;
        self
    }

    /// The same settings with warm throughput.
    #[must_use]
    pub const fn with_warm_throughput(mut self, capacity: Capacity) -> Self {
        self.warm_throughput = Some(capacity);
        self
    }

    /// The same settings with these tags, sorted by key.
    #[must_use]
    pub const fn with_tags(mut self, tags: &'static [(&'static str, &'static str)]) -> Self {
        self.tags = tags;
        self
    }
}

impl Default for TableSettings {
    fn default() -> Self {
        Self::new()
    }
}

impl StreamViewType {
    /// DynamoDB's name of the view type.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::KeysOnly => "KEYS_ONLY",
            Self::NewImage => "NEW_IMAGE",
            Self::OldImage => "OLD_IMAGE",
            Self::NewAndOldImages => "NEW_AND_OLD_IMAGES",
        }
    }
}

impl TableClass {
    /// DynamoDB's name of the class.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "STANDARD",
            Self::StandardInfrequentAccess => "STANDARD_INFREQUENT_ACCESS",
        }
    }
}
