//! What changed since the snapshot, or differs from tables that exist, and what each change does.

mod class;
mod entity;
mod live;
mod place;
mod rules;
mod steps;
#[cfg(test)]
mod tests;
mod verdict;

use core::fmt;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::Value;
use tablewright::registry::Registry;
use tablewright::schema::{Source, TableSchema};

pub use class::Class;
pub(crate) use live::against;
pub use live::diff_with;
pub(crate) use steps::steps;

use crate::snapshot::{Snapshot, stored_name};

/// One change since the snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// What it does.
    pub class: Class,
    /// The table's name.
    pub table: Box<str>,
    /// Where the table is declared; nothing for one that left the code.
    pub source: Option<Source>,
    /// What changed, in words: global index `by-status`, projection.
    pub what: Box<str>,
    /// What was agreed on, as JSON.
    pub before: Option<Box<str>>,
    /// What the code declares now, as JSON.
    pub after: Option<Box<str>>,
    /// What it does to the data, and what to do.
    pub advice: &'static str,
}

/// The changes from the snapshot to what the code declares now, the worst first.
///
/// # Examples
/// ```
/// use tablewright::registry::Registry;
/// use tablewright::schema::{KeySchema, KeyType, TableSchema};
/// use tablewright_terraform::{Class, Snapshot, diff};
///
/// const ORDERS: TableSchema = TableSchema::new("orders", KeySchema::new("id", KeyType::S), None);
/// const NUMBERED: TableSchema = TableSchema::new("orders", KeySchema::new("id", KeyType::N), None);
///
/// let agreed = Snapshot::of(&Registry::new([ORDERS])?);
/// let changes = diff(&agreed, &Registry::new([NUMBERED])?);
/// assert_eq!(changes[0].class, Class::Impossible);
/// # Ok::<(), tablewright::registry::RegistryError>(())
/// ```
#[must_use]
pub fn diff(snapshot: &Snapshot, registry: &Registry) -> Vec<Change> {
    let now = snapshot.after(registry);
    let mut changes = Vec::new();
    let mut known = BTreeSet::new();
    for table in registry.tables() {
        let before = snapshot.before(table.name, table.stored_name());
        known.extend(before.map(|(name, _)| name));
        let now = now.tables.get(table.name);
        if let (Some((name, before)), Some(now)) = (before, now) {
            changes.extend(renamed(table, (name, before), now));
        }
        changes.extend(differences(table.name, Some(table), before.map(|(_, before)| before), now));
    }
    let gone = snapshot.tables.iter().filter(|(name, _)| !known.contains(name.as_str()));
    changes.extend(gone.flat_map(|(name, before)| differences(name, None, Some(before), None)));
    sort(&mut changes);
    changes
}

fn sort(changes: &mut [Change]) {
    changes.sort_by(|a, b| b.class.cmp(&a.class).then_with(|| (&a.table, &a.what).cmp(&(&b.table, &b.what))));
}

/// The changes of one table, which is declared there if it is.
fn differences(name: &str, table: Option<&TableSchema>, before: Option<&Value>, after: Option<&Value>) -> Vec<Change> {
    let mut found = Vec::new();
    compare(&mut vec![], before, after, &mut found);
    let renamed = |difference: &Difference<'_>| found.iter().any(|other| rules::is_index_renamed(difference, other));
    let mut changes: Vec<Change> = found.iter().map(|difference| change(name, table, difference)).collect();
    for (change, _) in changes.iter_mut().zip(&found).filter(|(_, difference)| renamed(difference)) {
        (change.class, change.advice) = verdict::INDEX_RENAMED;
    }
    changes
}

/// Another name of the table, in the code or in AWS.
fn renamed(table: &TableSchema, (name, before): (&str, &Value), now: &Value) -> Option<Change> {
    let text = |name: &str| Some(Value::from(name).to_string().into_boxed_str());
    let (class, advice, before, after) = if stored_name(name, before) != stored_name(table.name, now) {
        let (class, advice) = verdict::OTHER_TABLE;
        (class, advice, text(stored_name(name, before)), text(stored_name(table.name, now)))
    } else if name != table.name {
        let (class, advice) = verdict::RENAMED;
        (class, advice, text(name), text(table.name))
    } else {
        return None;
    };
    let source = Some(place::of(table, &["renamed_from"]));
    Some(Change { class, table: table.name.into(), source, what: "name".into(), before, after, advice })
}

/// A place in the schema of a table where something differs.
struct Difference<'v> {
    path: Vec<String>,
    before: Option<&'v Value>,
    after: Option<&'v Value>,
}

/// A map that is not there is one without members.
static NO_MEMBERS: LazyLock<Value> = LazyLock::new(|| Value::Object(serde_json::Map::new()));

/// Collects the differences at the deepest place that both sides have.
fn compare<'v>(
    path: &mut Vec<String>,
    before: Option<&'v Value>,
    after: Option<&'v Value>,
    found: &mut Vec<Difference<'v>>,
) {
    let side = |value: Option<&'v Value>| if rules::is_map(path) { Some(value.unwrap_or(&NO_MEMBERS)) } else { value };
    let (before, after) = (side(before), side(after));
    if before == after || rules::is_said_elsewhere(path) {
        return;
    }
    let (Some(Value::Object(old)), Some(Value::Object(new)), false) = (before, after, rules::is_whole(path)) else {
        found.push(Difference { path: path.clone(), before, after });
        return;
    };
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for name in names {
        path.push(name.clone());
        compare(path, old.get(name), new.get(name), found);
        path.pop();
    }
}

fn change(name: &str, table: Option<&TableSchema>, difference: &Difference<'_>) -> Change {
    let path: Vec<&str> = difference.path.iter().map(String::as_str).collect();
    let source = table.map(|table| place::of(table, &path));
    let (class, advice) = rules::classify(&path, difference.before, difference.after);
    let text = |value: Option<&Value>| value.map(|value| rules::shown(&path, value).into_boxed_str());
    Change {
        class,
        table: name.into(),
        source,
        what: rules::describe(&path).into(),
        before: text(difference.before),
        after: text(difference.after),
        advice,
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<13} table `{}`", self.class, self.table)?;
        if let Some(source) = self.source.filter(|source| !source.file.is_empty()) {
            write!(f, " ({}:{})", source.file, source.line)?;
        }
        if !self.what.is_empty() {
            write!(f, ": {}", self.what)?;
        }
        match (&self.before, &self.after) {
            (Some(before), Some(after)) => write!(f, ": {before} becomes {after}")?,
            (None, Some(_)) => f.write_str(": new")?,
            (Some(_), None) => f.write_str(": gone")?,
            (None, None) => {}
        }
        write!(f, "\n              {}", self.advice)
    }
}
