//! A table's name, indexes and settings, as they stand in `#[dynamo(…)]`.

use serde_json::Value;

use super::described::{Index, Projection, Table};
use super::text::{Entry, literal};
use crate::observed::text;

impl Table {
    /// What the code decides and a struct or enum says after its keys.
    pub(super) fn settings(&self) -> Vec<Entry> {
        let schema = &self.schema;
        let mut entries = Vec::new();
        entries.extend(billing(schema.get("billing")));
        if let Some(view) = text(schema, "stream").filter(|_| !self.has_replicas()) {
            entries.push(Entry::word(format!("stream = {}", view.to_ascii_lowercase())));
        }
        match schema.get("recovery_days").and_then(Value::as_u64) {
            Some(0) => entries.push(Entry::word("point_in_time_recovery = false")),
            Some(days @ 1..=34) => entries.push(Entry::word(format!("point_in_time_recovery = days({days})"))),
            // 35 days are what an environment has that says nothing else.
            _ => {}
        }
        if schema.get("deletion_protection") == Some(&Value::Bool(false)) {
            entries.push(Entry::word("deletion_protection = false"));
        }
        if text(schema, "class") == Some("STANDARD_INFREQUENT_ACCESS") {
            entries.push(Entry::word("table_class = standard_infrequent_access"));
        }
        let tags: Vec<Entry> = self.tags().map(|(name, value)| Entry::word(tag(name, value))).collect();
        if !tags.is_empty() {
            entries.push(Entry::List("tags", tags));
        }
        entries
    }

    /// The tags but those that AWS sets.
    fn tags(&self) -> impl Iterator<Item = (&str, &str)> {
        let tags = self.schema.get("tags").and_then(Value::as_object).into_iter().flatten();
        tags.filter_map(|(name, value)| Some((name.as_str(), value.as_str()?)))
            .filter(|(name, _)| !name.to_ascii_lowercase().starts_with("aws:"))
    }

    /// Replicas bring a stream with both images, which is not the code's unless it says so.
    fn has_replicas(&self) -> bool {
        self.schema.get("replicas").is_some() && text(&self.schema, "stream") == Some("NEW_AND_OLD_IMAGES")
    }

    /// What the environment decides, and the struct cannot say.
    pub(super) fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        if self.schema.get("encryption").is_some() {
            remarks.push("It is encrypted with a key of its owner: give the module its `kms_key_arn`.".to_owned());
        }
        if let Some(Value::Array(regions)) = self.schema.get("replicas") {
            let regions: Vec<&str> = regions.iter().filter_map(Value::as_str).collect();
            remarks.push(format!("It has replicas: give the module `replicas` for {}.", regions.join(", ")));
        }
        remarks
    }

    /// The units of a table that pays for capacity.
    fn capacity(&self) -> Option<(u64, u64)> {
        let billing = self.schema.get("billing").filter(|billing| text(billing, "mode") == Some("PROVISIONED"))?;
        let units = |unit: &str| billing.get(unit).and_then(Value::as_u64).filter(|units| *units > 0);
        units("read").zip(units("write"))
    }

    /// An index, with the names of its keys' fields or attributes.
    pub(super) fn index(&self, index: &Index, name: impl Fn(&str) -> String, sparse: bool) -> Entry {
        let mut entries = vec![Entry::text("name", &index.name)];
        let names = |keys: &[super::described::Key]| keys.iter().map(|key| name(&key.name)).collect::<Vec<_>>();
        if index.is_global {
            entries.push(Entry::texts("partition_key", &names(&index.partition_key)));
        }
        if !index.sort_key.is_empty() {
            entries.push(Entry::texts("sort_key", &names(&index.sort_key)));
        }
        match &index.projection {
            Projection::All => {}
            Projection::KeysOnly => entries.push(Entry::word("projection = keys_only")),
            Projection::Include(included) => {
                let included: Vec<String> = included.iter().map(|attribute| literal(&name(attribute))).collect();
                entries.push(Entry::word(format!("projection = include({})", included.join(", "))));
            }
        }
        if let (Some(own), Some(table)) = (index.capacity, self.capacity())
            && own != table
        {
            let (read, write) = own;
            entries.extend([Entry::word(format!("read = {read}")), Entry::word(format!("write = {write}"))]);
        }
        if sparse {
            entries.push(Entry::word("sparse"));
        }
        Entry::List(if index.is_global { "gsi" } else { "lsi" }, entries)
    }
}

fn billing(billing: Option<&Value>) -> Option<Entry> {
    let billing = billing?;
    let units = |of: &Value, unit: &str| of.get(unit).and_then(Value::as_u64).filter(|units| *units > 0);
    if text(billing, "mode") == Some("PROVISIONED") {
        let (read, write) = units(billing, "read").zip(units(billing, "write"))?;
        return Some(Entry::word(format!("billing = provisioned(read = {read}, write = {write})")));
    }
    // A limit on one side alone is the environment's to say.
    let most = billing.get("max")?;
    let (read, write) = units(most, "max_read_request_units").zip(units(most, "max_write_request_units"))?;
    Some(Entry::word(format!("billing = on_demand(max_read = {read}, max_write = {write})")))
}

fn tag(name: &str, value: &str) -> String {
    let is_word = name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && super::names::FieldNames::default().take(name) == name;
    let name = if is_word { name.to_owned() } else { literal(name) };
    format!("{name} = {}", literal(value))
}
