//! Items as rows of `scan`.

use messaging::original::CruddurMessages;
use messaging::stable::Messaging;

use super::show::{minute, short};

/// The entity, what it belongs to, its time and its text.
pub(super) fn stable(item: &Messaging) -> [String; 4] {
    let row = |entity: &str, of: String, at, says: &str| [entity.to_owned(), of, at, short(says, 48)];
    match item {
        Messaging::Conversation(item) => {
            row("Conversation", format!("list of {}", item.user), minute(item.last_message_at), &item.last_message)
        }
        Messaging::Member(item) => row("Member", format!("in {}", item.group), String::new(), &item.user.to_string()),
        Messaging::Message(item) => {
            row("Message", format!("in {}", item.group), minute(item.created_at), &item.message)
        }
    }
}

/// The entity, what it belongs to, its time and its text.
pub(super) fn original(item: &CruddurMessages) -> [String; 4] {
    let row = |entity: &str, of: String, at, says: &str| [entity.to_owned(), of, minute(at), short(says, 48)];
    match item {
        CruddurMessages::Group(item) => {
            row("GroupRow", format!("list of {}", item.my_user_uuid), item.last_message_at.moment(), &item.message)
        }
        CruddurMessages::Message(item) => {
            row("MessageRow", format!("in {}", item.message_group_uuid), item.created_at.moment(), &item.message)
        }
    }
}
