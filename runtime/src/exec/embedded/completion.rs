//! What the engine lacks: continuous backups, account limits, changed capacity and limits of an index, the old item of an
//! update that made the item, and the end of a query of a table without a sort key.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use dynoxide::{Database, DynoxideError};
use serde_json::{Value, json};

use super::{dispatch, streams};

/// What is remembered beside the engine, by table name.
#[derive(Debug, Default)]
pub(super) struct Completion {
    /// The days that can be restored, for tables with point-in-time recovery.
    recovery: BTreeMap<String, u64>,
    /// What indexes were given, by the index's name.
    indexes: BTreeMap<String, BTreeMap<String, Throughput>>,
}

/// What an index was given, and the engine does not keep.
#[derive(Debug, Clone, Default)]
struct Throughput {
    /// The capacity that it was changed to.
    capacity: Option<Value>,
    /// The bounds of its requests.
    limits: Option<Value>,
}

type Result<T> = core::result::Result<T, DynoxideError>;

/// Runs an operation: the engine's, or one of those that complete it.
pub(super) fn run(database: &Database, completion: &Mutex<Completion>, operation: &str, body: &[u8]) -> Result<String> {
    match operation {
        "DescribeContinuousBackups" => {
            let table = existing_table(database, &dispatch::read(body)?)?;
            Ok(backups(&lock(completion), &table))
        }
        "UpdateContinuousBackups" => {
            let request: Value = dispatch::read(body)?;
            let table = existing_table(database, &request)?;
            let mut completion = lock(completion);
            switch_recovery(&mut completion, &table, member(&request, "PointInTimeRecoverySpecification"))?;
            Ok(backups(&completion, &table))
        }
        "DescribeLimits" => Ok(json!({
            "AccountMaxReadCapacityUnits": 80_000, "AccountMaxWriteCapacityUnits": 80_000,
            "TableMaxReadCapacityUnits": 40_000, "TableMaxWriteCapacityUnits": 40_000,
        })
        .to_string()),
        "DescribeTable" => {
            let answer = dispatch::run(database, operation, body)?;
            with_index_throughput(&lock(completion), answer)
        }
        "CreateTable" => {
            let answer = dispatch::run(database, operation, body)?;
            let mut completion = lock(completion);
            remember_limits(&mut completion, &dispatch::read(body)?);
            with_index_throughput(&completion, answer)
        }
        "DeleteTable" => {
            let answer = dispatch::run(database, operation, body)?;
            let table = table_name(&dispatch::read(body)?);
            let mut completion = lock(completion);
            completion.recovery.remove(&table);
            completion.indexes.remove(&table);
            Ok(answer)
        }
        "UpdateTable" => {
            let answer = dispatch::run(database, operation, body)?;
            let mut completion = lock(completion);
            remember_throughput(&mut completion, &dispatch::read(body)?);
            with_index_throughput(&completion, answer)
        }
        "GetShardIterator" => dispatch::run(database, operation, &streams::from_its_own_beginning(body)?),
        "UpdateItem" if body.windows(7).any(|word| word == b"ALL_OLD") => update_item(database, body),
        "Query" if body.windows(17).any(|word| word == b"ExclusiveStartKey") => query_after(database, body),
        _ => dispatch::run(database, operation, body),
    }
}

/// A page after another one. In a table without a sort key nothing is after the one item of a partition key, which the
/// engine gives again.
fn query_after(database: &Database, body: &[u8]) -> Result<String> {
    let answer = dispatch::run(database, "Query", body)?;
    let request: Value = dispatch::read(body)?;
    let parts = member(&request, "ExclusiveStartKey").as_object().map(serde_json::Map::len);
    if parts != Some(1) || !member(&request, "IndexName").is_null() {
        return Ok(answer);
    }
    let mut answered: Value = dispatch::read(answer.as_bytes())?;
    let Some(members) = answered.as_object_mut() else { return Ok(answer) };
    members.remove("LastEvaluatedKey");
    for (name, none) in [("Items", json!([])), ("Count", json!(0)), ("ScannedCount", json!(0))] {
        members.entry(name).and_modify(|value| *value = none);
    }
    dispatch::write(&answered)
}

/// An update that returns the item as it was. The engine returns the key of an item that was not there.
fn update_item(database: &Database, body: &[u8]) -> Result<String> {
    let request: Value = dispatch::read(body)?;
    let key = member(&request, "Key");
    let get = json!({ "TableName": member(&request, "TableName"), "Key": key }).to_string();
    // The update itself tells what is wrong with the key.
    let before = dispatch::run(database, "GetItem", get.as_bytes()).unwrap_or_default();
    let answer = dispatch::run(database, "UpdateItem", body)?;
    if member(&request, "ReturnValues") != "ALL_OLD" || before.contains("\"Item\"") {
        return Ok(answer);
    }
    let mut answered: Value = dispatch::read(answer.as_bytes())?;
    let names = |value: &Value| value.as_object().map(|members| members.keys().cloned().collect::<BTreeSet<_>>());
    if names(member(&answered, "Attributes")) == names(key)
        && let Some(members) = answered.as_object_mut()
    {
        members.remove("Attributes");
    }
    dispatch::write(&answered)
}

fn lock(completion: &Mutex<Completion>) -> MutexGuard<'_, Completion> {
    completion.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A member of an object; null where there is none.
