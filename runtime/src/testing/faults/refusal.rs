//! The error answers that are made up: what DynamoDB says when it refuses.

use bytes::Bytes;
use serde_json::{Value, json};

use super::facts::{Facts, set};
use super::fault::{Cancellation, Refused, Throttle};
use crate::{Failure, ServiceFailure};

impl Refused {
    /// DynamoDB's code.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::ProvisionedThroughputExceeded(_) => "ProvisionedThroughputExceededException",
            Self::Throttling(_) => "ThrottlingException",
            Self::RequestLimitExceeded(_) => "RequestLimitExceeded",
            Self::TransactionConflict => "TransactionConflictException",
            Self::TransactionInProgress => "TransactionInProgressException",
            Self::ExpiredCredentials => "ExpiredTokenException",
            Self::ClockSkew => "InvalidSignatureException",
            Self::ExpiredIterator => "ExpiredIteratorException",
            Self::TrimmedData => "TrimmedDataAccessException",
        }
    }

    const fn message(self) -> &'static str {
        match self {
            Self::ProvisionedThroughputExceeded(_) => "The level of configured provisioned throughput was exceeded.",
            Self::Throttling(_) => "Throughput exceeds the current capacity of your table or index.",
            Self::RequestLimitExceeded(_) => "Throughput exceeds the current throughput limit for your account.",
            Self::TransactionConflict => "Transaction is ongoing for the item",
            Self::TransactionInProgress => "The transaction with the given request token is already in progress.",
            Self::ExpiredCredentials => "The security token included in the request is expired",
            Self::ClockSkew => "Signature expired: it is now earlier than the time of the request less 5 min.",
            Self::ExpiredIterator => "Iterator expired.",
            Self::TrimmedData => "The data you are trying to access has been trimmed.",
        }
    }

    const fn throttle(self) -> Option<Throttle> {
        match self {
            Self::ProvisionedThroughputExceeded(throttle)
            | Self::Throttling(throttle)
            | Self::RequestLimitExceeded(throttle) => Some(throttle),
            _ => None,
        }
    }
}

/// The failure of a refused request.
pub(super) fn refused(refused: Refused, facts: &Facts) -> Failure {
    let mut body = error(refused.code(), refused.message());
    if let Some(throttle) = refused.throttle() {
        set(&mut body, "ThrottlingReasons", json!([throttling_reason(throttle, facts)]));
    }
    service(400, &body)
}

/// `TableWriteKeyRangeThroughputExceeded` and the like, with the resource's ARN.
fn throttling_reason(throttle: Throttle, facts: &Facts) -> Value {
    let index = facts.body.get("IndexName").and_then(Value::as_str);
    let resource = if index.is_some() { "Index" } else { "Table" };
    let access = if facts.operation.is_read() { "Read" } else { "Write" };
    let what = match throttle {
        Throttle::Provisioned => "ProvisionedThroughputExceeded",
        Throttle::OnDemandMaximum => "MaxOnDemandThroughputExceeded",
        Throttle::KeyRange => "KeyRangeThroughputExceeded",
        Throttle::Account => "AccountLimitExceeded",
    };
    let table = facts.tables.split(',').next().unwrap_or_default();
    let within = index.map_or_else(String::new, |index| format!("/index/{index}"));
    let arn = format!("arn:aws:dynamodb:us-east-1:123456789012:table/{table}{within}");
    json!({ "reason": format!("{resource}{access}{what}"), "resource": arn })
}

/// The failure of a cancelled transaction: the actions of the mask have the reason, the others none.
pub(super) fn cancelled(reason: Cancellation, mask: u64, facts: &Facts) -> Failure {
    let code = |place: usize| if in_mask(mask, place) { reason.code() } else { "None" };
    let codes: Vec<&str> = (0..facts.actions()).map(code).collect();
    let reasons: Vec<Value> = codes
        .iter()
        .map(
            |code| {
                if *code == "None" { json!({ "Code": code }) } else { json!({ "Code": code, "Message": "scripted" }) }
            },
        )
        .collect();
    let message =
        format!("Transaction cancelled, please refer cancellation reasons for specific reasons [{}]", codes.join(", "));
    let mut body = error("TransactionCanceledException", &message);
    set(&mut body, "CancellationReasons", reasons);
    service(400, &body)
}

/// The failure of a status that says nothing about what was applied.
pub(super) fn server_error(status: u16, code: &str) -> Failure {
    service(status, &error(code, "scripted"))
}

/// The failure of a page of HTML, which something on the way to DynamoDB answered with.
pub(super) fn bad_gateway() -> Failure {
    Failure::Service(ServiceFailure::from_body(502, Bytes::from_static(BAD_GATEWAY), None))
}

const BAD_GATEWAY: &[u8] = b"<html><body><h1>502 Bad Gateway</h1></body></html>";

fn error(code: &str, message: &str) -> Value {
    json!({ "__type": format!("com.amazonaws.dynamodb.v20120810#{code}"), "message": message })
}

fn service(status: u16, body: &Value) -> Failure {
    let body = Bytes::from(body.to_string());
    Failure::Service(ServiceFailure::from_body(status, body, Some("FAULT".into())))
}

/// True if the bit of this place is set, counted again from the first after 64.
pub(super) const fn in_mask(mask: u64, place: usize) -> bool {
    mask >> (place % 64) & 1 == 1
}
