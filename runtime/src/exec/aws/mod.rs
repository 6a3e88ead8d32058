//! DynamoDB through the AWS SDK's client.
//!
//! The SDK does what it does best: credentials, signing, endpoints, TLS, connections and retries. The request's bytes
//! are ours and so are the answer's, because the SDK's own attribute maps cost several times more than the call's JSON.

mod answer;
mod attempt;
mod call;
mod cause;
mod environment;
#[cfg(any(feature = "embedded", feature = "testing"))]
mod local;
mod operation;
mod streams;

use core::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::StalledStreamProtectionConfig;
use aws_sdk_dynamodb::config::retry::{RetryConfig, RetryPartition};
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;

use super::{BoxFuture, Executor, Failure, Request, Response};
use crate::CallSettings;
use call::Call;
pub(crate) use environment::clients_from_env;
#[cfg(any(feature = "embedded", feature = "testing"))]
pub(crate) use local::{client_over, http_response, operation_of};
pub(crate) use streams::Streams;

/// Sends requests through an SDK client.
#[derive(Debug, Clone)]
pub(crate) struct Aws {
    /// For calls that an answer waits for.
    client: Client,
    /// The same for scans and batches, with a quota of retries of its own: a throttled load of a million items must not
    /// leave the other calls of the process without any.
    bulk: Client,
    /// For streams, where the handle was given one.
    streams: Streams,
    repeat_writes: bool,
}

/// The first pause before a request is sent again; the SDK doubles it and takes a random part.
const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

impl Aws {
    /// An executor on this client, with timeouts and retries of ours, whatever the client or the environment says.
    pub(crate) fn new(client: &Client, streams: &Streams, settings: CallSettings) -> Self {
        let config = client
            .config()
            .to_builder()
            .timeout_config(timeouts(settings))
            .retry_config(retries(settings))
            // The timeout of an attempt ends with the last byte of the answer, so a stalled one needs no second watch.
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled());
        // A partition of its own: what else the program does with DynamoDB must not use up the retries.
        let of = |partition| {
            let partition = RetryPartition::custom(partition).build();
            Client::from_conf(config.clone().retry_partition(partition).build())
        };
        Self {
            client: of("tablewright"),
            bulk: of("tablewright-bulk"),
            streams: streams.with_settings(settings),
            repeat_writes: settings.repeat_writes,
        }
    }
}

fn timeouts(settings: CallSettings) -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(settings.connect_timeout)
        .operation_attempt_timeout(settings.attempt_timeout)
        .operation_timeout(settings.call_timeout)
        .disable_read_timeout()
        .build()
}

fn retries(settings: CallSettings) -> RetryConfig {
    RetryConfig::standard()
        .with_max_attempts(settings.attempts.max(1))
        .with_initial_backoff(FIRST_PAUSE)
        .with_max_backoff(LONGEST_PAUSE)
}

impl Executor for Aws {
    fn execute(&self, request: Request) -> BoxFuture<'_, Result<Response, Failure>> {
        Box::pin(async move {
            let (operation, table) = (request.operation, request.table.clone());
            let call = Call::new(request, self.repeat_writes);
            let sent = if operation.is_of_streams() {
                self.streams.send(operation, &call).await
            } else {
                let client = if operation.is_bulk() { &self.bulk } else { &self.client };
                operation::send(client, operation, &table, call.config()).await
            };
            call.finish(sent)
        })
    }
}
