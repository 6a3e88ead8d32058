//! The client for DynamoDB Streams, which is another crate of the SDK with another endpoint.

#[cfg(feature = "streams")]
use aws_sdk_dynamodbstreams::{Client, config, operation};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::Output;
#[cfg(feature = "streams")]
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
use aws_smithy_types::config_bag::FrozenLayer;

use super::call::Call;
use crate::CallSettings;
use crate::exec::Operation;

/// The client for streams, if the handle has one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Streams(#[cfg(feature = "streams")] Option<Client>);

#[cfg(not(feature = "streams"))]
impl Streams {
    pub(crate) fn or(self, other: Self) -> Self {
        other
    }

    pub(super) fn with_settings(&self, _: CallSettings) -> Self {
        Self()
    }

    pub(super) async fn send(&self, _: Operation, _: &Call) -> Result<(), BoxError> {
        Err("reading a stream from AWS needs the feature `streams` of `tablewright`, which is off: write `tablewright = \
             { features = [\"streams\"], … }` in Cargo.toml"
            .into())
    }
}

#[cfg(not(feature = "streams"))]
pub(super) fn empty_output(_: Operation) -> Output {
    Output::erase(())
}

#[cfg(not(feature = "streams"))]
pub(super) fn layer(_: Operation) -> Option<&'static FrozenLayer> {
    None
}

#[cfg(feature = "streams")]
impl Streams {
    pub(crate) fn of(client: Client) -> Self {
        Self(Some(client))
    }

    /// This client, or the other if there is none.
    pub(crate) fn or(self, other: Self) -> Self {
        Self(self.0.or(other.0))
    }

    /// The same client, with timeouts and retries of ours.
    pub(super) fn with_settings(&self, settings: CallSettings) -> Self {
        Self(self.0.as_ref().map(|client| {
            let config = client
                .config()
                .to_builder()
                .timeout_config(super::timeouts(settings))
                .retry_config(super::retries(settings))
                .stalled_stream_protection(config::StalledStreamProtectionConfig::disabled())
                .retry_partition(config::retry::RetryPartition::custom("tablewright-streams").build())
                .build();
            Client::from_conf(config)
        }))
    }
}

/// `Operation: module::Output` for each operation of streams.
#[cfg(feature = "streams")]
macro_rules! operations {
    ($($operation:ident: $module:ident::$output:ident;)*) => {
        #[cfg(feature = "streams")]
        impl Streams {
            /// Sends a call; its body is written by the call's serializer.
            pub(super) async fn send(&self, operation: Operation, call: &Call) -> Result<(), BoxError> {
                let Some(client) = &self.0 else {
                    return Err("the handle has no client for streams: give it one with \
                                `Dynamo::builder().streams_client(…)`, or make the handle with `Dynamo::from_env()`"
                        .into());
                };
                let config = config::Builder::new().interceptor(call.clone()).retry_classifier(call.clone());
                match operation {
                    $(Operation::$operation => {
                        let call = client.$module().customize().config_override(config);
                        call.send().await.map(drop).map_err(super::operation::source_of)
                    })*
                    other => Err(other.as_str().into()),
                }
            }
        }

        /// The output that the SDK's call expects, with nothing in it.
        pub(super) fn empty_output(operation: Operation) -> Output {
            match operation {
                $(Operation::$operation => Output::erase(operation::$module::$output::builder().build()),)*
                _ => Output::erase(()),
            }
        }

        /// The configuration of the SDK's operation, which holds its deserializer.
        pub(super) fn layer(operation: Operation) -> Option<&'static FrozenLayer> {
            match operation {
                $(Operation::$operation => {
                    static LAYER: std::sync::LazyLock<Option<FrozenLayer>> =
                        std::sync::LazyLock::new(|| operation::$module::$operation::new().config());
                    LAYER.as_ref()
                })*
                _ => None,
            }
        }
    };
}

#[cfg(feature = "streams")]
operations! {
    ListStreams: list_streams::ListStreamsOutput;
    DescribeStream: describe_stream::DescribeStreamOutput;
    GetShardIterator: get_shard_iterator::GetShardIteratorOutput;
    GetRecords: get_records::GetRecordsOutput;
}
