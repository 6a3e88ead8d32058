//! The code beside tables that exist, and what Terraform plans to do with them.

use serde_json::{Map, Value, json};
use tablewright::registry::Registry;
use tablewright::schema::TableSchema;

use super::{Change, Class, differences, sort, verdict};
use crate::observed::{self, Action, Intent, Observed, ObservedTable};
use crate::plan::label;
use crate::snapshot::{Snapshot, keep_time_to_live};

/// What applying the code would change in tables that exist, or what a Terraform plan changes in them, the worst first.
///
/// `text` is what `terraform show -json` printed of a plan or of a state, or what `aws dynamodb describe-table` printed,
/// with the answers of `describe-time-to-live` and `describe-continuous-backups` after it if they are known. The full names
/// of the tables begin with `prefix`.
///
/// # Errors
/// Why the text is none of these.
pub fn diff_with(text: &str, registry: &Registry, prefix: &str) -> Result<Vec<Change>, String> {
    observed::read(text).map(|observed| against(&observed, registry, prefix))
}

/// What applying the code would change in tables that exist, and what a plan changes, the worst first.
///
/// The tables' names begin with `prefix`.
pub(crate) fn against(observed: &Observed, registry: &Registry, prefix: &str) -> Vec<Change> {
    let declared = Snapshot::of(registry).tables;
    let mut changes = Vec::new();
    for table in registry.tables() {
        let Some(declared) = declared.get(table.name) else { continue };
        let found = observed.tables.iter().find(|found| is(found, table, prefix));
        let intent = observed.intents.iter().find(|intent| intent.resource == label(table.name));
        let of_code = match found {
            Some(found) => {
                let (before, after) = comparable(&found.schema, declared);
                differences(table.name, Some(table), Some(&before), Some(&after))
            }
            None if observed.is_complete && intent.is_none() => {
                differences(table.name, Some(table), None, Some(declared))
            }
            None => Vec::new(),
        };
        match intent {
            // Terraform says what it does. What it would not notice, it does not say.
            Some(intent) => {
                changes.extend(planned(intent, table.name, Some(table)));
                changes.extend(of_code.into_iter().filter(|change| change.class == Class::Impossible));
            }
            None => changes.extend(of_code),
        }
    }
    let known = |resource: &str| registry.tables().iter().any(|table| label(table.name) == resource);
    for intent in observed.intents.iter().filter(|intent| !known(&intent.resource)) {
        changes.extend(planned(intent, &intent.name, None));
    }
    sort(&mut changes);
    changes.dedup();
    changes
}

/// True if the table is the declared one, by its resource or by its full name.
fn is(found: &ObservedTable, table: &TableSchema, prefix: &str) -> bool {
    match &found.resource {
        Some(resource) => *resource == label(table.name),
        None => found.name.strip_prefix(prefix) == Some(table.stored_name()),
    }
}

/// What both the table and the code decide. What the code leaves to the environment is no difference.
fn comparable(found: &Value, declared: &Value) -> (Value, Value) {
    const OF_THE_CODE: [&str; 6] =
        ["partition_key", "sort_key", "global_indexes", "local_indexes", "time_to_live", "stream"];
    const IF_DECLARED: [&str; 2] = ["deletion_protection", "recovery_days"];
    let (mut before, mut after) = (Map::new(), Map::new());
    let mut take = |name: &str| {
        for (from, to) in [(found, &mut before), (declared, &mut after)] {
            to.extend(from.get(name).map(|value| (name.to_owned(), without_capacity(value.clone()))));
        }
    };
    OF_THE_CODE.into_iter().for_each(&mut take);
    take("class");
    IF_DECLARED.into_iter().filter(|name| declared.get(name).is_some() && found.get(name).is_some()).for_each(take);
    if before.get("time_to_live") == Some(&Value::Null) {
        before.remove("time_to_live");
        after.remove("time_to_live");
    }
    if before.get("time_to_live").and_then(|ttl| ttl.get("enabled")) == Some(&Value::Bool(false))
        && after.get("time_to_live").is_none()
    {
        before.remove("time_to_live");
    }
    // Replicas need a stream, whether the code reads it or not.
    if found.get("replicas").is_some() && declared.get("stream") != found.get("stream") {
        before.remove("stream");
        after.remove("stream");
    }
    let (before, mut after) = (Value::Object(before), Value::Object(after));
    keep_time_to_live(&before, &mut after);
    (before, after)
}

/// Indexes without their capacity, which may be the environment's.
fn without_capacity(mut value: Value) -> Value {
    for index in value.as_object_mut().into_iter().flatten().filter_map(|(_, index)| index.as_object_mut()) {
        index.remove("capacity");
    }
    value
}

/// What Terraform plans to do with a table.
fn planned(intent: &Intent, name: &str, table: Option<&TableSchema>) -> Vec<Change> {
    let one = |(class, advice): verdict::Verdict, what: String| {
        let source = table.map(|table| table.source);
        vec![Change { class, table: name.into(), source, what: what.into(), before: None, after: None, advice }]
    };
    match &intent.action {
        Action::Create => one(verdict::CREATED, "Terraform makes it".to_owned()),
        Action::Delete => one(verdict::DELETED, "Terraform deletes it".to_owned()),
        Action::Forget => one(verdict::FORGOTTEN, "Terraform forgets it".to_owned()),
        Action::Replace(arguments) => one(
            verdict::REPLACED,
            format!("Terraform deletes it and makes it again, because of {}", arguments.join(", ")),
        ),
        Action::Update => {
            let found = differences(name, table, Some(&whole(&intent.before)), Some(&whole(&intent.after)));
            if found.is_empty() { one(verdict::UPDATED, "Terraform changes it in place".to_owned()) } else { found }
        }
        Action::Nothing => Vec::new(),
    }
}

/// A side of a plan, in which members that may be missing are there.
fn whole(side: &Value) -> Value {
    let mut side = side.clone();
    if let Some(members) = side.as_object_mut() {
        members.entry("tags").or_insert_with(|| json!({}));
    }
    side
}
