//! Roles: who may do what with which tables.

use super::Source;

/// A part of a program, and the operations that it uses.
///
/// [`access!`](crate::access) writes it; the policy of the generated Terraform is made from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RoleSchema {
    /// The Rust type's name without its module.
    pub name: &'static str,
    /// The first paragraph of the role's documentation.
    pub doc: &'static str,
    /// What every call must name, where the role is one tenant's.
    pub tenant: Option<TenantSchema>,
    /// What the role may do, in the order of its declaration.
    pub grants: &'static [GrantSchema],
    /// Where the role is declared.
    pub source: Source,
}

/// Whose items a role may touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TenantSchema {
    /// The field with which every partition key begins.
    pub field: &'static str,
    /// The IAM policy variable that holds the caller's value of it: `"aws:PrincipalTag/tenant_id"`.
    pub variable: &'static str,
}

/// One operation on the items of one entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GrantSchema {
    /// The table's name.
    pub table: &'static str,
    /// The Rust type's name: an entity, or the table's own type where every entity is meant.
    pub entity: &'static str,
    /// The index that is read, or `None` for the table itself.
    pub index: Option<&'static str>,
    /// The operation.
    pub operation: RoleOperation,
}

/// What a role can be allowed to do with an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RoleOperation {
    /// Reading one item, alone or in a transaction.
    Get,
    /// Reading items by their keys in batches.
    BatchGet,
    /// Reading the items of a partition key.
    Query,
    /// Reading every item.
    Scan,
    /// Writing items that are not there yet, alone or in a transaction.
    Create,
    /// Writing items whole, alone or in a transaction.
    Put,
    /// Changing items, alone or in a transaction.
    Update,
    /// Changing items or making them, alone or in a transaction.
    Upsert,
    /// Moving items to other primary keys, alone or in a transaction.
    Rekey,
    /// Deleting items, alone or in a transaction.
    Delete,
    /// Writing and deleting items in batches.
    BatchWrite,
    /// Checking a condition on an item in a transaction that does not write it.
    Check,
    /// Reading the table's stream for records of these events, or of every event where there is none.
    Stream(&'static [StreamEvent]),
    /// Comparing the live table with the code.
    Describe,
}

/// What happened to an item, in a record of its table's stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StreamEvent {
    /// It was created.
    Insert,
    /// It was changed.
    Modify,
    /// It was deleted, by a call or because it expired.
    Remove,
    /// It was deleted because it expired.
    Expire,
}

impl RoleSchema {
    /// A role of that name, documentation and grants.
    #[must_use]
    pub const fn new(name: &'static str, doc: &'static str, grants: &'static [GrantSchema]) -> Self {
        let source = Source { package: "", version: "", module: "", file: "", line: 0 };
        Self { name, doc, tenant: None, grants, source }
    }

    /// True if the role has that operation on the items of that entity, in the table itself. The verb is the method's.
    pub(crate) fn allows(&self, table: &str, entity: &str, verb: &str) -> bool {
        let is = |grant: &&GrantSchema| grant.table == table && grant.entity == entity && grant.index.is_none();
        self.grants.iter().filter(is).any(|grant| grant.operation.verb() == verb)
    }

    /// True if the role reads the stream of that table.
    #[must_use]
    pub fn reads_stream_of(&self, table: &str) -> bool {
        self.grants.iter().any(|grant| grant.table == table && matches!(grant.operation, RoleOperation::Stream(_)))
    }

    /// The same role for one tenant's items.
    #[must_use]
    pub const fn with_tenant(mut self, field: &'static str, variable: &'static str) -> Self {
        self.tenant = Some(TenantSchema { field, variable });
        self
    }

    /// The same role declared here.
    #[must_use]
    pub const fn with_source(mut self, source: Source) -> Self {
        self.source = source;
        self
    }
}

impl GrantSchema {
    /// That operation on an entity of a table.
    #[must_use]
    pub const fn new(table: &'static str, entity: &'static str, operation: RoleOperation) -> Self {
        Self { table, entity, index: None, operation }
    }

    /// The same operation on an index.
    #[must_use]
    pub const fn with_index(mut self, index: Option<&'static str>) -> Self {
        self.index = index;
        self
    }
}

impl RoleOperation {
    /// The operation's name in `access!`, which is the method's.
    ///
    /// # Examples
    /// ```
    /// use tablewright::schema::RoleOperation;
    ///
    /// assert_eq!(RoleOperation::BatchGet.verb(), "batch_get");
    /// ```
    #[must_use]
    pub const fn verb(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::BatchGet => "batch_get",
            Self::Query => "query",
            Self::Scan => "scan",
            Self::Create => "create",
            Self::Put => "put",
            Self::Update => "update",
            Self::Upsert => "upsert",
            Self::Rekey => "rekey",
            Self::Delete => "delete",
            Self::BatchWrite => "batch_write",
            Self::Check => "check",
            Self::Stream(_) => "stream",
            Self::Describe => "describe",
        }
    }

    /// The IAM actions without `dynamodb:`, sorted. Those of a stream are on the stream, all others on the table.
    ///
    /// They are those of every entity. A role's policy has more where the operation does more: where it reads an item to find
    /// out about a write of unknown outcome, or keeps values unique.
    ///
    /// # Examples
    /// ```
    /// use tablewright::schema::RoleOperation;
    ///
    /// assert_eq!(RoleOperation::Check.actions(), ["ConditionCheckItem"]);
    /// ```
    #[must_use]
    pub const fn actions(self) -> &'static [&'static str] {
        match self {
            Self::Get => &["GetItem"],
            Self::BatchGet => &["BatchGetItem"],
            Self::Query => &["Query"],
            Self::Scan => &["Scan"],
            Self::Create | Self::Put => &["PutItem"],
            Self::Update | Self::Upsert => &["UpdateItem"],
            Self::Rekey => &["DeleteItem", "PutItem"],
            Self::Delete => &["DeleteItem"],
            Self::BatchWrite => &["BatchWriteItem"],
            Self::Check => &["ConditionCheckItem"],
            Self::Stream(_) => &["DescribeStream", "GetRecords", "GetShardIterator"],
            Self::Describe => &["DescribeContinuousBackups", "DescribeTable", "DescribeTimeToLive"],
        }
    }
}

impl StreamEvent {
    /// DynamoDB's name of the event: an item that expired is removed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Insert => "INSERT",
            Self::Modify => "MODIFY",
            Self::Remove | Self::Expire => "REMOVE",
        }
    }
}
