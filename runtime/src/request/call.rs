//! Sending a request, in a span that tells what it was and what it used, and never a value.

use tracing::{Instrument, Span, field};

use crate::exec::{Request, Response};
use crate::{Dynamo, Error, Result};

/// Sends a request inside a span.
pub(super) async fn send(
    db: &Dynamo,
    request: Request,
    entity: &'static str,
    index: Option<&'static str>,
) -> Result<Response> {
    let span = SpanOf { request: &request, entity, index }.open();
    let answer = db.call(request, entity).instrument(span.clone()).await;
    record(&span, answer.as_ref().map(Some));
    answer
}

/// What the span of a request says from the start.
pub(super) struct SpanOf<'r> {
    pub(super) request: &'r Request,
    pub(super) entity: &'static str,
    pub(super) index: Option<&'static str>,
}

impl SpanOf<'_> {
    pub(super) fn open(&self) -> Span {
        tracing::debug_span!(
            target: "tablewright",
            "dynamodb",
            operation = self.request.operation.as_str(),
            table = &*self.request.table,
            entity = self.entity,
            index = self.index,
            attempts = field::Empty,
            request_id = field::Empty,
            capacity_units = field::Empty,
            items = field::Empty,
            error = field::Empty,
        )
    }
}

/// Records how a request ended.
pub(super) fn record(span: &Span, answer: Result<Option<&Response>, &Error>) {
    match answer {
        Ok(None) => {}
        Ok(Some(response)) => {
            span.record("attempts", response.attempts);
            if let Some(id) = &response.request_id {
                span.record("request_id", &**id);
            }
            if !span.is_disabled() {
                record_use(span, &response.body);
            }
        }
        Err(error) => {
            span.record("error", error.class());
        }
    }
}

/// Records what the call used; a body that cannot be read is reported where it is decoded.
fn record_use(span: &Span, body: &[u8]) {
    if let Ok(shape) = crate::codec::response_shape(body) {
        if let Some(units) = shape.capacity_units {
            span.record("capacity_units", units);
        }
        if shape.scanned > 0 {
            span.record("items", shape.count);
        }
    }
}
