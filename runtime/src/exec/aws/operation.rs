//! Each operation with the SDK's call for it.

use std::sync::LazyLock;

use aws_sdk_dynamodb::{Client, config, operation};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{Error, Output};
use aws_smithy_runtime_api::client::orchestrator::{HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
use aws_smithy_runtime_api::client::ser_de::{DeserializeResponse, SharedResponseDeserializer};
use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer};

use super::streams;
use crate::exec::Operation;

/// The operations of the client for streams.
macro_rules! streams {
    () => {
        Operation::ListStreams | Operation::DescribeStream | Operation::GetShardIterator | Operation::GetRecords
    };
}

/// `Operation: module::Output, .table_name` for each operation of the runtime.
macro_rules! operations {
    ($($operation:ident: $module:ident::$output:ident $(, .$table_name:ident)?;)*) => {
        /// Sends a call. The table's name is for the endpoint; the body is written by the serializer in `config`.
        pub(super) async fn send(
            client: &Client,
            operation: Operation,
            table: &str,
            config: config::Builder,
        ) -> Result<(), BoxError> {
            match operation {$(
                Operation::$operation => {
                    let call = client.$module()$(.$table_name(table))?.customize();
                    call.config_override(config).send().await.map(drop).map_err(source_of)
                }
            )*
                // These are the other client's.
                streams!() => Err(operation.as_str().into()),
            }
        }

        /// The output that the SDK's call expects, with nothing in it.
        pub(super) fn empty_output(operation: Operation) -> Output {
            match operation {$(
                Operation::$operation => Output::erase(operation::$module::$output::builder().build()),
            )*
                streams!() => streams::empty_output(operation),
            }
        }

        /// Reads an error answer as the SDK does, so that its retry rules see its own error types.
        pub(super) fn sdk_error(
            operation: Operation,
            response: &HttpResponse,
            config: &ConfigBag,
        ) -> Result<Output, OrchestratorError<Error>> {
            let layer = match operation {$(
                Operation::$operation => {
                    static LAYER: LazyLock<Option<FrozenLayer>> =
                        LazyLock::new(|| operation::$module::$operation::new().config());
                    LAYER.as_ref()
                }
            )*
                streams!() => streams::layer(operation),
            };
            match layer.and_then(|layer| layer.load::<SharedResponseDeserializer>()) {
                Some(deserializer) => deserializer.deserialize_nonstreaming_with_config(response, config),
                None => Err(OrchestratorError::other("the SDK's operation has no deserializer")),
            }
        }
    };
}

operations! {
    GetItem: get_item::GetItemOutput, .table_name;
    PutItem: put_item::PutItemOutput, .table_name;
    UpdateItem: update_item::UpdateItemOutput, .table_name;
    DeleteItem: delete_item::DeleteItemOutput, .table_name;
    BatchGetItem: batch_get_item::BatchGetItemOutput;
    BatchWriteItem: batch_write_item::BatchWriteItemOutput;
    Query: query::QueryOutput, .table_name;
    Scan: scan::ScanOutput, .table_name;
    TransactWriteItems: transact_write_items::TransactWriteItemsOutput;
    TransactGetItems: transact_get_items::TransactGetItemsOutput;
    CreateTable: create_table::CreateTableOutput, .table_name;
    UpdateTable: update_table::UpdateTableOutput, .table_name;
    DescribeTable: describe_table::DescribeTableOutput, .table_name;
    DeleteTable: delete_table::DeleteTableOutput, .table_name;
    ListTables: list_tables::ListTablesOutput;
    UpdateTimeToLive: update_time_to_live::UpdateTimeToLiveOutput, .table_name;
    DescribeTimeToLive: describe_time_to_live::DescribeTimeToLiveOutput, .table_name;
    UpdateContinuousBackups: update_continuous_backups::UpdateContinuousBackupsOutput, .table_name;
    DescribeContinuousBackups: describe_continuous_backups::DescribeContinuousBackupsOutput, .table_name;
}

/// What is behind an error of the SDK, whose own words only say in which phase it happened.
pub(super) fn source_of<E, R>(error: SdkError<E, R>) -> BoxError
where
    E: core::error::Error + Send + Sync + 'static,
{
    error.into_source().unwrap_or_else(|error| error.to_string().into())
}
