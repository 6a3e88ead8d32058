//! The records of one answer.

use bytes::Bytes;

use crate::EpochSeconds;
use crate::schema::TableSchema;
use crate::stream::event::of_page;
use crate::stream::raw::RawRecord;

/// Some records of one shard.
pub(super) struct RecordsPage {
    pub(super) body: Bytes,
    /// Records from before this time are not meant.
    pub(super) since: Option<EpochSeconds>,
    pub(super) table: &'static TableSchema,
}

impl RecordsPage {
    /// Hands each record that is meant over.
    pub(super) fn records(&self, take: &mut dyn FnMut(RawRecord<'_>)) {
        // What is damaged was found when the page came.
        let _read = of_page(&self.body, &mut |raw| {
            if is_meant(&raw, self.since, self.table) {
                take(raw);
            }
        });
    }
}

pub(super) fn is_meant(raw: &RawRecord<'_>, since: Option<EpochSeconds>, table: &TableSchema) -> bool {
    if raw.is_reservation(table) {
        return false;
    }
    match (since, raw.created_at) {
        (Some(since), Some(created_at)) => EpochSeconds::at(created_at) >= since,
        _ => true,
    }
}
