//! How many items a query or scan would give.

use futures_util::stream::{self, StreamExt, TryStreamExt};

use super::pages::Progress;
use super::read_parts::ReadParts;
use super::sharded::{CALLS, Fan};
use crate::Result;
use crate::codec::{Cursor, DecodeError, FromItem, response_shape};
use crate::expr::Node;

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
    let looks = parts.looks();
    if looks {
        // A look at their keys and what else tells costs the same.
        let table = parts.whose.table();
        parts.projection =
            core::iter::once(table.partition_key).chain(table.sort_key).map(|key| Node::attribute(key.name)).collect();
    }
    let take = parts.take;
    let count = match parts.shards() {
        None => count_of(Progress::start(parts)?, looks).await?,
        Some(shards) => {
            let shards = Fan::start(parts, shards)?.into_progress();
            let counts = stream::iter(shards).map(|shard| count_of(shard, looks)).buffer_unordered(CALLS);
            counts.try_fold(0, |sum, count| core::future::ready(Ok(sum + count))).await?
        }
    };
    Ok(take.map_or(count, |take| count.min(take as u64)))
}

/// The number of the items of one place; with a look at them, of those that are taken.
async fn count_of(mut progress: Progress, looks: bool) -> Result<u64> {
    let mut count = 0;
    while !progress.done {
        let limit = progress.limit();
        let response = progress.fetch(limit, !looks).await?;
        let (counted, shape) = if looks {
            let (items, shape, _) = progress.decode::<Unread>(&response)?;
            (items.len() as u64, shape)
        } else {
            let shape = response_shape(&response.body).map_err(|error| progress.error(error))?;
            (shape.count, shape)
        };
        progress.advance(shape, usize::try_from(counted).unwrap_or(usize::MAX));
        count += counted;
    }
    Ok(count)
}
