//! Comparing a live table with its schema.

use core::fmt;

use crate::schema::{Billing, IndexKind, KeySchema, PointInTimeRecovery, StreamViewType, TableSchema, VersionSchema};
use crate::tables::{Description, KeyPartRole};

/// How a live table differs from its struct.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaMismatch {
    /// The table's full name.
    pub table: Box<str>,
    /// Each difference.
    pub differences: Vec<Difference>,
}

/// One thing that a live table has in another way than its struct says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// What differs: `partition key`, `index by-total` and so on.
    pub what: Box<str>,
    /// What the struct says.
    pub expected: Box<str>,
    /// What the table has.
    pub found: Box<str>,
}

impl fmt::Display for SchemaMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "table `{}` is not as its struct says", self.table)?;
        for difference in &self.differences {
            write!(f, "; {}: expected {}, found {}", difference.what, difference.expected, difference.found)?;
        }
        Ok(())
    }
}

/// Everything in which a live table differs from its schema.
pub(crate) fn differences(
    schema: &TableSchema,
    live: &Description,
    ttl: Option<&str>,
    recovery: Option<PointInTimeRecovery>,
) -> Vec<Difference> {
    let mut found = Differences::default();
    let settings = &schema.settings;
    found.compare("partition key", &keys(&[schema.partition_key]), &live.key(KeyPartRole::Partition));
    found.compare("sort key", &keys(schema.sort_key.as_slice()), &live.key(KeyPartRole::Sort));
    compare_indexes(&mut found, schema, live);
    found.compare("stream", &optional(settings.stream.map(StreamViewType::as_str)), &optional(live.stream()));
    found.compare("time-to-live attribute", &optional(schema.ttl), &optional(ttl));
    let billing = match settings.billing {
        Billing::OnDemand { .. } => "PAY_PER_REQUEST",
        Billing::Provisioned(_) => "PROVISIONED",
    };
    found.compare("billing mode", &optional(Some(billing)), &optional(Some(live.billing_mode())));
    let class = settings.table_class.as_str();
    found.compare("table class", &optional(Some(class)), &optional(Some(live.table_class())));
    if let Some(protection) = settings.deletion_protection {
        let on = |protection: bool| vec![if protection { "on" } else { "off" }.to_owned()];
        found.compare("deletion protection", &on(protection), &on(live.deletion_protection()));
    }
    if let (Some(expected), Some(live)) = (settings.point_in_time_recovery, recovery) {
        let days = |recovery| match recovery {
            PointInTimeRecovery::Disabled => vec!["off".to_owned()],
            PointInTimeRecovery::Enabled { days } => vec![format!("{days} days")],
        };
        found.compare("point-in-time recovery", &days(expected), &days(live));
    }
    // Replicas keep the last write, whichever version it was for.
    let is_bound = |version: &VersionSchema| !version.global_tables;
    if schema.entities.iter().any(|entity| entity.version.is_some_and(is_bound)) {
        let replicas = live.replicas().map(str::to_owned).collect::<Vec<_>>();
        found.compare("replicas of items with a version", &[], &replicas);
    }
    found.0
}

fn compare_indexes(found: &mut Differences, schema: &TableSchema, live: &Description) {
    for index in schema.indexes {
        let name = index.name;
        let expected_kind = [kind(index.kind).to_owned()];
        let Some(live_index) = live.indexes().find(|live| live.name == name) else {
            found.compare(&format!("index {name}"), &expected_kind, &[]);
            continue;
        };
        found.compare(&format!("index {name}"), &expected_kind, &[kind(live_index.kind).to_owned()]);
        for (what, expected, role) in [
            ("partition key", index.partition_key, KeyPartRole::Partition),
            ("sort key", index.sort_key, KeyPartRole::Sort),
        ] {
            found.compare(&format!("{what} of index {name}"), &keys(expected), &live.index_key(&live_index, role));
        }
        let mut attributes = index.projection.non_key_attributes().to_vec();
        attributes.sort_unstable();
        let text = |(projection, attributes): (&str, Vec<&str>)| {
            core::iter::once(projection).chain(attributes).map(str::to_owned).collect::<Vec<_>>()
        };
        let expected = text((index.projection.as_str(), attributes));
        found.compare(&format!("projection of index {name}"), &expected, &text(live_index.projection()));
    }
    for live_index in live.indexes().filter(|live| schema.index(live.name).is_none()) {
        found.compare(&format!("index {}", live_index.name), &[], &[kind(live_index.kind).to_owned()]);
    }
}

#[derive(Default)]
struct Differences(Vec<Difference>);

impl Differences {
    fn compare(&mut self, what: &str, expected: &[String], found: &[String]) {
        if expected != found {
            let words = |parts: &[String]| if parts.is_empty() { "none".into() } else { parts.join(", ").into() };
            self.0.push(Difference { what: what.into(), expected: words(expected), found: words(found) });
        }
    }
}

fn keys(keys: &[KeySchema]) -> Vec<String> {
    keys.iter().map(|key| format!("{} ({})", key.name, key.key_type.as_str())).collect()
}

fn optional(text: Option<&str>) -> Vec<String> {
    text.map(str::to_owned).into_iter().collect()
}

fn kind(kind: IndexKind) -> &'static str {
    match kind {
        IndexKind::Global => "global",
        IndexKind::Local => "local",
    }
}
