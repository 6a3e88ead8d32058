//! The SDK's own serializer and deserializer, without its client.

use aws_sdk_dynamodb::operation::batch_write_item::{BatchWriteItem, BatchWriteItemInput};
use aws_sdk_dynamodb::operation::query::{Query, QueryOutput};
use aws_sdk_dynamodb::types::{PutRequest, WriteRequest};
use aws_smithy_runtime_api::client::interceptors::context::Input;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
use aws_smithy_runtime_api::client::ser_de::{
    DeserializeResponse, SerializeRequest, SharedRequestSerializer, SharedResponseDeserializer,
};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use bytes::Bytes;

use crate::order::Order;

/// Reads a page with the SDK's deserializer and `serde_dynamo`.
pub fn decode(body: &Bytes) -> Vec<Order> {
    let layer = RuntimePlugin::config(&Query::new()).unwrap();
    let deserializer = layer.load::<SharedResponseDeserializer>().unwrap();
    let response = HttpResponse::new(200.try_into().unwrap(), SdkBody::from(body.clone()));
    let output = deserializer.deserialize_nonstreaming_with_config(&response, &ConfigBag::base()).unwrap();
    let output = output.downcast::<QueryOutput>().unwrap();
    serde_dynamo::from_items(output.items.unwrap()).unwrap()
}

/// Writes the body of a `BatchWriteItem` with `serde_dynamo` and the SDK's serializer.
pub fn encode(orders: &[Order]) -> usize {
    let writes = orders.iter().map(|order| {
        let put = PutRequest::builder().set_item(Some(serde_dynamo::to_item(order).unwrap())).build().unwrap();
        WriteRequest::builder().put_request(put).build()
    });
    let input = BatchWriteItemInput::builder().request_items("orders", writes.collect()).build().unwrap();
    let layer = RuntimePlugin::config(&BatchWriteItem::new()).unwrap();
    let serializer = layer.load::<SharedRequestSerializer>().unwrap();
    let request = serializer.serialize_input(Input::erase(input), &mut ConfigBag::base()).unwrap();
    request.body().bytes().unwrap().len()
}
