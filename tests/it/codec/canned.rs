//! An SDK client whose server is a fixed answer in memory.

use std::sync::{Arc, Mutex};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;

/// The server: it gives its answers in turn, and remembers the body of the last request.
#[derive(Debug, Clone, Default)]
pub struct Canned(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    /// Each with its checksum, which DynamoDB sends as well.
    answers: Vec<(Bytes, u32)>,
    next: usize,
    request: Vec<u8>,
}

impl Canned {
    /// A server that answers with this body.
    pub fn answering(body: impl Into<Bytes>) -> Self {
        Self::cycling(vec![body.into()])
    }

    /// A server that answers with one body after the other, and then begins again.
    pub fn cycling(answers: Vec<Bytes>) -> Self {
        let answers = answers.into_iter().map(|body| (body.clone(), crc32fast::hash(&body))).collect();
        Self(Arc::new(Mutex::new(State { answers, ..State::default() })))
    }

    /// A client of this server.
    pub fn client(&self) -> Client {
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("eu-central-1"))
            .credentials_provider(Credentials::new("id", "secret", None, None, "test"))
            .http_client(self.clone());
        Client::from_conf(config.build())
    }

    /// The body of the last request.
    pub fn request(&self) -> Vec<u8> {
        self.0.lock().unwrap().request.clone()
    }
}

impl HttpConnector for Canned {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let mut state = self.0.lock().unwrap();
        state.request.clear();
        state.request.extend_from_slice(request.body().bytes().unwrap_or_default());
        let (answer, checksum) = state.answers[state.next].clone();
        state.next = (state.next + 1) % state.answers.len();
        let mut response = HttpResponse::new(200.try_into().unwrap(), SdkBody::from(answer));
        response.headers_mut().insert("content-type", "application/x-amz-json-1.0");
        response.headers_mut().insert("x-amz-crc32", checksum.to_string());
        HttpConnectorFuture::ready(Ok(response))
    }
}

impl HttpClient for Canned {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}
