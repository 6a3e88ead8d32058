//! From an operation's name and JSON to the engine's typed call and back.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;

use dynoxide::{Database, DynoxideError};

use super::completion::{self, Completion};
use super::stack;

const UNKNOWN_OPERATION: &str = r#"{"__type":"com.amazon.coral.service#UnknownOperationException"}"#;

/// Runs one operation: the status and the JSON that DynamoDB would answer with.
pub(super) fn answer(
    database: &Database,
    completion: &Mutex<Completion>,
    operation: &str,
    body: &[u8],
) -> (u16, String) {
    let run = || completion::run(database, completion, operation, body);
    // A panic of the engine must not take the caller's task with it.
    let run = || catch_unwind(AssertUnwindSafe(run)).map_err(|_| "the embedded engine panicked");
    let failed = |what: &str| Err(DynoxideError::InternalServerError(what.to_owned()));
    let result = stack::run(body, run).flatten().unwrap_or_else(failed);
    match result.map_err(|error| as_sent(operation, error)) {
        Ok(json) => (200, json),
        Err(DynoxideError::UnsupportedCapability(_)) => (400, UNKNOWN_OPERATION.to_owned()),
        Err(error) => (error.status_code(), error.to_json()),
    }
}

/// What an error becomes on the wire, where that depends on the operation.
fn as_sent(operation: &str, error: DynoxideError) -> DynoxideError {
    const ENVELOPE: &str = "1 validation error detected: ";
    match (operation, error) {
        ("PutItem" | "UpdateItem" | "DeleteItem", DynoxideError::EnvelopedValidation(message)) => {
            let enveloped = if message.starts_with(ENVELOPE) { message } else { format!("{ENVELOPE}{message}") };
            DynoxideError::ValidationException(enveloped)
        }
        ("ExecuteStatement", DynoxideError::ConditionalCheckFailedException(message, Some(item))) => {
            DynoxideError::StatementConditionalCheckFailed(message, item)
        }
        (_, error) => error,
    }
}

/// The operations that the engine serves, each with its method.
macro_rules! dispatch {
    ($database:expr, $operation:expr, $body:expr; $($name:literal => $method:ident),+ $(,)?) => {
        match $operation {
            $($name => write(&$database.$method(read($body)?)?),)+
            unknown => Err(DynoxideError::UnsupportedCapability(unknown.to_owned())),
        }
    };
}

/// Runs an operation of the engine.
pub(super) fn run(database: &Database, operation: &str, body: &[u8]) -> Result<String, DynoxideError> {
    dispatch!(database, operation, body;
        "CreateTable" => create_table,
        "DeleteTable" => delete_table,
        "DescribeTable" => describe_table,
        "ListTables" => list_tables,
        "UpdateTable" => update_table,
        "PutItem" => put_item,
        "GetItem" => get_item,
        "DeleteItem" => delete_item,
        "UpdateItem" => update_item,
        "Query" => query,
        "Scan" => scan,
        "BatchGetItem" => batch_get_item,
        "BatchWriteItem" => batch_write_item,
        "TransactWriteItems" => transact_write_items,
        "TransactGetItems" => transact_get_items,
        "ListStreams" => list_streams,
        "DescribeStream" => describe_stream,
        "GetShardIterator" => get_shard_iterator,
        "GetRecords" => get_records,
        "UpdateTimeToLive" => update_time_to_live,
        "DescribeTimeToLive" => describe_time_to_live,
        "ExecuteStatement" => execute_statement,
        "ExecuteTransaction" => execute_transaction,
        "BatchExecuteStatement" => batch_execute_statement,
        "TagResource" => tag_resource,
        "UntagResource" => untag_resource,
        "ListTagsOfResource" => list_tags_of_resource,
        "SearchVectors" => search_vectors,
    )
}

pub(super) fn read<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, DynoxideError> {
    serde_json::from_slice(body).map_err(|error| refusal(&error.to_string()))
}

pub(super) fn write(answer: &impl serde::Serialize) -> Result<String, DynoxideError> {
    serde_json::to_string(answer).map_err(|error| DynoxideError::InternalServerError(error.to_string()))
}

/// The refusal of a body that cannot be read. The engine marks in the message which class of error it is.
fn refusal(message: &str) -> DynoxideError {
    type Refuse = fn(String) -> DynoxideError;
    const MARKERS: [(&str, Refuse); 5] = [
        ("SERIALIZATION_AS_READ:", DynoxideError::SerializationException),
        ("VALIDATION_AS_READ:", DynoxideError::ValidationException),
        ("SERIALIZATION:", DynoxideError::SerializationException),
        ("VALIDATION_REQUEST:", DynoxideError::EnvelopedValidation),
        ("VALIDATION:", DynoxideError::ValidationException),
    ];
    const VALIDATION: [&str; 4] = ["missing field", "unknown variant", "invalid type: null", "AttributeValue"];
    let placeless = message.rfind(" at line ").and_then(|end| message.get(..end)).unwrap_or(message);
    for (marker, refuse) in MARKERS {
        if let Some(plain) = placeless.strip_prefix(marker) {
            return refuse(plain.to_owned());
        }
    }
    if VALIDATION.iter().any(|sign| placeless.contains(sign)) {
        DynoxideError::ValidationException(placeless.to_owned())
    } else {
        DynoxideError::SerializationException(placeless.to_owned())
    }
}
