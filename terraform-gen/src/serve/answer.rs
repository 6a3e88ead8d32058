//! One request to the engine, and the line that is written about it.

use core::fmt;
use std::time::{Duration, Instant};

use bytes::Bytes;
use serde_json::{Value, json};
use tablewright::testing::Embedded;

/// What is said of one request.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Line {
    /// DynamoDB's name of the operation.
    pub operation: String,
    /// The full names of its tables, with commas between.
    pub table: String,
    /// The HTTP status.
    pub status: u16,
    /// The capacity units that were consumed, where there are any to consume.
    pub units: Option<f64>,
    /// How long it took.
    pub took: Duration,
}

/// Operations that say what they consumed when they are asked.
const DATA: [&str; 10] = [
    "BatchGetItem",
    "BatchWriteItem",
    "DeleteItem",
    "GetItem",
    "PutItem",
    "Query",
    "Scan",
    "TransactGetItems",
    "TransactWriteItems",
    "UpdateItem",
];

/// The engine's answer, and what it cost.
pub(super) fn measured(engine: &Embedded, operation: &str, body: &[u8]) -> (u16, Bytes, Line) {
    let started = Instant::now();
    let request: Option<Value> = serde_json::from_slice(body).ok();
    let asked = request.as_ref().filter(|_| DATA.contains(&operation)).and_then(asking);
    let (status, answer) = engine.call(operation, asked.as_deref().unwrap_or(body));
    let mut line = Line {
        operation: operation.to_owned(),
        table: request.as_ref().map(tables).unwrap_or_default(),
        status,
        units: None,
        took: Duration::ZERO,
    };
    let answer = match serde_json::from_slice::<Value>(&answer) {
        Ok(mut read) if status == 200 && DATA.contains(&operation) => {
            line.units = read.get("ConsumedCapacity").map(units);
            // The client did not ask for it.
            match (asked.is_some(), read.as_object_mut()) {
                (true, Some(members)) => {
                    members.remove("ConsumedCapacity");
                    read.to_string().into()
                }
                _ => answer,
            }
        }
        _ => answer,
    };
    line.took = started.elapsed();
    (status, answer, line)
}

/// The request that asks for its capacity; nothing where it does so itself.
fn asking(request: &Value) -> Option<Vec<u8>> {
    if request.get("ReturnConsumedCapacity").is_some_and(|asked| asked != "NONE") {
        return None;
    }
    let mut request = request.clone();
    request.as_object_mut()?.insert("ReturnConsumedCapacity".to_owned(), json!("TOTAL"));
    Some(request.to_string().into_bytes())
}

/// Units of one table, or of several together.
fn units(consumed: &Value) -> f64 {
    let of = |one: &Value| one.get("CapacityUnits").and_then(Value::as_f64).unwrap_or_default();
    consumed.as_array().map_or_else(|| of(consumed), |all| all.iter().map(of).sum())
}

/// The names of the tables in a request.
fn tables(request: &Value) -> String {
    if let Some(name) = request.get("TableName").and_then(Value::as_str) {
        return name.to_owned();
    }
    let mut names: Vec<&str> = Vec::new();
    names.extend(
        request.get("RequestItems").and_then(Value::as_object).into_iter().flatten().map(|(name, _)| name.as_str()),
    );
    let actions = request.get("TransactItems").and_then(Value::as_array).into_iter().flatten();
    let actions = actions.filter_map(|action| action.as_object()?.values().next()?.get("TableName")?.as_str());
    names.extend(actions);
    names.sort_unstable();
    names.dedup();
    names.join(",")
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, table, status, units, took } = self;
        let table = if table.is_empty() { "-" } else { table };
        write!(f, "{operation} {table} {status}")?;
        if let Some(units) = units {
            write!(f, " {units} units")?;
        }
        write!(f, " {:.1} ms", took.as_secs_f64() * 1e3)
    }
}
