//! A conversation that begins in the past.

use tablewright::{Dynamo, Result};

use super::tables::{Conversation, Member, Message, Messaging};
use crate::app::SeedLine;
use crate::people::{GroupId, Person};

/// Writes a conversation of two with its messages.
///
/// # Errors
/// Whatever the store reports.
pub async fn seed(db: &Dynamo, group: GroupId, people: [&Person; 2], lines: &[SeedLine<'_>]) -> Result<()> {
    let messages = lines.iter().map(|line| Message {
        group,
        created_at: line.at,
        message_uuid: line.id(),
        message: line.text.to_owned(),
        author: line.author.clone(),
    });
    let messages: Vec<Message> = messages.collect();
    let [me, other] = people;
    // The lists show the first message; the stream brings them to the last.
    let lists = messages.first().into_iter().flat_map(|first| {
        [Conversation::with(first, me, other), Conversation::with(first, other, me)].map(Messaging::from)
    });
    let members = people.map(|person| Messaging::from(Member { group, user: person.uuid }));
    let items: Vec<Messaging> =
        members.into_iter().chain(lists).chain(messages.iter().cloned().map(Messaging::from)).collect();
    db.batch_write().put_all(&items).await?.complete()?;
    Ok(())
}
