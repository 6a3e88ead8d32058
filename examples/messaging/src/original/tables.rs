//! The original table, adopted as it is.

use tablewright::prelude::*;

use super::IsoTime;
use crate::people::{GroupId, MessageId, UserId};

/// The rows of message groups and the messages, under the keys that are in the table already.
///
/// | item | partition key | sort key | `message-group-sk-index` |
/// |---|---|---|---|
/// | [`GroupRow`] | `GRP#<user>` | `<time of the last message>` | `message_group_uuid`, `sk` |
/// | [`MessageRow`] | `MSG#<conversation>` | `<time>` | not in it |
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(
    table = "cruddur-messages",
    partition_key = "pk",
    sort_key = "sk",
    gsi(name = "message-group-sk-index", partition_key = "message_group_uuid", sort_key = "sk"),
    stream = new_image
)]
pub enum CruddurMessages {
    /// A conversation in a user's list.
    Group(GroupRow),
    /// A message.
    Message(MessageRow),
}

/// A conversation in a user's list. The `user_…` attributes are the *other* user's.
#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(
    table = CruddurMessages,
    partition_key(template = "GRP#{my_user_uuid}", raw),
    sort_key(template = "{last_message_at}", raw),
    index(name = "message-group-sk-index", partition_key = "message_group_uuid", sort_key = sort_key)
)]
pub struct GroupRow {
    /// Whose list it is.
    #[dynamo(key_only)]
    pub my_user_uuid: UserId,
    /// When the last message was written. It is the sort key, so the row moves with each message.
    #[dynamo(key_only)]
    pub last_message_at: IsoTime,
    /// The conversation.
    pub message_group_uuid: GroupId,
    /// The last message.
    pub message: String,
    /// The other user.
    pub user_uuid: UserId,
    /// The other user's name.
    pub user_display_name: String,
    /// The other user's handle.
    pub user_handle: String,
}

/// A message. The `user_…` attributes are the sender's.
#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(
    table = CruddurMessages,
    partition_key(template = "MSG#{message_group_uuid}", raw),
    sort_key(template = "{created_at}", raw)
)]
pub struct MessageRow {
    /// The conversation.
    #[dynamo(key_only)]
    pub message_group_uuid: GroupId,
    /// When it was written.
    #[dynamo(key_only)]
    pub created_at: IsoTime,
    /// The message.
    pub message_uuid: MessageId,
    /// What it says.
    pub message: String,
    /// Who wrote it.
    pub user_uuid: UserId,
    /// The sender's name.
    pub user_display_name: String,
    /// The sender's handle.
    pub user_handle: String,
}
