//! How many items a query or scan would give.

use super::pages::Progress;
use super::read_parts::ReadParts;
use crate::codec::{Cursor, DecodeError, FromItem, response_shape};
use crate::expr::Node;
use crate::{Error, Result};

/// An item that is not read.
struct Unread;

impl<'a> FromItem<'a> for Unread {
    fn decode_item(cursor: &mut Cursor<'a>) -> core::result::Result<Self, DecodeError> {
        cursor.skip().map(|()| Self)
    }
}

/// The number of matching items, up to the budgets.
pub(super) async fn count(mut parts: ReadParts) -> Result<u64> {
    // DynamoDB counts items and does not project what it does not send.
    parts.projection.clear();
    if parts.looks() {
        return count_of(parts).await;
    }
    let mut progress = Progress::start(parts)?;
    let mut count = 0;
    while !progress.done {
        let limit = progress.limit();
        let response = progress.fetch(limit, true).await?;
        let entity = progress.parts.entity;
        let shape = response_shape(&response.body).map_err(|error| Error::Decode(error.of_entity(entity)))?;
        let counted = shape.count;
        progress.advance(shape, usize::try_from(counted).unwrap_or(usize::MAX));
        count += counted;
    }
    Ok(bounded(count, &progress))
}

/// The number of those items that are taken after a look at them: their keys and what else tells, at the same cost.
async fn count_of(mut parts: ReadParts) -> Result<u64> {
    let table = parts.whose.table();
    parts.projection =
        core::iter::once(table.partition_key).chain(table.sort_key).map(|key| Node::attribute(key.name)).collect();
    let mut progress = Progress::start(parts)?;
    let mut count = 0;
    while !progress.done {
        let limit = progress.limit();
        let response = progress.fetch(limit, false).await?;
        let (items, shape, _) = progress.decode::<Unread>(&response)?;
        count += items.len() as u64;
        progress.advance(shape, items.len());
    }
    Ok(bounded(count, &progress))
}

fn bounded(count: u64, progress: &Progress) -> u64 {
    match progress.parts.take {
        Some(take) => count.min(take as u64),
        None => count,
    }
}
