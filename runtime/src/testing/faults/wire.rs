//! Faults as they happen to HTTP responses, on the other end of an SDK client.

use core::pin::Pin;
use core::task::{Context, Poll};
use std::io;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;

use super::Faults;
use super::fault::Loss;
use super::refusal::{bad_gateway, server_error};
use super::run::{Outcome, run};
use crate::exec::aws::{client_over, http_response, operation_of};
use crate::{Failure, Operation, Request, Response};

impl Faults {
    /// A client of the SDK whose requests go through these faults, in this process and without a socket.
    ///
    /// Each attempt of the SDK is one request here. [`Dynamo::builder().client(…)`](crate::DynamoBuilder::client) makes a
    /// handle of it.
    #[must_use]
    pub fn sdk_client(&self) -> aws_sdk_dynamodb::Client {
        client_over(self.http_client())
    }

    /// The faults as the HTTP client of any SDK client.
    #[must_use]
    pub fn http_client(&self) -> SharedHttpClient {
        let connector = SharedHttpConnector::new(Connector(self.clone()));
        http_client_fn(move |_, _| connector.clone())
    }
}

#[derive(Debug)]
struct Connector(Faults);

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let faults = self.0.clone();
        HttpConnectorFuture::new(async move { faults.answer(&request).await })
    }
}

impl Faults {
    async fn answer(&self, request: &HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let (Some(operation), Some(body)) = (Operation::of_name(operation_of(request)), request.body().bytes()) else {
            return Err(ConnectorError::user(
                "faults take no streamed request, and only operations of the runtime".into(),
            ));
        };
        let body = Bytes::copy_from_slice(body);
        let (outcome, open) = run(&self.0, Request { operation, table: "".into(), body }).await;
        let answer = match outcome {
            Outcome::Answer(answer) => http(answer),
            // The request stays open until the caller gives up and drops it.
            Outcome::Lost(Loss::Hang, _) => core::future::pending().await,
            Outcome::Lost(loss, lost) => damaged(loss, lost),
        };
        open.end();
        answer
    }
}

/// A sound answer or an error of DynamoDB, as a response.
fn http(answer: Result<Response, Failure>) -> Result<HttpResponse, ConnectorError> {
    let (status, body, id) = match answer {
        Ok(Response { body, request_id, .. }) => (200, body, request_id),
        Err(Failure::Service(failure)) => (failure.status, failure.body, failure.request_id),
        Err(Failure::TimedOut) => return Err(ConnectorError::timeout(io::Error::from(io::ErrorKind::TimedOut).into())),
        Err(other) => return Err(ConnectorError::io(other.to_string().into())),
    };
    respond(status, body, id)
}

fn respond(status: u16, body: Bytes, id: Option<Box<str>>) -> Result<HttpResponse, ConnectorError> {
    http_response(status, body, id.unwrap_or_default().into_string()).map_err(ConnectorError::user)
}

fn damaged(loss: Loss, lost: Result<Response, Failure>) -> Result<HttpResponse, ConnectorError> {
    // What would have come back is a refusal as often as a success.
    let sound = http(lost)?;
    let status = sound.status();
    let whole = sound.body().bytes().map(Bytes::copy_from_slice).unwrap_or_default();
    let damaged = |body: SdkBody| {
        let mut response = respond(status.as_u16(), whole.clone(), Some("FAULT".into()))?;
        *response.body_mut() = body;
        Ok(response)
    };
    // The checksum and the length stay those of the whole body.
    match loss {
        Loss::InternalServerError => http(Err(server_error(500, "InternalServerError"))),
        Loss::ServiceUnavailable => http(Err(server_error(503, "ServiceUnavailable"))),
        Loss::BadGateway => without_checksum(http(Err(bad_gateway()))?),
        Loss::Reset | Loss::Hang => Err(ConnectorError::io(io::Error::from(io::ErrorKind::ConnectionReset).into())),
        Loss::BodyError => damaged(Pieces::body(&whole, End::Breaks)),
        Loss::Stall => damaged(Pieces::body(&whole, End::Stalls)),
        Loss::Truncated => damaged(whole.slice(..whole.len() / 2).into()),
        Loss::Empty => damaged(SdkBody::empty()),
        Loss::NotJson => without_checksum(damaged("<html>not what was sent</html>".into())?),
        Loss::WrongChecksum => {
            let mut response = damaged(whole.clone().into())?;
            let wrong = (!crc32fast::hash(&whole)).to_string();
            response
                .headers_mut()
                .try_insert("x-amz-crc32", wrong)
                .map_err(|error| ConnectorError::user(error.into()))?;
            Ok(response)
        }
        Loss::FlippedByte => damaged(flipped(&whole).into()),
    }
}

/// A response of something on the way, which knows nothing of DynamoDB's headers.
fn without_checksum(mut response: HttpResponse) -> Result<HttpResponse, ConnectorError> {
    response.headers_mut().remove("x-amz-crc32");
    response.headers_mut().remove("content-length");
    Ok(response)
}

/// The body with one bit of its middle byte changed, so that a digit becomes another digit.
fn flipped(body: &Bytes) -> Bytes {
    let mut bytes = body.to_vec();
    let digit = bytes.iter().position(u8::is_ascii_digit);
    let place = digit.unwrap_or(bytes.len() / 2);
    if let Some(byte) = bytes.get_mut(place) {
        *byte ^= 1;
    }
    bytes.into()
}

/// A body that comes in pieces and does not come to its end.
struct Pieces {
    first: Option<Bytes>,
    end: End,
}

#[derive(Clone, Copy)]
enum End {
    Breaks,
    Stalls,
}

impl Pieces {
    fn body(whole: &Bytes, end: End) -> SdkBody {
        SdkBody::from_body_1_x(Self { first: Some(whole.slice(..whole.len() / 2)), end })
    }
}

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, BoxError>>> {
        match (self.first.take(), self.end) {
            (Some(piece), _) => Poll::Ready(Some(Ok(http_body::Frame::data(piece)))),
            (None, End::Breaks) => Poll::Ready(Some(Err(io::Error::from(io::ErrorKind::UnexpectedEof).into()))),
            (None, End::Stalls) => Poll::Pending,
        }
    }
}
