//! Pages that end earlier than they need to.

use bytes::Bytes;
use serde_json::{Value, json};

use super::facts::{Facts, set};
use crate::Response;

/// The body of a query or scan that reads no more than this many items.
pub(super) fn shortened(facts: &Facts, items: u32) -> Bytes {
    let mut body = facts.body.clone();
    let asked = body.get("Limit").and_then(Value::as_u64).unwrap_or(u64::MAX);
    set(&mut body, "Limit", asked.min(u64::from(items.max(1))));
    Bytes::from(body.to_string())
}

/// A page without items that goes on where the request began.
pub(super) fn empty(facts: &Facts) -> Response {
    let mut page = json!({ "Count": 0, "ScannedCount": 0, "LastEvaluatedKey": facts.body.get("ExclusiveStartKey") });
    if facts.body.get("Select").and_then(Value::as_str) != Some("COUNT") {
        set(&mut page, "Items", json!([]));
    }
    Response { body: Bytes::from(page.to_string()), request_id: Some("FAULT".into()), attempts: 1 }
}
