//! The engine as the other end of an SDK client.

use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;

use super::Embedded;

impl Embedded {
    /// A client of the SDK whose requests this engine answers, in this process and without a socket.
    #[must_use]
    pub fn sdk_client(&self) -> aws_sdk_dynamodb::Client {
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::v2026_01_12())
            .region(Region::from_static("us-east-1"))
            .endpoint_url("http://embedded.invalid")
            .credentials_provider(Credentials::new("embedded", "embedded", None, None, "embedded"))
            .http_client(self.http_client())
            .build();
        aws_sdk_dynamodb::Client::from_conf(config)
    }

    /// A client of the SDK for the streams of this engine's tables.
    #[cfg(feature = "streams")]
    #[must_use]
    pub fn sdk_streams_client(&self) -> aws_sdk_dynamodbstreams::Client {
        let config = aws_sdk_dynamodbstreams::Config::builder()
            .behavior_version(BehaviorVersion::v2026_01_12())
            .region(Region::from_static("us-east-1"))
            .endpoint_url("http://embedded.invalid")
            .credentials_provider(Credentials::new("embedded", "embedded", None, None, "embedded"))
            .http_client(self.http_client())
            .build();
        aws_sdk_dynamodbstreams::Client::from_conf(config)
    }

    /// The engine as the HTTP client of any SDK client.
    #[must_use]
    pub fn http_client(&self) -> SharedHttpClient {
        let connector = SharedHttpConnector::new(Connector(self.clone()));
        http_client_fn(move |_, _| connector.clone())
    }
}

#[derive(Debug)]
struct Connector(Embedded);

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let engine = self.0.clone();
        HttpConnectorFuture::new(async move {
            let answer = engine.run(move |engine| answer(engine, &request)).await;
            answer.map_err(|stopped| ConnectorError::io(stopped.into()))?
        })
    }
}

fn answer(engine: &Embedded, request: &HttpRequest) -> Result<HttpResponse, ConnectorError> {
    let target = request.headers().get("x-amz-target").unwrap_or_default();
    let operation = match target.split_once('.') {
        Some(("DynamoDB_20120810" | "DynamoDBStreams_20120810", operation)) => operation,
        // No operation has an empty name, so the engine says that it does not know it.
        _ => "",
    };
    let Some(body) = request.body().bytes() else {
        return Err(ConnectorError::user("the embedded engine takes no streamed request".into()));
    };
    let (status, json) = engine.call(operation, body);
    response(engine, status, json).map_err(ConnectorError::user)
}

fn response(
    engine: &Embedded,
    status: u16,
    json: Bytes,
) -> Result<HttpResponse, Box<dyn core::error::Error + Send + Sync>> {
    let checksum = crc32fast::hash(&json);
    let length = json.len();
    let mut response = HttpResponse::new(StatusCode::try_from(status)?, SdkBody::from(json));
    let headers = response.headers_mut();
    headers.try_insert("content-type", "application/x-amz-json-1.0")?;
    headers.try_insert("content-length", length.to_string())?;
    headers.try_insert("x-amz-crc32", checksum.to_string())?;
    headers.try_insert("x-amzn-requestid", engine.next_request_id().into_string())?;
    Ok(response)
}
