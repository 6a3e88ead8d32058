//! The engine as the other end of an SDK client.

#[cfg(feature = "streams")]
use aws_sdk_dynamodbstreams::config::{BehaviorVersion, Credentials, Region};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;

use super::Embedded;
use crate::exec::aws::{client_over, http_response, operation_of};

impl Embedded {
    /// A client of the SDK whose requests this engine answers, in this process and without a socket.
    #[must_use]
    pub fn sdk_client(&self) -> aws_sdk_dynamodb::Client {
        client_over(self.http_client())
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
    let Some(body) = request.body().bytes() else {
        return Err(ConnectorError::user("the embedded engine takes no streamed request".into()));
    };
    // No operation has an empty name, so the engine says that it does not know it.
    let (status, json) = engine.call(operation_of(request), body);
    http_response(status, json, engine.next_request_id().into_string()).map_err(ConnectorError::user)
}
