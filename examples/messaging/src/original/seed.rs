//! A conversation that begins in the past, under the keys of the existing table.

use tablewright::{Dynamo, Result};

use super::IsoTime;
use super::tables::{CruddurMessages, GroupRow, MessageRow};
use crate::app::SeedLine;
use crate::people::{GroupId, Person};

/// Writes a conversation of two with its messages.
///
/// # Errors
/// Whatever the store reports.
pub async fn seed(db: &Dynamo, group: GroupId, people: [&Person; 2], lines: &[SeedLine<'_>]) -> Result<()> {
    let messages = lines.iter().map(|line| MessageRow {
        message_group_uuid: group,
        created_at: IsoTime::new(line.at),
        message_uuid: line.id(),
        message: line.text.to_owned(),
        user_uuid: line.author.uuid,
        user_display_name: line.author.display_name.clone(),
        user_handle: line.author.handle.clone(),
    });
    let messages: Vec<MessageRow> = messages.collect();
    let [me, other] = people;
    // The rows stand at the first message; the stream moves them to the last.
    let rows = messages.first().into_iter().flat_map(|first| {
        [GroupRow::with(first, me, other), GroupRow::with(first, other, me)].map(CruddurMessages::from)
    });
    let items: Vec<CruddurMessages> = rows.chain(messages.iter().cloned().map(CruddurMessages::from)).collect();
    db.batch_write().put_all(&items).await?.complete()?;
    Ok(())
}
