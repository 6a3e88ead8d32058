//! The access patterns, on the table whose keys never change.

use tablewright::request::PageCursor;
use tablewright::{Dynamo, Result};

use super::tables::{self, Conversation, Member, Message};
use crate::inbox::{Inbox, Part, ShownConversation, ShownMessage};
use crate::people::{GroupId, MessageId, Person, UserId};

tablewright::access! {
    /// Shows conversations and writes messages.
    pub role App {
        tables::Conversation: query_by_recent, create;
        tables::Message: query, create;
        Member: check, create;
    }
}

/// The app on the table whose keys never change.
#[derive(Debug, Clone)]
pub struct StableInbox {
    db: Dynamo,
}

impl StableInbox {
    /// The app on this DynamoDB.
    #[must_use]
    pub const fn new(db: Dynamo) -> Self {
        Self { db }
    }
}

impl Inbox for StableInbox {
    async fn conversation(&self, group: GroupId, take: usize, after: Option<PageCursor>) -> Result<Part<ShownMessage>> {
        let page = self.db.query(Message::query(group)).descending().take(take).after(after).page().await?;
        let items = page.items.into_iter().map(ShownMessage::from).collect();
        Ok(Part { items, next: page.cursor, capacity_units: page.capacity_units })
    }

    async fn conversations(
        &self,
        user: UserId,
        take: usize,
        after: Option<PageCursor>,
    ) -> Result<Part<ShownConversation>> {
        let page = self.db.query(Conversation::inbox(user)).take(take).after(after).page().await?;
        let items = page.items.into_iter().map(ShownConversation::from).collect();
        Ok(Part { items, next: page.cursor, capacity_units: page.capacity_units })
    }

    async fn create_message(&self, group: GroupId, author: &Person, text: &str) -> Result<ShownMessage> {
        let message = self.message(group, author, text);
        // Who is no member writes nothing: a message under a wrong id would be read by nobody.
        let member = self.db.check_exists(Member::key(group, author.uuid));
        self.db.transact_write((self.db.create(&message), member)).await?;
        Ok(message.into())
    }

    async fn create_group(&self, me: &Person, other: &Person, text: &str) -> Result<GroupId> {
        let group = GroupId::new(&self.db);
        let message = self.message(group, me, text);
        let [mine, theirs] = [(me, other), (other, me)].map(|(user, other)| Conversation::with(&message, user, other));
        let [me, other] = [me, other].map(|person| Member { group, user: person.uuid });
        let db = &self.db;
        db.transact_write((
            db.create(&mine),
            db.create(&theirs),
            db.create(&me),
            db.create(&other),
            db.create(&message),
        ))
        .await?;
        Ok(group)
    }
}

impl StableInbox {
    fn message(&self, group: GroupId, author: &Person, text: &str) -> Message {
        Message {
            group,
            created_at: self.db.now_as(),
            message_uuid: MessageId::new(&self.db),
            message: text.to_owned(),
            author: author.clone(),
        }
    }
}

impl Conversation {
    /// The conversation in the list of `user`, with this as its last message.
    #[must_use]
    pub fn with(message: &Message, user: &Person, other: &Person) -> Self {
        Self {
            user: user.uuid,
            group: message.group,
            last_message_at: message.created_at,
            last_message_uuid: message.message_uuid,
            last_message: message.message.clone(),
            other: other.clone(),
        }
    }
}

impl From<Message> for ShownMessage {
    fn from(message: Message) -> Self {
        let Message { message_uuid: uuid, author, created_at, message, .. } = message;
        Self { uuid, author, created_at, message }
    }
}

impl From<Conversation> for ShownConversation {
    fn from(conversation: Conversation) -> Self {
        let Conversation { group, other, last_message_at, last_message, .. } = conversation;
        Self { group, other, last_message_at, last_message }
    }
}
