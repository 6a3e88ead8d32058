//! Capacity and limits of global secondary indexes, of which the engine keeps only what a table was made with.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{Result, dispatch, invalid, member, table_name};

const ON_DEMAND: &str = "PAY_PER_REQUEST";

/// What the indexes of each table were given.
#[derive(Debug, Default)]
pub(super) struct Indexes(BTreeMap<String, BTreeMap<String, Throughput>>);

/// What an index was given.
#[derive(Debug, Clone, Default)]
struct Throughput {
    /// The units that it was last given, where the engine does not have them.
    capacity: Option<Value>,
    /// The most units of requests, as far as they are limited.
    limits: Map<String, Value>,
}

impl Indexes {
    /// Keeps the limits that a `CreateTable` gave; the engine keeps the capacity.
    pub(super) fn created(&mut self, request: &Value) {
        let indexes = self.0.entry(table_name(request)).or_default();
        for index in member(request, "GlobalSecondaryIndexes").as_array().into_iter().flatten() {
            of(indexes, index).limit(index);
        }
    }

    /// Keeps what an `UpdateTable` gave, and forgets what went with an index or with the billing mode.
    pub(super) fn updated(&mut self, request: &Value) {
        let indexes = self.0.entry(table_name(request)).or_default();
        for index in indexes.values_mut() {
            match member(request, "BillingMode").as_str() {
                Some(ON_DEMAND) => index.capacity = None,
                Some(_) => index.limits.clear(),
                None => {}
            }
        }
        for update in member(request, "GlobalSecondaryIndexUpdates").as_array().into_iter().flatten() {
            if let Some(deleted) = member(member(update, "Delete"), "IndexName").as_str() {
                indexes.remove(deleted);
            }
            for index in given(update) {
                let known = of(indexes, index);
                known.limit(index);
                known.capacity = index.get("ProvisionedThroughput").cloned().or(known.capacity.take());
            }
        }
    }

    pub(super) fn forget(&mut self, table: &str) {
        self.0.remove(table);
    }

    /// The description of a table with the capacity and the limits of its indexes: what was last set, as far as it counts
    /// in the table's billing mode.
    pub(super) fn described(&self, answer: String) -> Result<String> {
        let mut described: Value = dispatch::read(answer.as_bytes())?;
        let Some(table) = described.as_object_mut().and_then(|members| members.values_mut().next()) else {
            return Ok(answer);
        };
        let on_demand = billing_mode(table) == ON_DEMAND;
        let given = self.0.get(&table_name(table));
        let Some(indexes) = table.get_mut("GlobalSecondaryIndexes").and_then(Value::as_array_mut) else {
            return Ok(answer);
        };
        for index in indexes.iter_mut().filter_map(Value::as_object_mut) {
            let name = index.get("IndexName").and_then(Value::as_str).unwrap_or_default();
            let given = given.and_then(|indexes| indexes.get(name)).cloned().unwrap_or_default();
            let none = || Some(json!({ "ReadCapacityUnits": 0, "WriteCapacityUnits": 0 }));
            let capacity = if on_demand { none() } else { given.capacity };
            if on_demand && !given.limits.is_empty() {
                index.insert("OnDemandThroughput".to_owned(), Value::Object(given.limits));
            }
            let shown = index.entry("ProvisionedThroughput").or_insert_with(|| json!({ "NumberOfDecreasesToday": 0 }));
            if let (Some(shown), Some(Value::Object(capacity))) = (shown.as_object_mut(), capacity) {
                shown.extend(capacity);
            }
        }
        dispatch::write(&described)
    }
}

impl Throughput {
    /// Takes the limits that an index is given, one by one; -1 lifts a limit.
    fn limit(&mut self, index: &Value) {
        for (name, units) in member(index, "OnDemandThroughput").as_object().into_iter().flatten() {
            if units == -1 {
                self.limits.remove(name);
            } else {
                self.limits.insert(name.clone(), units.clone());
            }
        }
    }
}

/// What is kept of an index.
fn of<'a>(indexes: &'a mut BTreeMap<String, Throughput>, index: &Value) -> &'a mut Throughput {
    indexes.entry(member(index, "IndexName").as_str().unwrap_or_default().to_owned()).or_default()
}

/// The indexes that one update makes or changes.
fn given(update: &Value) -> impl Iterator<Item = &Value> {
    ["Create", "Update"].into_iter().filter_map(|action| update.get(action))
}

fn billing_mode(table: &Value) -> &str {
    member(member(table, "BillingModeSummary"), "BillingMode").as_str().unwrap_or("PROVISIONED")
}

/// Refuses what an index cannot have in the billing mode that its table will have, and limits that are none.
pub(super) fn check(request: &Value, before: &Value) -> Result<()> {
    if before.is_null() {
        return Ok(());
    }
    let mode = member(request, "BillingMode").as_str().unwrap_or(billing_mode(before));
    for index in member(request, "GlobalSecondaryIndexUpdates").as_array().into_iter().flatten().flat_map(given) {
        let name = member(index, "IndexName").as_str().unwrap_or_default();
        if mode == ON_DEMAND && index.get("ProvisionedThroughput").is_some_and(|capacity| !capacity.is_null()) {
            return Err(invalid(format!(
                "One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be \
                 specified for index: {name} when BillingMode is PAY_PER_REQUEST"
            )));
        }
        for (limit, units) in member(index, "OnDemandThroughput").as_object().into_iter().flatten() {
            if mode != ON_DEMAND {
                return Err(invalid(format!(
                    "One or more parameter values were invalid: {limit} for OnDemandThroughput cannot be specified for \
                     index: {name} when the table BillingMode is PROVISIONED"
                )));
            }
            if units.as_i64().is_none_or(|units| units < 1 && units != -1) {
                return Err(invalid(format!(
                    "One or more parameter values were invalid: Requested {limit} for OnDemandThroughput for index \
                     {name} is outside of valid range"
                )));
            }
        }
    }
    Ok(())
}

/// Adds capacity, which the engine wants and does not keep, to changes of an index that are about its limits alone.
pub(super) fn complete(request: &mut Value) {
    let updates = request.get_mut("GlobalSecondaryIndexUpdates").and_then(Value::as_array_mut);
    let changes = updates.into_iter().flatten().filter_map(|update| update.get_mut("Update")?.as_object_mut());
    for index in changes.filter(|index| index.contains_key("OnDemandThroughput")) {
        let any = json!({ "ReadCapacityUnits": 1, "WriteCapacityUnits": 1 });
        index.entry("ProvisionedThroughput").or_insert(any);
    }
}
