//! Why an executor has no answer.

use core::fmt;

use bytes::Bytes;

/// Why a request has no answer.
#[derive(Debug)]
#[non_exhaustive]
pub enum Failure {
    /// DynamoDB answered with an error.
    Service(ServiceFailure),
    /// The request was not sent: no credentials, no region, a name that does not resolve, a refused connection.
    NotSent(Box<dyn core::error::Error + Send + Sync>),
    /// The request was sent, and no answer came in time.
    TimedOut,
    /// The request was sent, and the connection broke before the whole answer came.
    ConnectionLost(Box<dyn core::error::Error + Send + Sync>),
    /// An answer came that is damaged: a wrong checksum, or a body that is empty or cut off.
    Corrupt(&'static str),
    /// The last attempt of a write was not applied, as this failure says, but an earlier one got no sound answer and
    /// may have been.
    Undecided(Box<Failure>),
}

/// An error that DynamoDB answered with.
///
/// `Debug` does not show the body: after a failed condition it holds the item.
#[derive(Clone)]
#[non_exhaustive]
pub struct ServiceFailure {
    /// The HTTP status.
    pub status: u16,
    /// The error's code, such as `ConditionalCheckFailedException`; empty if the body has none.
    pub code: Box<str>,
    /// The error's message, which may repeat a name that the request used.
    pub message: Box<str>,
    /// The answer's JSON.
    pub body: Bytes,
    /// AWS's id of the request, where there is one.
    pub request_id: Option<Box<str>>,
}

impl ServiceFailure {
    /// Reads the code and the message from the body of an error answer.
    #[must_use]
    pub fn from_body(status: u16, body: Bytes, request_id: Option<Box<str>>) -> Self {
        let shape = crate::codec::error_shape(&body);
        let [code, message] = [shape.code, shape.message].map(|text| text.unwrap_or_default().into());
        Self { status, code, message, body, request_id }
    }

    /// True if it is certain that the request changed nothing.
    pub(crate) fn is_decided(&self) -> bool {
        // An error without DynamoDB's code comes from something between, which may have passed the request on. A
        // transaction in progress is an earlier attempt of the same one, which may still succeed.
        self.status < 500 && !self.code.is_empty() && &*self.code != "TransactionInProgressException"
    }
}

impl fmt::Debug for ServiceFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceFailure")
            .field("status", &self.status)
            .field("code", &self.code)
            .field("request_id", &self.request_id)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Service(failure) if failure.code.is_empty() => {
                write!(f, "the answer has status {} and is not DynamoDB's", failure.status)
            }
            Self::Service(failure) => write!(f, "DynamoDB answered {}", failure.code),
            Self::NotSent(_) => f.write_str("the request was not sent"),
            Self::TimedOut => f.write_str("no answer came in time"),
            Self::ConnectionLost(_) => f.write_str("the connection broke before the whole answer came"),
            Self::Corrupt(what) => write!(f, "the answer is damaged: {what}"),
            Self::Undecided(last) => {
                write!(f, "an earlier attempt got no sound answer, and the last one failed: {last}")
            }
        }
    }
}

impl core::error::Error for Failure {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::NotSent(source) | Self::ConnectionLost(source) => Some(&**source),
            Self::Undecided(last) => last.source(),
            Self::Service(_) | Self::TimedOut | Self::Corrupt(_) => None,
        }
    }
}
