//! An HTTP client of the SDK that plays a script.

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;

/// What happens to one request.
pub enum Play {
    /// This response comes.
    Reply(Box<HttpResponse>),
    /// Nothing ever comes.
    Hang,
    /// The connection breaks after the request was sent.
    Break,
    /// The connection is refused.
    Refuse,
}

/// The script, and the requests that came.
#[derive(Clone, Default, Debug)]
pub struct Canned(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    script: VecDeque<Play>,
    seen: Vec<Seen>,
}

/// A request that came.
#[derive(Clone, Debug)]
pub struct Seen {
    pub method: String,
    pub uri: String,
    pub headers: Vec<(String, String)>,
    pub body: Bytes,
}

impl Seen {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.as_str())
    }
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "State({} to play)", self.script.len())
    }
}

/// A response with this status and body and its checksum.
pub fn reply(status: u16, body: &str) -> Play {
    let checksum = crc32(body.as_bytes()).to_string();
    play(response(status, SdkBody::from(body), &[("x-amz-crc32", &checksum)]))
}

/// A response without a checksum, as some servers give it.
pub fn reply_without_checksum(status: u16, body: &str) -> Play {
    play(response(status, SdkBody::from(body), &[]))
}

/// A refusal of DynamoDB.
pub fn refusal(status: u16, code: &str) -> Play {
    reply(status, &format!(r#"{{"__type":"com.amazonaws.dynamodb.v20120810#{code}","message":"scripted"}}"#))
}

/// A response as it is.
pub fn play(response: HttpResponse) -> Play {
    Play::Reply(Box::new(response))
}

pub fn response(status: u16, body: SdkBody, headers: &[(&'static str, &str)]) -> HttpResponse {
    let mut response = HttpResponse::new(status.try_into().unwrap(), body);
    response.headers_mut().insert("content-type", "application/x-amz-json-1.0");
    response.headers_mut().insert("x-amzn-requestid", "REQUEST1");
    for (name, value) in headers {
        response.headers_mut().insert(*name, (*value).to_owned());
    }
    response
}

/// The checksum of zip files and of Ethernet, which `x-amz-crc32` holds.
pub fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg()))
    })
}

impl Canned {
    pub fn new(script: impl IntoIterator<Item = Play>) -> Self {
        let canned = Self::default();
        canned.0.lock().unwrap().script.extend(script);
        canned
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.0.lock().unwrap().seen.clone()
    }

    /// A client of the SDK that plays the script.
    pub fn client(&self) -> aws_sdk_dynamodb::Client {
        let connector = SharedHttpConnector::new(self.clone());
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("eu-central-1"))
            .credentials_provider(Credentials::new("key", "secret", None, None, "test"))
            .http_client(http_client_fn(move |_, _| connector.clone()))
            .build();
        aws_sdk_dynamodb::Client::from_conf(config)
    }

    /// A client of the SDK for streams that plays the script.
    pub fn streams_client(&self) -> aws_sdk_dynamodbstreams::Client {
        let connector = SharedHttpConnector::new(self.clone());
        let config = aws_sdk_dynamodbstreams::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("eu-central-1"))
            .credentials_provider(Credentials::new("key", "secret", None, None, "test"))
            .http_client(http_client_fn(move |_, _| connector.clone()))
            .build();
        aws_sdk_dynamodbstreams::Client::from_conf(config)
    }
}

impl HttpConnector for Canned {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let mut state = self.0.lock().unwrap();
        state.seen.push(Seen {
            method: request.method().to_owned(),
            uri: request.uri().to_owned(),
            headers: request.headers().iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            body: Bytes::copy_from_slice(request.body().bytes().expect("the body is in memory")),
        });
        let broken = |kind| ConnectorError::io(io::Error::new(kind, "scripted").into());
        match state.script.pop_front().expect("the script has a play for each request") {
            Play::Reply(response) => HttpConnectorFuture::ready(Ok(*response)),
            Play::Hang => HttpConnectorFuture::new(async {
                tokio::time::sleep(Duration::from_secs(3600)).await;
                Err(ConnectorError::other("an hour passed".into(), None))
            }),
            Play::Break => HttpConnectorFuture::ready(Err(broken(io::ErrorKind::ConnectionReset))),
            Play::Refuse => HttpConnectorFuture::ready(Err(broken(io::ErrorKind::ConnectionRefused))),
        }
    }
}

/// A body that comes in pieces, as from a socket, and breaks off after `end` bytes if that is less than all.
pub fn pieces(body: &str, size: usize, end: Option<usize>) -> SdkBody {
    SdkBody::from_body_1_x(Pieces { rest: Bytes::copy_from_slice(body.as_bytes()), size, end })
}

struct Pieces {
    rest: Bytes,
    size: usize,
    end: Option<usize>,
}

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = io::Error;
    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Bytes>, io::Error>>> {
        use std::task::Poll;
        if self.end == Some(0) {
            return Poll::Ready(Some(Err(io::ErrorKind::ConnectionReset.into())));
        }
        let size = self.size.min(self.rest.len()).min(self.end.unwrap_or(usize::MAX));
        if size == 0 {
            return Poll::Ready(None);
        }
        self.end = self.end.map(|end| end - size);
        Poll::Ready(Some(Ok(http_body::Frame::data(self.rest.split_to(size)))))
    }
}
