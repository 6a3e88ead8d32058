//! The schema that was agreed on last, in a file that is committed: `tablewright.lock.json`.
//!
//! What the code declares now is compared with it, so that a change which costs data is seen before Terraform is asked.

mod schema;

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use tablewright::registry::Registry;

use crate::plan::label;

/// The version of the file's format.
const FORMAT: u64 = 1;

/// A schema as data: every table with its keys, indexes, settings and entities, and the tables that were dropped.
///
/// Its text is canonical: sorted, with two spaces for each level. So equal schemas are equal files, and a table is a hunk
/// of its own when branches are merged.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snapshot {
    /// The tables by name.
    pub(crate) tables: BTreeMap<String, Value>,
    /// The Terraform resources of tables that left the code, by the table's name.
    pub(crate) dropped: BTreeMap<String, String>,
}

impl Snapshot {
    /// What the code declares now.
    #[must_use]
    pub fn of(registry: &Registry) -> Self {
        let tables = registry.tables().iter().map(|table| (table.name.to_owned(), schema::table(table))).collect();
        Self { tables, dropped: BTreeMap::new() }
    }

    /// What the code declares now, with what must be remembered of an earlier snapshot: the tables that were dropped, and
    /// the time-to-live attribute that is switched off.
    #[must_use]
    pub fn after(&self, registry: &Registry) -> Self {
        let mut next = Self::of(registry);
        for (name, before) in &self.tables {
            match next.tables.get_mut(name) {
                Some(table) => keep_time_to_live(before, table),
                None => drop(next.dropped.insert(name.clone(), resource(before).to_owned())),
            }
        }
        for (name, resource) in &self.dropped {
            if !next.tables.contains_key(name) {
                next.dropped.insert(name.clone(), resource.clone());
            }
        }
        next
    }

    /// The text of the file.
    #[must_use]
    pub fn to_json(&self) -> String {
        let strings = |map: &BTreeMap<String, String>| {
            map.iter().map(|(key, value)| (key.clone(), Value::from(value.as_str()))).collect::<Map<_, _>>()
        };
        let mut file = Map::new();
        file.insert("format".to_owned(), Value::from(FORMAT));
        file.insert("tables".to_owned(), Value::Object(self.tables.clone().into_iter().collect()));
        if !self.dropped.is_empty() {
            file.insert("dropped".to_owned(), Value::Object(strings(&self.dropped)));
        }
        format!("{:#}\n", sorted(Value::Object(file)))
    }

    /// The snapshot in the text of a file.
    ///
    /// # Errors
    /// Why the text is not one.
    pub fn from_json(text: &str) -> Result<Self, String> {
        let file: Value = serde_json::from_str(text).map_err(|error| format!("it is no JSON: {error}"))?;
        match file.get("format").and_then(Value::as_u64) {
            Some(FORMAT) => {}
            Some(other) => {
                return Err(format!("its format is {other}, and this command knows {FORMAT}; use a newer one"));
            }
            None => return Err("it has no `format`; `accept` writes it anew".to_owned()),
        }
        let object = |name: &str| file.get(name).and_then(Value::as_object).cloned().unwrap_or_default();
        let tables: BTreeMap<String, Value> = object("tables").into_iter().collect();
        if let Some((name, _)) = tables.iter().find(|(_, table)| !table.is_object()) {
            return Err(format!("table `{name}` in it is no object"));
        }
        let dropped = object("dropped").into_iter().map(|(name, resource)| {
            let resource = resource.as_str().map(str::to_owned);
            resource
                .map(|resource| (name.clone(), resource))
                .ok_or_else(|| format!("`{name}` in `dropped` names no resource"))
        });
        Ok(Self { tables, dropped: dropped.collect::<Result<_, _>>()? })
    }

    /// The resources that Terraform must let go without deleting them: tables that left the code, by name.
    pub(crate) fn removed(&self, registry: &Registry) -> BTreeMap<String, String> {
        let mut dropped = self.after(registry).dropped;
        // A resource that is there again under the name of another table cannot be let go at the same time.
        dropped.retain(|_, resource| !registry.tables().iter().any(|table| label(table.name) == *resource));
        dropped
    }

    /// The time-to-live attribute that a table had, by which it is switched off.
    pub(crate) fn former_time_to_live(&self, table: &str) -> Option<&str> {
        self.tables.get(table)?.get("time_to_live")?.get("attribute")?.as_str()
    }
}

fn resource(table: &Value) -> &str {
    table.get("resource").and_then(Value::as_str).unwrap_or_default()
}

/// AWS wants the attribute's name to switch time to live off, so that it is kept after the code has forgotten it.
fn keep_time_to_live(before: &Value, table: &mut Value) {
    let attribute = before.get("time_to_live").and_then(|ttl| ttl.get("attribute")).cloned();
    if let (Some(attribute), Some(table)) = (attribute, table.as_object_mut()) {
        let off = serde_json::json!({ "attribute": attribute, "enabled": false });
        table.entry("time_to_live").or_insert(off);
    }
}

/// The same value with the members of every object sorted, whatever order the JSON library keeps.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let members: BTreeMap<String, Value> =
                members.into_iter().map(|(name, value)| (name, sorted(value))).collect();
            Value::Object(members.into_iter().collect())
        }
        Value::Array(elements) => Value::Array(elements.into_iter().map(sorted).collect()),
        other => other,
    }
}
