//! Why a request was throttled.

use serde_json::Value;

use super::Refusal;

/// One reason why a request was throttled.
///
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ThrottlingReason.html>
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ThrottlingReason {
    /// AWS's word for it, such as `TableWriteKeyRangeThroughputExceeded`.
    pub reason: Box<str>,
    /// The ARN of the table or index.
    pub resource: Box<str>,
}

impl ThrottlingReason {
    /// True if one range of keys has more load than a partition takes: other keys of the table may still be free.
    #[must_use]
    pub fn is_hot_key_range(&self) -> bool {
        self.reason.ends_with("KeyRangeThroughputExceeded")
    }

    /// True if the account's limit is reached, so that other tables are throttled as well.
    #[must_use]
    pub fn is_account(&self) -> bool {
        self.reason.ends_with("AccountLimitExceeded")
    }

    /// The index whose capacity is used up; `None` for the table's own.
    #[must_use]
    pub fn index(&self) -> Option<&str> {
        self.resource.split_once("/index/").map(|(_, index)| index)
    }
}

impl Refusal {
    /// Why the request was throttled; empty if it was not, or if DynamoDB does not say.
    #[must_use]
    pub fn throttling_reasons(&self) -> Vec<ThrottlingReason> {
        let body: Value = serde_json::from_slice(&self.failure.body).unwrap_or_default();
        let reasons = body.get("ThrottlingReasons").and_then(Value::as_array);
        reasons.into_iter().flatten().filter_map(reason).collect()
    }
}

fn reason(reason: &Value) -> Option<ThrottlingReason> {
    let text = |name| reason.get(name).and_then(Value::as_str);
    Some(ThrottlingReason { reason: text("reason")?.into(), resource: text("resource").unwrap_or_default().into() })
}
