//! What changed since the snapshot, and what each change does.

mod class;
mod rules;
#[cfg(test)]
mod tests;

use core::fmt;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::Value;
use tablewright::registry::Registry;
use tablewright::schema::Source;

pub use class::Class;

use crate::snapshot::Snapshot;

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
    let names: BTreeSet<&String> = snapshot.tables.keys().chain(now.tables.keys()).collect();
    let mut changes = Vec::new();
    for name in names {
        let source = registry.tables().iter().find(|table| table.name == name).map(|table| table.source);
        let mut differences = Vec::new();
        compare(&mut vec![], snapshot.tables.get(name), now.tables.get(name), &mut differences);
        changes.extend(differences.iter().map(|difference| change(name, source, difference)));
    }
    changes.sort_by(|a, b| b.class.cmp(&a.class).then_with(|| (&a.table, &a.what).cmp(&(&b.table, &b.what))));
    changes
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
    if before == after {
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

fn change(table: &str, source: Option<Source>, difference: &Difference<'_>) -> Change {
    let path: Vec<&str> = difference.path.iter().map(String::as_str).collect();
    let (class, advice) = rules::classify(&path, difference.before, difference.after);
    let text = |value: Option<&Value>| value.map(|value| rules::shown(&path, value).into_boxed_str());
    Change {
        class,
        table: table.into(),
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
