//! What the engine lacks: continuous backups, account limits, capacity and limits of an index, the end of a time to live
//! under another name, the old item of an update that made the item, and the end of a query of a table without a sort key.

mod expiry;
mod recovery;
mod throughput;

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use dynoxide::{Database, DynoxideError};
use serde_json::{Value, json};

use super::{dispatch, streams};
use recovery::Recovery;
use throughput::Indexes;

/// What is remembered beside the engine.
#[derive(Debug, Default)]
pub(super) struct Completion {
    recovery: Recovery,
    indexes: Indexes,
}

type Result<T> = core::result::Result<T, DynoxideError>;

/// Runs an operation: the engine's, or one of those that complete it.
pub(super) fn run(database: &Database, completion: &Mutex<Completion>, operation: &str, body: &[u8]) -> Result<String> {
    match operation {
        "DescribeContinuousBackups" => {
            let table = existing_table(database, &dispatch::read(body)?)?;
            Ok(lock(completion).recovery.described(&table))
        }
        "UpdateContinuousBackups" => {
            let request: Value = dispatch::read(body)?;
            let table = existing_table(database, &request)?;
            let recovery = &mut lock(completion).recovery;
            recovery.switch(&table, member(&request, "PointInTimeRecoverySpecification"))?;
            Ok(recovery.described(&table))
        }
        "DescribeLimits" => Ok(json!({
            "AccountMaxReadCapacityUnits": 80_000, "AccountMaxWriteCapacityUnits": 80_000,
            "TableMaxReadCapacityUnits": 40_000, "TableMaxWriteCapacityUnits": 40_000,
        })
        .to_string()),
        "DescribeTable" => {
            let answer = dispatch::run(database, operation, body)?;
            lock(completion).indexes.described(answer)
        }
        "CreateTable" => {
            let answer = dispatch::run(database, operation, body)?;
            let indexes = &mut lock(completion).indexes;
            indexes.created(&dispatch::read(body)?);
            indexes.described(answer)
        }
        "DeleteTable" => {
            let answer = dispatch::run(database, operation, body)?;
            let table = table_name(&dispatch::read(body)?);
            let mut completion = lock(completion);
            completion.recovery.forget(&table);
            completion.indexes.forget(&table);
            Ok(answer)
        }
        "UpdateTable" => {
            let mut request: Value = dispatch::read(body)?;
            // The engine says that a table is absent.
            let before = described(database, &request).unwrap_or_default();
            throughput::check(&request, &before)?;
            throughput::complete(&mut request);
            let answer = dispatch::run(database, operation, dispatch::write(&request)?.as_bytes())?;
            let indexes = &mut lock(completion).indexes;
            indexes.updated(&dispatch::read(body)?);
            indexes.described(answer)
        }
        "UpdateTimeToLive" => {
            expiry::check(&dispatch::read(body)?, |describe| described_by(database, "DescribeTimeToLive", describe))?;
            dispatch::run(database, operation, body)
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
    described(database, request)?;
    Ok(table_name(request))
}

/// The description of the request's table.
fn described(database: &Database, request: &Value) -> Result<Value> {
    let mut described = described_by(database, "DescribeTable", request)?;
    Ok(described.get_mut("Table").map(Value::take).unwrap_or_default())
}

/// What an operation that describes says of the request's table.
fn described_by(database: &Database, operation: &str, request: &Value) -> Result<Value> {
    let describe = json!({ "TableName": table_name(request) }).to_string();
    dispatch::read(dispatch::run(database, operation, describe.as_bytes())?.as_bytes())
}

fn invalid(message: String) -> DynoxideError {
    DynoxideError::ValidationException(message)
}
