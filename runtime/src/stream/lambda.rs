//! The events and answers of `aws_lambda_events`.

use aws_lambda_events::event::dynamodb::{Event, EventRecord, TimeWindowEvent};
use aws_lambda_events::streams::{DynamoDbBatchItemFailure, DynamoDbEventResponse};

use super::event::StreamEvent;
use super::raw::{RawItem, RawRecord, of_values};
use super::report::BatchResponse;
use crate::{Item, Result};

impl StreamEvent for Event {
    fn records(&self, take: &mut dyn FnMut(RawRecord<'_>)) -> Result<()> {
        self.records.records(take)
    }
}

impl StreamEvent for TimeWindowEvent {
    fn records(&self, take: &mut dyn FnMut(RawRecord<'_>)) -> Result<()> {
        self.dynamo_db_event.records(take)
    }
}

impl StreamEvent for Vec<EventRecord> {
    fn records(&self, take: &mut dyn FnMut(RawRecord<'_>)) -> Result<()> {
        self.iter().map(record).for_each(take);
        Ok(())
    }
}

fn record(event: &EventRecord) -> RawRecord<'_> {
    let change = &event.change;
    let identity = event.user_identity.as_ref();
    // A record that does not say when it was made has the first second of 1970.
    let seconds = u64::try_from(change.approximate_creation_date_time.timestamp_millis()).ok().filter(|time| *time > 0);
    RawRecord {
        event_id: Some(event.event_id.as_str().into()),
        event_name: Some(event.event_name.as_str().into()),
        region: Some(event.aws_region.as_str().into()),
        stream_arn: event.event_source_arn.as_deref().map(Into::into),
        identity: identity.map(|identity| (identity.type_.as_str().into(), identity.principal_id.as_str().into())),
        sequence_number: change.sequence_number.as_deref().map(Into::into),
        created_at: seconds.and_then(|time| std::time::UNIX_EPOCH.checked_add(core::time::Duration::from_millis(time))),
        size_bytes: u64::try_from(change.size_bytes).ok(),
        view: change.stream_view_type.as_ref().map(|view| view.to_string().into()),
        keys: item(&change.keys),
        new: item(&change.new_image),
        old: item(&change.old_image),
    }
}

/// An item. The crate does not tell an image that is not there from one without attributes, which no item is.
fn item(item: &serde_dynamo::Item) -> RawItem<'static> {
    if item.is_empty() { None } else { of_values(Item::try_from(item.clone())) }
}

impl From<BatchResponse> for DynamoDbEventResponse {
    fn from(response: BatchResponse) -> Self {
        let failure = |identifier: Box<str>| {
            let mut failure = DynamoDbBatchItemFailure::default();
            failure.item_identifier = Some(identifier.into());
            failure
        };
        let mut answer = Self::default();
        answer.batch_item_failures = response.identifiers.into_iter().map(failure).collect();
        answer
    }
}
