//! The other end of an SDK client in this process: what a request asks for, and a response in the shape of DynamoDB's.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;

/// A client of the SDK that sends its requests here, signed with credentials that nobody checks.
pub(crate) fn client_over(http_client: SharedHttpClient) -> Client {
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::from_static("us-east-1"))
        .endpoint_url("http://embedded.invalid")
        .credentials_provider(Credentials::new("embedded", "embedded", None, None, "embedded"))
        .http_client(http_client)
        .build();
    Client::from_conf(config)
}

/// The name of the operation that a request is for; empty if it is none of DynamoDB's.
pub(crate) fn operation_of(request: &HttpRequest) -> &str {
    match request.headers().get("x-amz-target").and_then(|target| target.split_once('.')) {
        Some(("DynamoDB_20120810" | "DynamoDBStreams_20120810", operation)) => operation,
        _ => "",
    }
}

/// A response with DynamoDB's headers, length and checksum among them.
pub(crate) fn http_response(status: u16, json: Bytes, request_id: String) -> Result<HttpResponse, BoxError> {
    let checksum = crc32fast::hash(&json);
    let length = json.len();
    let mut response = HttpResponse::new(StatusCode::try_from(status)?, SdkBody::from(json));
    let headers = response.headers_mut();
    headers.try_insert("content-type", "application/x-amz-json-1.0")?;
    headers.try_insert("content-length", length.to_string())?;
    headers.try_insert("x-amz-crc32", checksum.to_string())?;
    headers.try_insert("x-amzn-requestid", request_id)?;
    Ok(response)
}
