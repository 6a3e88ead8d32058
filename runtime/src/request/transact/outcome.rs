//! What a failed attempt of a transaction means.

use crate::codec::error_shape;
use crate::exec::{Failure, ServiceFailure};

/// What follows from a failed attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::request) struct Verdict {
    /// It is certain that the attempt changed nothing.
    pub(in crate::request) decided: bool,
    pub(in crate::request) next: Next,
}

/// What to do after a failed attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::request) enum Next {
    /// The answer would be the same.
    Stop,
    /// Only worth it if an earlier attempt may have been applied: its answer is there to be had.
    AgainIfUndecided,
    /// After a pause.
    Again,
    /// After a pause, when DynamoDB has had the time to finish an earlier attempt.
    AgainWhenFinished,
}

/// What a failed attempt means.
pub(in crate::request) fn judge(failure: &Failure) -> Verdict {
    match failure {
        Failure::Service(failure) => Verdict { decided: failure.is_decided(), next: next_after(failure) },
        Failure::NotSent(_) => Verdict { decided: true, next: Next::AgainIfUndecided },
        Failure::Undecided(last) => Verdict { decided: false, ..judge(last) },
        Failure::TimedOut | Failure::ConnectionLost(_) | Failure::Corrupt(_) => {
            Verdict { decided: false, next: Next::Again }
        }
    }
}

fn next_after(failure: &ServiceFailure) -> Next {
    match &*failure.code {
        "TransactionInProgressException" => Next::AgainWhenFinished,
        "TransactionCanceledException" if is_passing(failure) => Next::Again,
        "TransactionConflictException"
        | "ReplicatedWriteConflictException"
        | "ProvisionedThroughputExceededException"
        | "ThrottlingException"
        | "RequestLimitExceeded" => Next::Again,
        _ if failure.status >= 500 || failure.status == 429 || failure.code.is_empty() => Next::Again,
        _ => Next::Stop,
    }
}

/// True if every reason of a cancellation passes by itself: conflicts with other transactions, and throttling.
fn is_passing(failure: &ServiceFailure) -> bool {
    let shape = error_shape(&failure.body);
    let mut reasons = shape
        .reasons
        .iter()
        .map(|reason| reason.code.as_deref().unwrap_or_default())
        .filter(|code| *code != "None")
        .peekable();
    reasons.peek().is_some()
        && reasons
            .all(|code| matches!(code, "TransactionConflict" | "ThrottlingError" | "ProvisionedThroughputExceeded"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service(status: u16, code: &str, reasons: &[&str]) -> Failure {
        let reasons: Vec<String> = reasons.iter().map(|code| format!(r#"{{"Code":"{code}"}}"#)).collect();
        let body = format!(r#"{{"__type":"x#{code}","CancellationReasons":[{}]}}"#, reasons.join(","));
        Failure::Service(ServiceFailure::from_body(status, body.into(), None))
    }

    #[test]
    fn only_what_passes_by_itself_is_tried_again() {
        let cancelled = |reasons: &[&str]| judge(&service(400, "TransactionCanceledException", reasons)).next;
        assert_eq!(cancelled(&["None", "TransactionConflict"]), Next::Again);
        assert_eq!(cancelled(&["ThrottlingError", "ProvisionedThroughputExceeded"]), Next::Again);
        for lasting in
            ["ConditionalCheckFailed", "ItemCollectionSizeLimitExceeded", "ValidationError", "AccessDenied", ""]
        {
            assert_eq!(cancelled(&["TransactionConflict", lasting]), Next::Stop, "{lasting}");
        }
        assert_eq!(cancelled(&["None", "None"]), Next::Stop, "nothing says that it would pass");
        assert_eq!(cancelled(&[]), Next::Stop);
        assert_eq!(judge(&service(400, "ValidationException", &[])).next, Next::Stop);
        assert_eq!(judge(&service(400, "ThrottlingException", &[])).next, Next::Again);
        assert_eq!(judge(&service(429, "SomethingNew", &[])).next, Next::Again);
    }

    #[test]
    fn an_attempt_is_decided_only_if_dynamodb_says_so() {
        let decided = |failure: &Failure| judge(failure).decided;
        assert!(decided(&service(400, "TransactionCanceledException", &["ConditionalCheckFailed"])));
        assert!(decided(&service(400, "ThrottlingException", &[])));
        assert!(decided(&Failure::NotSent("scripted".into())));
        assert!(!decided(&service(400, "TransactionInProgressException", &[])));
        assert!(!decided(&service(500, "InternalServerError", &[])));
        assert!(!decided(&service(403, "", &[])), "something between may have passed the request on");
        for lost in [Failure::TimedOut, Failure::ConnectionLost("scripted".into()), Failure::Corrupt("scripted")] {
            assert_eq!(judge(&lost), Verdict { decided: false, next: Next::Again });
        }
        let masked = Failure::Undecided(Box::new(service(400, "ValidationException", &[])));
        assert_eq!(judge(&masked), Verdict { decided: false, next: Next::Stop });
    }
}
