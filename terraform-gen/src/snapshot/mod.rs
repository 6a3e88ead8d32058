//! The schema that was agreed on last, in a file that is committed: `tablewright.lock.json`.
//!
//! What the code declares now is compared with it, so that a change which costs data is seen before Terraform is asked.

mod schema;

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use tablewright::registry::Registry;
use tablewright::schema::TableSchema;

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
    /// The names of Terraform resources of tables that were renamed, by their former names.
    pub(crate) moved: BTreeMap<String, String>,
}

impl Snapshot {
    /// What the code declares now.
    #[must_use]
    pub fn of(registry: &Registry) -> Self {
        let tables = registry.tables().iter().map(|table| (table.name.to_owned(), schema::table(table))).collect();
        Self { tables, ..Self::default() }
    }

    /// What the code declares now, with what must be remembered of an earlier snapshot: the tables that were dropped or
    /// renamed, and the time-to-live attribute that is switched off.
    #[must_use]
    pub fn after(&self, registry: &Registry) -> Self {
        let mut next = Self::of(registry);
        next.moved.clone_from(&self.moved);
        for table in registry.tables() {
            let before = self.before(table.name, table.stored_name()).map(|(_, before)| before);
            if let (Some(before), Some(now)) = (before, next.tables.get_mut(table.name)) {
                keep_time_to_live(before, now);
            }
            // A table that was never agreed on may be there all the same.
            let former = before.map(|before| resource(before).to_owned());
            let former = former.or_else(|| table.settings.renamed_from.map(label));
            next.remember_move(former, label(table.name));
        }
        for (name, before) in &self.tables {
            let stored = stored_name(name, before);
            let stays = |table: &TableSchema| table.name == name || table.stored_name() == stored;
            if !registry.tables().iter().any(stays) {
                next.dropped.insert(stored.to_owned(), resource(before).to_owned());
            }
        }
        for (name, resource) in &self.dropped {
            if !registry.tables().iter().any(|table| table.stored_name() == name) {
                next.dropped.insert(name.clone(), resource.clone());
            }
        }
        next
    }

    /// The table of that name, or the one that had this name in AWS: its name then, and its schema.
    pub(crate) fn before(&self, name: &str, stored: &str) -> Option<(&str, &Value)> {
        let same = |(key, table): &(&String, &Value)| stored_name(key, table) == stored;
        let found = self.tables.iter().find(same).or_else(|| self.tables.get_key_value(name));
        found.map(|(name, table)| (name.as_str(), table))
    }

    /// A resource that goes back to a former name has not moved.
    fn remember_move(&mut self, from: Option<String>, to: String) {
        self.moved.remove(&to);
        if let Some(from) = from.filter(|from| *from != to) {
            self.moved.insert(from, to);
        }
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
        if !self.moved.is_empty() {
            file.insert("moved".to_owned(), Value::Object(strings(&self.moved)));
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
        let resources = |list: &str| {
            let named = |(name, resource): (String, Value)| match resource.as_str() {
                Some(resource) => Ok((name, resource.to_owned())),
                None => Err(format!("`{name}` in `{list}` names no resource")),
            };
            object(list).into_iter().map(named).collect::<Result<BTreeMap<_, _>, _>>()
        };
        Ok(Self { tables, dropped: resources("dropped")?, moved: resources("moved")? })
    }

    /// The resources that Terraform must let go without deleting them: tables that left the code, by name.
    pub(crate) fn removed(&self, registry: &Registry) -> BTreeMap<String, String> {
        let mut dropped = self.after(registry).dropped;
        // A resource that is there again under the name of another table cannot be let go at the same time.
        dropped.retain(|_, resource| !registry.tables().iter().any(|table| label(table.name) == *resource));
        dropped
    }

    /// The time-to-live attribute that a table had, by which it is switched off.
    pub(crate) fn former_time_to_live(&self, table: &TableSchema) -> Option<&str> {
        let (_, before) = self.before(table.name, table.stored_name())?;
        before.get("time_to_live")?.get("attribute")?.as_str()
    }
}

/// A table's name in AWS, without a prefix.
pub(crate) fn stored_name<'v>(name: &'v str, table: &'v Value) -> &'v str {
    table.get("name").and_then(Value::as_str).unwrap_or(name)
}

fn resource(table: &Value) -> &str {
    table.get("resource").and_then(Value::as_str).unwrap_or_default()
}

/// AWS wants the attribute's name to switch time to live off, so that it is kept after the code has forgotten it.
pub(crate) fn keep_time_to_live(before: &Value, table: &mut Value) {
    let attribute = before.get("time_to_live").and_then(|ttl| ttl.get("attribute")).cloned();
    if let (Some(attribute), Some(table)) = (attribute, table.as_object_mut()) {
        let off = serde_json::json!({ "attribute": attribute, "enabled": false });
        table.entry("time_to_live").or_insert(off);
    }
}

/// The same value with the members of every object sorted, whatever order the JSON library keeps.
pub(crate) fn sorted(value: Value) -> Value {
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
