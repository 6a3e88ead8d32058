//! How one attempt ended, and whether it can have been applied.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::Error;
use aws_smithy_runtime_api::client::orchestrator::OrchestratorError;
use aws_smithy_runtime_api::client::result::ConnectorError;

use super::cause;
use crate::exec::{Failure, ServiceFailure};

/// How an attempt ended that did not succeed.
#[derive(Debug)]
pub(super) enum Ending {
    /// Nothing was sent.
    NotSent,
    /// DynamoDB answered with an error.
    Refused(ServiceFailure),
    /// No answer came in time.
    TimedOut,
    /// The connection broke.
    ConnectionLost,
    /// The answer is damaged.
    Corrupt(&'static str),
}

impl Ending {
    /// How an attempt ended that was sent, if `sent`, and got no answer.
    pub(super) fn without_answer(sent: bool, error: Option<&OrchestratorError<Error>>) -> Self {
        let Some(error) = error.filter(|_| sent) else {
            return if sent { Self::ConnectionLost } else { Self::NotSent };
        };
        match error.as_connector_error() {
            Some(connector) if never_connected(connector) => Self::NotSent,
            Some(connector) if connector.is_timeout() => Self::TimedOut,
            Some(_) => Self::ConnectionLost,
            None if error.is_timeout_error() => Self::TimedOut,
            None => Self::ConnectionLost,
        }
    }

    /// True if it is certain that the attempt changed nothing.
    pub(super) fn is_decided(&self) -> bool {
        match self {
            Self::NotSent => true,
            Self::Refused(failure) => failure.is_decided(),
            Self::TimedOut | Self::ConnectionLost | Self::Corrupt(_) => false,
        }
    }

    /// The failure, with what the SDK reported at the end of the call.
    pub(super) fn into_failure(self, reported: &BoxError) -> Failure {
        match self {
            Self::NotSent => Failure::NotSent(cause::of_unsent(reported)),
            Self::Refused(failure) => Failure::Service(failure),
            Self::TimedOut => Failure::TimedOut,
            Self::ConnectionLost => Failure::ConnectionLost(cause::of_loss(reported)),
            Self::Corrupt(what) => Failure::Corrupt(what),
        }
    }
}

/// True if the connection was refused, or could not be opened for another reason.
fn never_connected(error: &ConnectorError) -> bool {
    let mut cause = core::error::Error::source(error);
    while let Some(error) = cause {
        let refused = error
            .downcast_ref::<std::io::Error>()
            .is_some_and(|error| error.kind() == std::io::ErrorKind::ConnectionRefused);
        // The HTTP client's error type is not part of the SDK's interface, its text is the same since years.
        if refused || error.to_string() == "client error (Connect)" {
            return true;
        }
        cause = error.source();
    }
    false
}
