//! What the app asks of its store, whichever way the items are laid out.

use jiff::Timestamp;
use tablewright::Result;
use tablewright::request::PageCursor;

use crate::people::{GroupId, MessageId, Person, UserId};

/// A message as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownMessage {
    /// The message.
    pub uuid: MessageId,
    /// Who wrote it.
    pub author: Person,
    /// When.
    pub created_at: Timestamp,
    /// What it says.
    pub message: String,
}

/// A conversation as it stands in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownConversation {
    /// The conversation.
    pub group: GroupId,
    /// The other member.
    pub other: Person,
    /// When the last message was written.
    pub last_message_at: Timestamp,
    /// What it says.
    pub last_message: String,
}

/// A part of a list, and where it goes on.
#[derive(Debug, Clone)]
pub struct Part<T> {
    /// The newest first.
    pub items: Vec<T>,
    /// Where the next part begins.
    pub next: Option<PageCursor>,
    /// The read units that it took.
    pub capacity_units: f64,
}

/// The access patterns of the app.
#[expect(async_fn_in_trait, reason = "the app's own futures need no bound")]
pub trait Inbox {
    /// A: the newest messages of a conversation.
    ///
    /// # Errors
    /// Whatever the store reports.
    async fn conversation(&self, group: GroupId, take: usize, after: Option<PageCursor>) -> Result<Part<ShownMessage>>;

    /// B: a user's conversations, the one with the newest message first.
    ///
    /// # Errors
    /// Whatever the store reports.
    async fn conversations(
        &self,
        user: UserId,
        take: usize,
        after: Option<PageCursor>,
    ) -> Result<Part<ShownConversation>>;

    /// C: a message in a conversation that is there.
    ///
    /// # Errors
    /// Whatever the store reports.
    async fn create_message(&self, group: GroupId, author: &Person, message: &str) -> Result<ShownMessage>;

    /// D: a conversation with its first message, all of it or nothing.
    ///
    /// # Errors
    /// Whatever the store reports.
    async fn create_group(&self, me: &Person, other: &Person, message: &str) -> Result<GroupId>;
}
