//! One table: conversations, their members and their messages.

use jiff::Timestamp;
use tablewright::prelude::*;

use crate::people::{GroupId, MessageId, Person, UserId};

/// Conversations, their members and their messages.
///
/// | item | partition key | sort key | `by-recent` |
/// |---|---|---|---|
/// | [`Conversation`] | `GRP#<user>` | `<conversation>` | `GRP#<user>`, `<time of the last message>#<conversation>` |
/// | [`Member`] | `MSG#<conversation>` | `MEMBER#<user>` | |
/// | [`Message`] | `MSG#<conversation>` | `AT#<time>#<message>` | |
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(
    table = "messaging",
    partition_key = "pk",
    sort_key = "sk",
    gsi(name = "by-recent", partition_key = "recent_pk", sort_key = "recent_sk"),
    stream = new_image
)]
pub enum Messaging {
    /// A conversation in a member's list.
    Conversation(Conversation),
    /// A member of a conversation.
    Member(Member),
    /// A message.
    Message(Message),
}

/// A conversation as it stands in the list of one of its members.
///
/// Its key never changes. The time of the last message is in the key of `by-recent` alone, so a new message is one update of
/// this item, and never a deletion.
#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(
    table = Messaging,
    partition_key = "GRP#{user}",
    sort_key = "{group}",
    index(name = "by-recent", partition_key = "GRP#{user}", sort_key = "{last_message_at}#{group}"),
    access(
        name = "inbox",
        index = "by-recent",
        partition(user),
        order = descending,
        doc = "A user's conversations, the one with the newest message first."
    )
)]
pub struct Conversation {
    /// Whose list it is.
    #[dynamo(key_only)]
    pub user: UserId,
    /// The conversation.
    #[dynamo(key_only)]
    pub group: GroupId,
    /// When the last message was written.
    pub last_message_at: Timestamp,
    /// The last message.
    pub last_message_uuid: MessageId,
    /// What the last message says.
    pub last_message: String,
    /// The other member.
    pub other: Person,
}

/// A member of a conversation.
///
/// It stands beside the messages, so that who is to hear of a message is read consistently and not from an index.
#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(table = Messaging, partition_key = "MSG#{group}", sort_key = "MEMBER#{user}")]
pub struct Member {
    /// The conversation.
    #[dynamo(key_only)]
    pub group: GroupId,
    /// The user.
    #[dynamo(key_only)]
    pub user: UserId,
}

/// A message.
///
/// Its time and its id are both in its key: two messages of the same instant are two items, in the same order for everyone.
#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(table = Messaging, partition_key = "MSG#{group}", sort_key = "AT#{created_at}#{message_uuid}")]
pub struct Message {
    /// The conversation.
    #[dynamo(key_only)]
    pub group: GroupId,
    /// When it was written.
    #[dynamo(key_only)]
    pub created_at: Timestamp,
    /// The message.
    #[dynamo(key_only)]
    pub message_uuid: MessageId,
    /// What it says.
    pub message: String,
    /// Who wrote it.
    pub author: Person,
}
