//! From a request over HTTP to the engine and back.

use core::convert::Infallible;
use core::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::{Body as _, Incoming};
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use tablewright::testing::Embedded;

use super::answer;
use super::server::Log;

/// More than the 16 MB of the largest request.
const MAX_BODY: usize = 32 << 20;

/// What the server says of itself to those who ask for nothing.
const HELLO: &[u8] = br#"{"server":"tablewright"}"#;

/// Answers requests, each as DynamoDB would.
pub(super) struct Responder {
    engine: Embedded,
    log: Option<Log>,
    /// True if only this machine reaches the server.
    is_local: bool,
    requests: AtomicU64,
}

impl Responder {
    pub(super) fn new(engine: Embedded, log: Option<Log>, is_local: bool) -> Self {
        Self { engine, log, is_local, requests: AtomicU64::new(1) }
    }

    /// Answers one request. What cannot be read of it is answered too, as long as its connection stands.
    pub(super) async fn respond(
        self: Arc<Self>,
        request: Request<Incoming>,
    ) -> Result<Response<Full<Bytes>>, Infallible> {
        let id = self.requests.fetch_add(1, Ordering::Relaxed);
        let (status, body) = self.answer(request).await.unwrap_or_else(|refused| refused);
        Ok(response(status, body, id))
    }

    async fn answer(self: Arc<Self>, request: Request<Incoming>) -> Result<Answer, Answer> {
        if self.is_local && !names_this_machine(request.headers()) {
            return Err(refusal(
                StatusCode::FORBIDDEN,
                "AccessDeniedException",
                "the Host header names another machine",
            ));
        }
        match *request.method() {
            Method::POST => {}
            Method::GET | Method::HEAD => return Ok((StatusCode::OK, Bytes::from_static(HELLO))),
            _ => {
                let why = "an operation is asked for with POST";
                return Err(refusal(StatusCode::METHOD_NOT_ALLOWED, "UnknownOperationException", why));
            }
        }
        let target = request.headers().get("x-amz-target").and_then(|target| target.to_str().ok());
        let operation = target.and_then(|target| target.rsplit('.').next()).unwrap_or_default().to_owned();
        let body = read(request.into_body()).await?;
        // The engine blocks while it works, and other connections are served meanwhile.
        let called = tokio::task::spawn_blocking(move || self.call(&operation, &body)).await;
        let stopped = |_| refusal(StatusCode::INTERNAL_SERVER_ERROR, "InternalServerError", "the server is ending");
        called.map_err(stopped)
    }

    fn call(&self, operation: &str, body: &[u8]) -> Answer {
        let (status, answer) = match &self.log {
            None => self.engine.call(operation, body),
            Some(log) => {
                let (status, answer, line) = answer::measured(&self.engine, operation, body);
                log(&line);
                (status, answer)
            }
        };
        (StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), answer)
    }
}

type Answer = (StatusCode, Bytes);

/// The whole body, which the client may have been waiting to send.
async fn read(body: Incoming) -> Result<Bytes, Answer> {
    let too_long = || refusal(StatusCode::PAYLOAD_TOO_LARGE, "SerializationException", "the body is too long");
    if usize::try_from(body.size_hint().lower()).is_ok_and(|length| length > MAX_BODY) {
        return Err(too_long());
    }
    match Limited::new(body, MAX_BODY).collect().await {
        Ok(read) => Ok(read.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(too_long()),
        Err(_) => Err(refusal(StatusCode::BAD_REQUEST, "SerializationException", "the body cannot be read")),
    }
}

fn refusal(status: StatusCode, kind: &str, why: &str) -> Answer {
    (status, serde_json::json!({ "__type": kind, "message": why }).to_string().into())
}

/// An answer in DynamoDB's JSON.
fn response(status: StatusCode, body: Bytes, id: u64) -> Response<Full<Bytes>> {
    let checksum = crc32fast::hash(&body);
    let mut response = Response::new(Full::new(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-amz-json-1.0"));
    headers.insert("x-amz-crc32", HeaderValue::from(checksum));
    if let Ok(id) = HeaderValue::try_from(format!("LOCAL{id:015}")) {
        headers.insert("x-amzn-requestid", id);
    }
    response
}

/// True if a browser cannot have been led here by a name that somebody else gives: an address, or `localhost`.
fn names_this_machine(headers: &HeaderMap) -> bool {
    headers.get_all(header::HOST).iter().all(|host| host.to_str().is_ok_and(is_of_this_machine))
}

fn is_of_this_machine(host: &str) -> bool {
    let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
    let name = name.map_or(host, |(name, _)| name);
    let address = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    address.is_empty() || address.eq_ignore_ascii_case("localhost") || address.parse::<IpAddr>().is_ok()
}

impl fmt::Debug for Responder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Responder").field("engine", &self.engine).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::is_of_this_machine;

    #[test]
    fn a_name_that_somebody_else_gives_is_not_this_machine() {
        for host in ["localhost:8000", "127.0.0.1:8000", "[::1]:8000", "127.0.0.1", ""] {
            assert!(is_of_this_machine(host), "{host}");
        }
        for host in ["evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example"] {
            assert!(!is_of_this_machine(host), "{host}");
        }
    }
}
