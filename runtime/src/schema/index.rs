//! Secondary indexes.

use super::{Capacity, KeySchema};

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
