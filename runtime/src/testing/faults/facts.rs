//! What a request is, as far as it decides which faults fit it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::fault::{Fault, Refused};
use super::state::State;
use crate::{Operation, Request};

/// A request, and what its body says. Operations are told apart by DynamoDB's names of them.
#[derive(Debug)]
pub(super) struct Facts {
    pub(super) operation: Operation,
    /// The full names of the tables, with commas between them.
    pub(super) tables: Box<str>,
    /// The body of an operation whose faults depend on it.
    pub(super) body: Value,
    has_replica: bool,
    /// One of the tables has items that expire.
    expires: bool,
}

impl Facts {
    pub(super) fn of(request: &Request, state: &State) -> Self {
        let operation = request.operation;
        let single_write = matches!(operation.as_str(), "PutItem" | "UpdateItem" | "DeleteItem");
        let needless = single_write && !request.table.is_empty();
        let body = if needless { Value::Null } else { serde_json::from_slice(&request.body).unwrap_or_default() };
        let tables = if request.table.is_empty() { tables_of(&body) } else { Box::from(&*request.table) };
        let expires = operation.has_items() && tables.split(',').any(|table| state.expiring.contains(table.trim()));
        Self { operation, tables, body, has_replica: state.replica.is_some(), expires }
    }

    /// True if a fault is possible for this request.
    pub(super) fn fit(&self, fault: Fault) -> bool {
        let name = self.operation.as_str();
        match fault {
            Fault::None | Fault::Lost(..) => true,
            Fault::Refused(refused) => match refused {
                Refused::TransactionConflict => matches!(name, "PutItem" | "UpdateItem" | "DeleteItem"),
                Refused::TransactionInProgress => name == "TransactWriteItems",
                Refused::ExpiredIterator => name == "GetRecords",
                Refused::TrimmedData => matches!(name, "GetRecords" | "GetShardIterator"),
                _ => true,
            },
            Fault::Unprocessed(_) => matches!(name, "BatchGetItem" | "BatchWriteItem"),
            Fault::ShortPage(_) => matches!(name, "Query" | "Scan"),
            Fault::EmptyPage => matches!(name, "Query" | "Scan") && self.body.get("ExclusiveStartKey").is_some(),
            Fault::Stale(_) => self.has_replica && self.may_be_stale(),
            Fault::Cancelled(..) => matches!(name, "TransactWriteItems" | "TransactGetItems"),
            Fault::ExpiredStay => self.expires,
            Fault::ShardSplit => name == "GetRecords",
        }
    }

    /// True for a read that is not consistent.
    fn may_be_stale(&self) -> bool {
        let consistent = |read: &Value| read.get("ConsistentRead").and_then(Value::as_bool).unwrap_or(false);
        match self.operation.as_str() {
            "GetItem" | "Query" | "Scan" => !consistent(&self.body),
            "BatchGetItem" => self
                .body
                .get("RequestItems")
                .and_then(Value::as_object)
                .is_some_and(|tables| !tables.values().any(consistent)),
            _ => false,
        }
    }

    /// How many actions a transaction has.
    pub(super) fn actions(&self) -> usize {
        self.body.get("TransactItems").and_then(Value::as_array).map_or(0, Vec::len)
    }
}

/// Sets a member of a JSON object.
pub(super) fn set(object: &mut Value, name: &str, value: impl Into<Value>) {
    if let Some(members) = object.as_object_mut() {
        members.insert(name.to_owned(), value.into());
    }
}

/// The tables of a batch or a transaction, or the stream that is read.
fn tables_of(body: &Value) -> Box<str> {
    let name = |value: &Value| value.get("TableName").and_then(Value::as_str).map(str::to_owned);
    let mut tables = BTreeSet::new();
    tables.extend(name(body));
    if let Some(requested) = body.get("RequestItems").and_then(Value::as_object) {
        tables.extend(requested.keys().cloned());
    }
    for action in body.get("TransactItems").and_then(Value::as_array).into_iter().flatten() {
        tables.extend(action.as_object().into_iter().flatten().filter_map(|(_, action)| name(action)));
    }
    tables.into_iter().collect::<Vec<_>>().join(",").into()
}
