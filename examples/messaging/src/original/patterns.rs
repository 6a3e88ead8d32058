//! The access patterns, under the keys of the existing table.

use tablewright::request::PageCursor;
use tablewright::{Dynamo, Result};

use super::IsoTime;
use super::tables::{self, GroupRow, MessageRow};
use crate::inbox::{Inbox, Part, ShownConversation, ShownMessage};
use crate::people::{GroupId, MessageId, Person, UserId};

tablewright::access! {
    /// Shows conversations and writes messages, in the table that is there already.
    pub role OriginalApp {
        tables::GroupRow: query, create;
        tables::MessageRow: query, create;
    }
}

/// How often a write looks for an instant that is free.
const INSTANTS: usize = 16;

/// The app on the existing table.
#[derive(Debug, Clone)]
pub struct OriginalInbox {
    db: Dynamo,
}

impl OriginalInbox {
    /// The app on this DynamoDB.
    #[must_use]
    pub const fn new(db: Dynamo) -> Self {
        Self { db }
    }
}

impl Inbox for OriginalInbox {
    async fn conversation(&self, group: GroupId, take: usize, after: Option<PageCursor>) -> Result<Part<ShownMessage>> {
        let page = self.db.query(MessageRow::query(group)).descending().take(take).after(after).page().await?;
        let items = page.items.into_iter().map(ShownMessage::from).collect();
        Ok(Part { items, next: page.cursor, capacity_units: page.capacity_units })
    }

    async fn conversations(
        &self,
        user: UserId,
        take: usize,
        after: Option<PageCursor>,
    ) -> Result<Part<ShownConversation>> {
        let page = self.db.query(GroupRow::query(user)).descending().take(take).after(after).page().await?;
        let items = page.items.into_iter().map(ShownConversation::from).collect();
        Ok(Part { items, next: page.cursor, capacity_units: page.capacity_units })
    }

    async fn create_message(&self, group: GroupId, author: &Person, text: &str) -> Result<ShownMessage> {
        let mut message = self.message(group, author, text);
        // The time is the whole key. A message of the same instant is not written over: this one takes the next.
        for _ in 1..INSTANTS {
            match self.db.create(&message).if_met().await? {
                Some(()) => return Ok(message.into()),
                None => message.created_at = message.created_at.next(),
            }
        }
        self.db.create(&message).await?;
        Ok(message.into())
    }

    async fn create_group(&self, me: &Person, other: &Person, text: &str) -> Result<GroupId> {
        let group = GroupId::new(&self.db);
        let mut message = self.message(group, me, text);
        let db = &self.db;
        for left in (0..INSTANTS).rev() {
            let [mine, theirs] = [(me, other), (other, me)].map(|(user, other)| GroupRow::with(&message, user, other));
            let created = db.transact_write((db.create(&mine), db.create(&theirs), db.create(&message)));
            // A list has one conversation for each instant, and another one may have this.
            if left == 0 {
                created.await?;
            } else if created.if_met().await?.is_none() {
                message.created_at = message.created_at.next();
                continue;
            }
            break;
        }
        Ok(group)
    }
}

impl OriginalInbox {
    fn message(&self, group: GroupId, author: &Person, text: &str) -> MessageRow {
        MessageRow {
            message_group_uuid: group,
            created_at: IsoTime::new(self.db.now_as()),
            message_uuid: MessageId::new(&self.db),
            message: text.to_owned(),
            user_uuid: author.uuid,
            user_display_name: author.display_name.clone(),
            user_handle: author.handle.clone(),
        }
    }
}

impl GroupRow {
    /// The row in the list of `user`, with this as the last message.
    #[must_use]
    pub fn with(message: &MessageRow, user: &Person, other: &Person) -> Self {
        Self {
            my_user_uuid: user.uuid,
            last_message_at: message.created_at.clone(),
            message_group_uuid: message.message_group_uuid,
            message: message.message.clone(),
            user_uuid: other.uuid,
            user_display_name: other.display_name.clone(),
            user_handle: other.handle.clone(),
        }
    }
}

impl From<MessageRow> for ShownMessage {
    fn from(row: MessageRow) -> Self {
        Self {
            uuid: row.message_uuid,
            author: Person { uuid: row.user_uuid, display_name: row.user_display_name, handle: row.user_handle },
            created_at: row.created_at.moment(),
            message: row.message,
        }
    }
}

impl From<GroupRow> for ShownConversation {
    fn from(row: GroupRow) -> Self {
        Self {
            group: row.message_group_uuid,
            other: Person { uuid: row.user_uuid, display_name: row.user_display_name, handle: row.user_handle },
            last_message_at: row.last_message_at.moment(),
            last_message: row.message,
        }
    }
}
