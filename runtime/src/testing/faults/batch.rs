//! Batches of which a part is left unprocessed.

use serde_json::{Map, Value, json};

use super::facts::{Facts, set};
use super::refusal::in_mask;

/// A batch in two: what is passed on, and what is answered as unprocessed.
#[derive(Debug, PartialEq)]
pub(super) struct Split {
    /// The request's body with what is processed; `None` if nothing is.
    pub(super) passed_on: Option<Value>,
    unprocessed: Map<String, Value>,
}

impl Split {
    /// Leaves those requests or keys unprocessed whose place in the whole batch is in the mask.
    pub(super) fn of(facts: &Facts, mask: u64) -> Self {
        let mut passed = Map::new();
        let mut unprocessed = Map::new();
        let mut place = 0;
        for (table, asked) in facts.body.get("RequestItems").and_then(Value::as_object).into_iter().flatten() {
            let (mut kept, mut left) = (Vec::new(), Vec::new());
            for request in requests(asked) {
                if in_mask(mask, place) {
                    left.push(request.clone());
                } else {
                    kept.push(request.clone());
                }
                place += 1;
            }
            for (requests, into) in [(kept, &mut passed), (left, &mut unprocessed)] {
                if !requests.is_empty() {
                    into.insert(table.clone(), with_requests(asked, requests));
                }
            }
        }
        let mut body = facts.body.clone();
        let any = !passed.is_empty();
        set(&mut body, "RequestItems", passed);
        Self { passed_on: any.then_some(body), unprocessed }
    }

    /// The answer with what is unprocessed, for an operation of this name.
    pub(super) fn answer(self, operation: &str, answered: &[u8]) -> Value {
        let member = if operation == "BatchGetItem" { "UnprocessedKeys" } else { "UnprocessedItems" };
        let mut answer = serde_json::from_slice(answered).unwrap_or_else(|_| json!({}));
        if operation == "BatchGetItem" && answer.get("Responses").is_none() {
            set(&mut answer, "Responses", json!({}));
        }
        let mut unprocessed = answer.get(member).and_then(Value::as_object).cloned().unwrap_or_default();
        for (table, asked) in self.unprocessed {
            let more = requests(&asked).to_vec();
            let all = match unprocessed.get(&table) {
                Some(before) => [requests(before).to_vec(), more].concat(),
                None => more,
            };
            let whole = with_requests(&asked, all);
            unprocessed.insert(table, whole);
        }
        set(&mut answer, member, unprocessed);
        answer
    }
}

/// The keys that are asked for in a table, or the writes to it.
fn requests(asked: &Value) -> &[Value] {
    asked.get("Keys").unwrap_or(asked).as_array().map_or(&[], Vec::as_slice)
}

/// What is asked of a table, with other keys or writes.
fn with_requests(asked: &Value, requests: Vec<Value>) -> Value {
    if asked.is_array() {
        return requests.into();
    }
    let mut asked = asked.clone();
    set(&mut asked, "Keys", requests);
    asked
}
