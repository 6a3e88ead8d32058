//! The records of `aws-sdk-dynamodbstreams`.

use std::collections::HashMap;
use std::time::SystemTime;

use aws_sdk_dynamodbstreams::operation::get_records::GetRecordsOutput;
use aws_sdk_dynamodbstreams::types::{AttributeValue, Record};

use super::event::StreamEvent;
use super::raw::{RawItem, RawRecord, of_values};
use crate::{Item, Result};

impl StreamEvent for [Record] {
    fn records(&self, take: &mut dyn FnMut(RawRecord<'_>)) -> Result<()> {
        self.iter().map(record).for_each(take);
        Ok(())
    }
}

impl StreamEvent for Vec<Record> {
    fn records(&self, take: &mut dyn FnMut(RawRecord<'_>)) -> Result<()> {
        self.as_slice().records(take)
    }
}

impl StreamEvent for GetRecordsOutput {
    fn records(&self, take: &mut dyn FnMut(RawRecord<'_>)) -> Result<()> {
        StreamEvent::records(self.records(), take)
    }
}

fn record(record: &Record) -> RawRecord<'_> {
    let change = record.dynamodb.as_ref();
    let identity = record.user_identity.as_ref();
    let part = |part: &Option<String>| part.as_deref().map(|part| part.to_owned().into());
    RawRecord {
        event_id: record.event_id.as_deref().map(Into::into),
        event_name: record.event_name.as_ref().map(|name| name.as_str().into()),
        region: record.aws_region.as_deref().map(Into::into),
        stream_arn: None,
        identity: identity.map(|identity| {
            (part(&identity.r#type).unwrap_or_default(), part(&identity.principal_id).unwrap_or_default())
        }),
        sequence_number: change.and_then(|change| change.sequence_number.as_deref()).map(Into::into),
        created_at: change
            .and_then(|change| change.approximate_creation_date_time)
            .and_then(|time| SystemTime::try_from(time).ok()),
        size_bytes: change.and_then(|change| change.size_bytes).and_then(|size| u64::try_from(size).ok()),
        view: change.and_then(|change| change.stream_view_type.as_ref()).map(|view| view.as_str().into()),
        keys: item(change.and_then(|change| change.keys.as_ref())),
        new: item(change.and_then(|change| change.new_image.as_ref())),
        old: item(change.and_then(|change| change.old_image.as_ref())),
    }
}

fn item(item: Option<&HashMap<String, AttributeValue>>) -> RawItem<'static> {
    of_values(Item::try_from(item?.clone()))
}
