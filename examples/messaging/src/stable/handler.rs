//! E: what a new message changes in the lists of its readers.

use core::fmt;

use tablewright::stream::{Change, StreamRecord};
use tablewright::{DynamoAs, Error};

use super::tables::{self, Conversation, Member, Message, Messaging};
use crate::people::GroupId;

tablewright::access! {
    /// Brings the lists of conversations to the newest message.
    pub role ListKeeper {
        Message: stream(insert);
        tables::Member: query;
        Conversation: update;
    }
}

/// Why a record was not handled. Lambda delivers it again.
#[derive(Debug)]
pub enum NotHandled {
    /// Whatever the store reports.
    Store(Error),
    /// The conversation has no members: the message is under the id of no conversation.
    NoMembers(GroupId),
}

/// Brings every member's list of conversations to the newest message.
///
/// A record may come again, late, or after a newer one: a list never goes back, because each update has the condition that
/// its message is newer than the one that is there.
///
/// # Errors
/// If a list could not be brought up to date; the record must come again then.
pub async fn handle(db: &DynamoAs<ListKeeper>, record: StreamRecord<Messaging>) -> Result<(), NotHandled> {
    match record.change {
        Change::Insert { new: Messaging::Message(message) } => announce(db, &message).await,
        // Messages do not change, and the other items are what this handler writes.
        Change::Insert { .. } | Change::Modify { .. } | Change::Remove { .. } => Ok(()),
    }
}

async fn announce(db: &DynamoAs<ListKeeper>, message: &Message) -> Result<(), NotHandled> {
    let members = db.query(Member::query(message.group)).consistent().await?;
    if members.is_empty() {
        return Err(NotHandled::NoMembers(message.group));
    }
    for Member { user, group } in members {
        let (at, id) = (message.created_at, message.message_uuid);
        let update = db
            .update(Conversation::key(user, group))
            .set(|conversation| conversation.by_recent, (at,))
            .set(|conversation| conversation.last_message_uuid, id)
            .set(|conversation| conversation.last_message, &message.message)
            .condition(|conversation| {
                let same_instant = conversation.last_message_at.eq(at).and(conversation.last_message_uuid.lt(id));
                conversation.last_message_at.lt(at).or(same_instant)
            });
        // A condition that is not met means that the list shows this message or a newer one.
        update.if_met().await?;
    }
    Ok(())
}

impl From<Error> for NotHandled {
    fn from(error: Error) -> Self {
        Self::Store(error)
    }
}

impl fmt::Display for NotHandled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => fmt::Display::fmt(error, f),
            Self::NoMembers(group) => write!(f, "conversation {group} has no members"),
        }
    }
}

impl std::error::Error for NotHandled {}
