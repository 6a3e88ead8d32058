//! The tables of a local DynamoDB, and some items of each.

use serde_json::{Value, json};

use crate::observed::{Endpoint, elements, text};

/// What a server says of its tables, as text that [`structs`](super::structs) reads.
pub(super) struct Live {
    pub(super) tables: String,
    /// The items of each table, an item a line.
    pub(super) items: Vec<(String, String)>,
}

/// Asks a server for the tables whose names begin with the prefix, or for those of these names, and for at most so many items
/// of each.
pub(super) fn ask(endpoint: &Endpoint, prefix: &str, only: &[String], sample: usize) -> Result<Live, String> {
    let mut live = Live { tables: String::new(), items: Vec::new() };
    for name in names(endpoint)? {
        let of_code = name.strip_prefix(prefix).unwrap_or_default();
        if of_code.is_empty() || !(only.is_empty() || only.iter().any(|only| *only == name || only == of_code)) {
            continue;
        }
        let described = call(endpoint, "DescribeTable", &json!({ "TableName": name }))?;
        let arn = described.get("Table").and_then(|table| text(table, "TableArn")).map(str::to_owned);
        live.tables.push_str(&format!("{described}\n"));
        let further = ["DescribeTimeToLive", "DescribeContinuousBackups"]
            .map(|operation| (operation, json!({ "TableName": name })));
        let tags = arn.map(|arn| ("ListTagsOfResource", json!({ "ResourceArn": arn })));
        for (operation, request) in further.into_iter().chain(tags) {
            // Some servers know tables, and not everything that AWS knows of them.
            if let (200, answer) = endpoint.call(operation, &request)? {
                live.tables.push_str(&format!("{answer}\n"));
            }
        }
        let items: String = items(endpoint, &name, sample)?.iter().map(|item| format!("{item}\n")).collect();
        live.items.push((name, items));
    }
    Ok(live)
}

fn names(endpoint: &Endpoint) -> Result<Vec<String>, String> {
    let mut names: Vec<String> = Vec::new();
    let mut start: Option<String> = None;
    loop {
        let request = match &start {
            Some(start) => json!({ "ExclusiveStartTableName": start }),
            None => json!({}),
        };
        let answer = call(endpoint, "ListTables", &request)?;
        names.extend(elements(answer.get("TableNames")).filter_map(Value::as_str).map(str::to_owned));
        match text(&answer, "LastEvaluatedTableName") {
            Some(last) if start.as_deref() != Some(last) => start = Some(last.to_owned()),
            _ => return Ok(names),
        }
    }
}

/// The first items that a scan finds.
fn items(endpoint: &Endpoint, table: &str, sample: usize) -> Result<Vec<Value>, String> {
    let mut items: Vec<Value> = Vec::new();
    let mut start = Value::Null;
    while items.len() < sample {
        let mut request = json!({ "TableName": table, "Limit": sample - items.len() });
        if let (false, Some(members)) = (start.is_null(), request.as_object_mut()) {
            members.insert("ExclusiveStartKey".to_owned(), start);
        }
        let answer = call(endpoint, "Scan", &request)?;
        items.extend(elements(answer.get("Items")).cloned());
        start = answer.get("LastEvaluatedKey").cloned().unwrap_or_default();
        if start.is_null() {
            break;
        }
    }
    Ok(items)
}

fn call(endpoint: &Endpoint, operation: &str, request: &Value) -> Result<Value, String> {
    let (status, answer) = endpoint.call(operation, request)?;
    if status == 200 {
        return Ok(answer);
    }
    let kind = text(&answer, "__type").unwrap_or_default();
    Err(format!("{operation} is answered with status {status} {kind}"))
}
