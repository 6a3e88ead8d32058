//! What each role may do, as the statements of its IAM policy.

use std::collections::{BTreeMap, BTreeSet};

use tablewright::registry::Registry;
use tablewright::schema::{EntitySchema, GrantSchema, RoleOperation, RoleSchema, TableSchema};

use crate::keys::tenant_pattern;
use crate::plan::TablePlan;

/// The policy of a role.
#[derive(Debug)]
pub(crate) struct Policy<'a> {
    pub(crate) role: &'a RoleSchema,
    /// Sorted by table; of one table: the table itself, its indexes, its stream.
    pub(crate) statements: Vec<Statement<'a>>,
}

/// Some actions on one table, on some of its indexes, or on its stream.
#[derive(Debug)]
pub(crate) struct Statement<'a> {
    pub(crate) table: &'a TablePlan<'a>,
    pub(crate) on: Resource,
    /// The actions without `dynamodb:`, sorted.
    pub(crate) actions: BTreeSet<&'static str>,
    /// Which partition keys a call must name; any where there is none.
    pub(crate) leading_keys: BTreeSet<String>,
}

/// The part of a table that a statement is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Resource {
    Table,
    /// These indexes, sorted by name.
    Indexes(Vec<&'static str>),
    Stream,
}

/// The policies of the registry's roles, sorted by name. Lambda finds and reads the streams of the roles of these names.
pub(crate) fn policies<'a>(registry: &'a Registry, tables: &'a [TablePlan<'a>], lambda: &[String]) -> Vec<Policy<'a>> {
    let of = |role: &'a RoleSchema| {
        let looks = !lambda.iter().any(|name| name == role.name);
        Policy { role, statements: statements(role, tables, looks) }
    };
    registry.roles().iter().map(of).collect()
}

/// What one statement of a policy has in common: the index, if it is one, and the partition keys that it is kept to.
type Place = (Option<&'static str>, BTreeSet<String>);

/// `looks` says that the role finds the streams by itself: the description of a table names its stream.
fn statements<'a>(role: &RoleSchema, tables: &'a [TablePlan<'a>], looks: bool) -> Vec<Statement<'a>> {
    tables
        .iter()
        .flat_map(|table| {
            let grants: Vec<&GrantSchema> =
                role.grants.iter().filter(|grant| grant.table == table.schema.name).collect();
            let (streams, items): (Vec<_>, Vec<_>) = grants.into_iter().partition(|grant| is_stream(grant));
            let looks = looks && !streams.is_empty();
            let mut statements = of_items(role, table, &items, looks);
            if let Some(grant) = streams.first() {
                let actions = grant.operation.actions().iter().copied().collect();
                statements.push(Statement { table, on: Resource::Stream, actions, leading_keys: BTreeSet::new() });
            }
            statements
        })
        .collect()
}

fn is_stream(grant: &GrantSchema) -> bool {
    matches!(grant.operation, RoleOperation::Stream(_))
}

/// The statements about the items of a table and of its indexes.
fn of_items<'a>(
    role: &RoleSchema,
    table: &'a TablePlan<'a>,
    grants: &[&GrantSchema],
    looks: bool,
) -> Vec<Statement<'a>> {
    let mut actions: BTreeMap<Place, BTreeSet<&'static str>> = BTreeMap::new();
    if looks {
        actions.entry((None, BTreeSet::new())).or_default().insert("DescribeTable");
    }
    for grant in grants {
        let place = (grant.index, leading_keys(role, table, grant, grants));
        actions.entry(place).or_default().extend(self::actions(table.schema, grant));
    }
    // Indexes with the same actions and keys share a statement.
    let mut merged: BTreeMap<(bool, BTreeSet<String>, BTreeSet<&'static str>), Vec<&'static str>> = BTreeMap::new();
    for ((index, leading_keys), actions) in actions {
        merged.entry((index.is_some(), leading_keys, actions)).or_default().extend(index);
    }
    let statement = |((_, leading_keys, actions), indexes): ((bool, _, _), Vec<_>)| {
        let on = if indexes.is_empty() { Resource::Table } else { Resource::Indexes(indexes) };
        Statement { table, on, actions, leading_keys }
    };
    merged.into_iter().map(statement).collect()
}

/// The partition keys that a tenant's role is kept to, for all its entities in that table or index.
fn leading_keys(
    role: &RoleSchema,
    table: &TablePlan<'_>,
    grant: &GrantSchema,
    grants: &[&GrantSchema],
) -> BTreeSet<String> {
    // The description of a table has no partition key.
    let Some(tenant) = role.tenant.filter(|_| grant.operation != RoleOperation::Describe) else {
        return BTreeSet::new();
    };
    let same_place =
        grants.iter().filter(|other| other.index == grant.index && other.operation != RoleOperation::Describe);
    same_place
        .flat_map(|grant| entities(table.schema, grant.entity))
        .filter_map(|entity| tenant_pattern(table.schema, entity, grant.index, tenant.field, tenant.variable).ok())
        .collect()
}

/// What an operation on an entity calls, as the runtime does it.
fn actions(table: &TableSchema, grant: &GrantSchema) -> BTreeSet<&'static str> {
    use RoleOperation::{Create, Delete, Describe, Put, Update, Upsert};
    let mut actions: BTreeSet<_> = grant.operation.actions().iter().copied().collect();
    for entity in entities(table, grant.entity) {
        let (unique, version) = (!entity.unique.is_empty(), entity.version.is_some());
        actions.extend(match grant.operation {
            // What is stored is read, and of its values those are given up that are not taken again.
            Put | Update | Upsert if unique => &["DeleteItem", "GetItem", "PutItem"][..],
            Delete if unique => &["GetItem"],
            // The write of an item that was not there is looked for when its answer is lost.
            Create | Put if version && !unique => &["GetItem"],
            _ => &[],
        });
    }
    // Recovery is asked for only where the code decides it.
    if grant.operation == Describe && table.settings.point_in_time_recovery.is_none() {
        actions.remove("DescribeContinuousBackups");
    }
    actions
}

/// True for writes of an entity with unique attributes: they read what is stored, and put and delete the items of the same table
/// that reserve values.
pub(crate) fn reserves(table: &TableSchema, grant: &GrantSchema) -> bool {
    use RoleOperation::{Create, Delete, Put, Rekey, Update, Upsert};
    matches!(grant.operation, Create | Put | Update | Upsert | Rekey | Delete)
        && entities(table, grant.entity).iter().any(|entity| !entity.unique.is_empty())
}

/// The entities that a grant means: the one of its name, or all of the table.
pub(crate) fn entities(table: &TableSchema, name: &str) -> Vec<&'static EntitySchema> {
    match table.entities.iter().find(|entity| entity.name == name) {
        Some(entity) => vec![entity],
        None => table.entities.iter().collect(),
    }
}

impl Statement<'_> {
    /// True if the statement is about the table's description, and not about its items.
    pub(crate) fn is_description(&self) -> bool {
        self.actions.iter().all(|action| RoleOperation::Describe.actions().contains(action))
    }
}
