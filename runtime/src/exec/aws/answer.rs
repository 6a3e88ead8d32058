//! What an HTTP response says, and whether it came whole.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;

use crate::codec::Cursor;
use crate::exec::ServiceFailure;

/// What came back from one attempt.
#[derive(Debug)]
pub(super) enum Answer {
    /// The operation succeeded.
    Done {
        /// The answer's JSON.
        body: Bytes,
        /// AWS's id of the request.
        request_id: Option<Box<str>>,
    },
    /// DynamoDB, or something on the way to it, refused.
    Refused(ServiceFailure),
    /// The response is not what was sent.
    Corrupt(&'static str),
}

impl Answer {
    /// Reads a response whose body is in memory.
    pub(super) fn read(response: &HttpResponse) -> Self {
        let Some(body) = body_of(response.body()) else {
            return Self::Corrupt("the body was not read");
        };
        let headers = response.headers();
        let request_id = headers.get("x-amzn-requestid").map(Box::from);
        let length = headers.get("content-length").and_then(|length| length.parse::<usize>().ok());
        if length.is_some_and(|length| length != body.len()) {
            return Self::Corrupt("the body is not as long as its header says");
        }
        let checksum = headers.get("x-amz-crc32").and_then(|checksum| checksum.parse::<u32>().ok());
        if checksum.is_some_and(|checksum| checksum != crc32fast::hash(&body)) {
            return Self::Corrupt("the body does not have the checksum that its header says");
        }
        let status = response.status();
        if !status.is_success() {
            return Self::Refused(ServiceFailure::from_body(status.as_u16(), body, request_id));
        }
        // A body with the right checksum is what DynamoDB sent; without one, only reading it tells.
        match if checksum.is_some() { opens_an_object(&body) } else { whole_object(&body) } {
            Ok(()) => Self::Done { body, request_id },
            Err(what) => Self::Corrupt(what),
        }
    }
}

/// The body's bytes, shared with the response.
fn body_of(body: &SdkBody) -> Option<Bytes> {
    struct Shared(SdkBody);
    impl AsRef<[u8]> for Shared {
        fn as_ref(&self) -> &[u8] {
            self.0.bytes().unwrap_or_default()
        }
    }
    let bytes = body.bytes()?;
    Some(match body.try_clone() {
        Some(clone) if clone.bytes().is_some() => Bytes::from_owner(Shared(clone)),
        _ => Bytes::copy_from_slice(bytes),
    })
}

fn opens_an_object(body: &[u8]) -> Result<(), &'static str> {
    match body.trim_ascii_start().first() {
        Some(b'{') => Ok(()),
        Some(_) => Err("the body is not a JSON object"),
        None => Err("the body is empty"),
    }
}

fn whole_object(body: &[u8]) -> Result<(), &'static str> {
    opens_an_object(body)?;
    let read = Cursor::new(body).and_then(|mut cursor| {
        cursor.skip()?;
        cursor.end()
    });
    read.map_err(|_| "the body is not a whole JSON object")
}
