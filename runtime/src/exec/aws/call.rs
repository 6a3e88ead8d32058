//! One call: our bytes through the SDK's orchestration, and what became of each attempt.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_sdk_dynamodb::config;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextRef, Error,
    FinalizerInterceptorContextRef, Input, InterceptorContext, Output,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError, SensitiveOutput};
use aws_smithy_runtime_api::client::retries::classifiers::{ClassifyRetry, RetryAction};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::client::ser_de::{
    DeserializeResponse, SerializeRequest, SharedRequestSerializer, SharedResponseDeserializer,
};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;

use super::answer::Answer;
use super::attempt::Ending;
use super::operation;
use crate::exec::{Failure, Request, Response};

/// One call. It is the serializer, the deserializer, an interceptor and a retry rule of the SDK's orchestration.
#[derive(Debug, Clone)]
pub(super) struct Call(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    request: Request,
    /// The request may be sent again when it is not known whether it was applied.
    repeatable: bool,
    progress: Mutex<Progress>,
}

#[derive(Debug, Default)]
struct Progress {
    /// Our serializer wrote the request.
    serialized: bool,
    /// How often the request was sent.
    attempts: u32,
    /// The running attempt was sent.
    sent: bool,
    /// What the running attempt was answered with, or what the last one succeeded with.
    answer: Option<Answer>,
    /// How the last attempt ended.
    ending: Option<Ending>,
    /// An attempt before the last one may have been applied.
    undecided: bool,
    /// The request must not be sent again.
    stop: bool,
}

impl Call {
    /// A call; `repeat_writes` is the setting of that name.
    pub(super) fn new(request: Request, repeat_writes: bool) -> Self {
        let repeatable = (repeat_writes || !request.operation.is_item_write()) && request.may_be_repeated();
        Self(Arc::new(Inner { request, repeatable, progress: Mutex::default() }))
    }

    /// The configuration that puts this call into an operation of the SDK.
    pub(super) fn config(&self) -> config::Builder {
        config::Builder::new().interceptor(self.clone()).retry_classifier(self.clone())
    }

    /// The call's result, when the SDK is done with it.
    pub(super) fn finish(&self, sent: Result<(), BoxError>) -> Result<Response, Failure> {
        let mut progress = self.progress();
        if let Some(Answer::Done { body, request_id }) = progress.answer.take() {
            return Ok(Response { body, request_id, attempts: progress.attempts });
        }
        let reported = sent.err().unwrap_or_else(|| "the SDK did not use the deserializer of the call".into());
        let ending = progress.ending.take().unwrap_or(Ending::NotSent);
        let masked = progress.undecided && ending.is_decided() && !self.0.request.operation.is_read();
        let failure = ending.into_failure(&reported);
        Err(if masked { Failure::Undecided(Box::new(failure)) } else { failure })
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.0.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Intercept for Call {
    fn name(&self) -> &'static str {
        "tablewright"
    }

    fn read_before_execution(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let layer = config.interceptor_state();
        layer.store_put(SharedRequestSerializer::new(self.clone()));
        layer.store_put(SharedResponseDeserializer::new(self.clone()));
        // Bodies hold the items' values, which do not belong in a log.
        layer.store_put(SensitiveOutput);
        Ok(())
    }

    fn read_after_serialization(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if self.progress().serialized {
            Ok(())
        } else {
            Err("this release of the SDK does not use the call's serializer, so nothing is sent".into())
        }
    }

    fn read_before_attempt(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let mut progress = self.progress();
        progress.sent = false;
        progress.answer = None;
        Ok(())
    }

    fn read_before_transmit(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let mut progress = self.progress();
        progress.sent = true;
        progress.attempts += 1;
        Ok(())
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let mut progress = self.progress();
        let error = context.output_or_error().and_then(Result::err);
        if let Some(before) = progress.ending.take() {
            progress.undecided |= !before.is_decided();
        }
        let ending = match progress.answer.take() {
            done @ Some(Answer::Done { .. }) => {
                progress.answer = done;
                return Ok(());
            }
            Some(Answer::Refused(failure)) => Ending::Refused(failure),
            Some(Answer::Corrupt(what)) => Ending::Corrupt(what),
            None => Ending::without_answer(progress.sent, error),
        };
        progress.stop = !ending.is_decided() && !self.0.repeatable;
        progress.ending = Some(ending);
        Ok(())
    }
}

impl SerializeRequest for Call {
    fn serialize_input(&self, _: Input, _: &mut ConfigBag) -> Result<HttpRequest, BoxError> {
        let Request { operation, body, .. } = &self.0.request;
        let mut request = HttpRequest::new(SdkBody::from(body.clone()));
        request.set_method("POST")?;
        request.set_uri("/")?;
        let headers = request.headers_mut();
        headers.try_insert("content-type", "application/x-amz-json-1.0")?;
        headers.try_insert("x-amz-target", operation.target())?;
        headers.try_insert("content-length", itoa::Buffer::new().format(body.len()).to_owned())?;
        self.progress().serialized = true;
        Ok(request)
    }
}

impl DeserializeResponse for Call {
    fn deserialize_nonstreaming_with_config(
        &self,
        response: &HttpResponse,
        config: &ConfigBag,
    ) -> Result<Output, OrchestratorError<Error>> {
        let answer = Answer::read(response);
        let operation = self.0.request.operation;
        let output = match &answer {
            Answer::Done { .. } => Ok(operation::empty_output(operation)),
            Answer::Refused(_) => operation::sdk_error(operation, response, config),
            Answer::Corrupt(what) => Err(OrchestratorError::other(*what)),
        };
        self.progress().answer = Some(answer);
        output
    }
}

impl ClassifyRetry for Call {
    fn name(&self) -> &'static str {
        "tablewright"
    }

    fn classify_retry(&self, _: &InterceptorContext) -> RetryAction {
        let progress = self.progress();
        match &progress.ending {
            _ if progress.stop => RetryAction::RetryForbidden,
            // It takes DynamoDB some seconds to finish it, so that whoever holds the token waits longer than this does.
            Some(Ending::Refused(failure)) if &*failure.code == "TransactionInProgressException" => {
                RetryAction::RetryForbidden
            }
            Some(Ending::Corrupt(_)) => RetryAction::transient_error(),
            // Nothing happened in these two, and the SDK would give up.
            Some(Ending::Refused(failure))
                if failure.status == 429 || &*failure.code == "TransactionConflictException" =>
            {
                RetryAction::throttling_error()
            }
            _ => RetryAction::NoActionIndicated,
        }
    }
}