fn member<'a>(value: &'a Value, name: &str) -> &'a Value {
    value.get(name).unwrap_or(&Value::Null)
}

/// The name of the request's table, which may be given as an ARN.
fn table_name(request: &Value) -> String {
    let name = member(request, "TableName").as_str().unwrap_or_default();
    name.rsplit_once(":table/").map_or(name, |(_, name)| name).to_owned()
}

fn existing_table(database: &Database, request: &Value) -> Result<String> {
    let table = table_name(request);
    let describe = json!({ "TableName": table }).to_string();
    dispatch::run(database, "DescribeTable", describe.as_bytes())?;
    Ok(table)
}

fn switch_recovery(completion: &mut Completion, table: &str, specification: &Value) -> Result<()> {
    let Some(enabled) = member(specification, "PointInTimeRecoveryEnabled").as_bool() else {
        let message = "1 validation error detected: Value null at \
                       'pointInTimeRecoverySpecification.pointInTimeRecoveryEnabled' failed to satisfy constraint: \
                       Member must not be null";
        return Err(DynoxideError::ValidationException(message.to_owned()));
    };
    let days = member(specification, "RecoveryPeriodInDays").as_u64().unwrap_or(35);
    if !(1..=35).contains(&days) {
        let message = "1 validation error detected: Value at \
                       'pointInTimeRecoverySpecification.recoveryPeriodInDays' failed to satisfy constraint: Member \
                       must be between 1 and 35";
        return Err(DynoxideError::ValidationException(message.to_owned()));
    }
    if enabled {
        completion.recovery.insert(table.to_owned(), days);
    } else {
        completion.recovery.remove(table);
    }
    Ok(())
}

fn backups(completion: &Completion, table: &str) -> String {
    let recovery = match completion.recovery.get(table) {
        Some(days) => json!({ "PointInTimeRecoveryStatus": "ENABLED", "RecoveryPeriodInDays": days }),
        None => json!({ "PointInTimeRecoveryStatus": "DISABLED" }),
    };
    let description = json!({ "ContinuousBackupsStatus": "ENABLED", "PointInTimeRecoveryDescription": recovery });
    json!({ "ContinuousBackupsDescription": description }).to_string()
}

/// Keeps the bounds that a `CreateTable` gave to indexes.
fn remember_limits(completion: &mut Completion, request: &Value) {
    let indexes = completion.indexes.entry(table_name(request)).or_default();
    for index in member(request, "GlobalSecondaryIndexes").as_array().into_iter().flatten() {
        remember(indexes, index);
    }
}

/// Keeps what an `UpdateTable` gave to indexes, and forgets those that it deleted.
fn remember_throughput(completion: &mut Completion, request: &Value) {
    let indexes = completion.indexes.entry(table_name(request)).or_default();
    for update in member(request, "GlobalSecondaryIndexUpdates").as_array().into_iter().flatten() {
        remember(indexes, member(update, "Create"));
        let changed = member(update, "Update");
        remember(indexes, changed);
        if let (Some(index), Some(capacity)) =
            (member(changed, "IndexName").as_str(), changed.get("ProvisionedThroughput"))
        {
            indexes.entry(index.to_owned()).or_default().capacity = Some(capacity.clone());
        }
        if let Some(index) = member(member(update, "Delete"), "IndexName").as_str() {
            indexes.remove(index);
        }
    }
}

/// Keeps the bounds that an index was given.
fn remember(indexes: &mut BTreeMap<String, Throughput>, index: &Value) {
    if let (Some(name), Some(limits)) = (member(index, "IndexName").as_str(), index.get("OnDemandThroughput")) {
        indexes.entry(name.to_owned()).or_default().limits = Some(limits.clone());
    }
}

/// The description of a table with the capacity of its indexes: what was last set, and none where requests are billed.
fn with_index_throughput(completion: &Completion, answer: String) -> Result<String> {
    let mut described: Value = dispatch::read(answer.as_bytes())?;
    let Some(table) = described.as_object_mut().and_then(|members| members.values_mut().next()) else {
        return Ok(answer);
    };
    let on_demand = member(member(table, "BillingModeSummary"), "BillingMode") == "PAY_PER_REQUEST";
    let given = completion.indexes.get(&table_name(table));
    let Some(indexes) = table.get_mut("GlobalSecondaryIndexes").and_then(Value::as_array_mut) else {
        return Ok(answer);
    };
    for index in indexes.iter_mut().filter_map(Value::as_object_mut) {
        let name = index.get("IndexName").and_then(Value::as_str).unwrap_or_default();
        let given = given.and_then(|indexes| indexes.get(name)).cloned().unwrap_or_default();
        let capacity =
            if on_demand { Some(json!({ "ReadCapacityUnits": 0, "WriteCapacityUnits": 0 })) } else { given.capacity };
        if let Some(limits) = given.limits.filter(|_| on_demand) {
            index.insert("OnDemandThroughput".to_owned(), limits);
        }
        let shown = index.entry("ProvisionedThroughput").or_insert_with(|| json!({ "NumberOfDecreasesToday": 0 }));
        if let (Some(shown), Some(Value::Object(capacity))) = (shown.as_object_mut(), capacity) {
            shown.extend(capacity);
        }
    }
    dispatch::write(&described)
}
