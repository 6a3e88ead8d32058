//! What happens if the SDK does not write the request with the call's own bytes.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{BeforeSerializationInterceptorContextRef, Input};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::client::ser_de::{SerializeRequest, SharedRequestSerializer};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use tablewright::{Dynamo, Error, Operation, Request};

use super::canned::Canned;

/// Takes the place of the call's serializer, as a later release of the SDK might.
#[derive(Debug)]
struct Usurper;

impl SerializeRequest for Usurper {
    fn serialize_input(&self, _: Input, _: &mut ConfigBag) -> Result<HttpRequest, BoxError> {
        let mut request = HttpRequest::new(SdkBody::empty());
        request.set_uri("/")?;
        Ok(request)
    }
}

impl Intercept for Usurper {
    fn name(&self) -> &'static str {
        "usurper"
    }

    fn read_before_serialization(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        config.interceptor_state().store_put(SharedRequestSerializer::new(Self));
        Ok(())
    }
}

#[tokio::test]
async fn a_request_that_is_not_ours_is_not_sent() {
    let canned = Canned::new([]);
    let config = canned.client().config().to_builder().interceptor(Usurper).build();
    let db = Dynamo::builder().client(aws_sdk_dynamodb::Client::from_conf(config));
    let body = r#"{"TableName":"notes","Item":{"id":{"N":"7"}}}"#.into();
    let error =
        db.execute_raw(Request { operation: Operation::PutItem, table: "notes".into(), body }).await.unwrap_err();
    assert!(matches!(error, Error::Unreachable(_)), "{error}");
    assert!(error.to_string().contains("does not use the call's serializer"), "{error}");
    assert_eq!(canned.seen().len(), 0);
}
