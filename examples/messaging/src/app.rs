//! The app on a store: one of the two models, and what it cost.

use jiff::{Timestamp, ToSpan};
use tablewright::schema::TableSchema;
use tablewright::{Dynamo, Entity, PageCursor, Result};

use crate::inbox::{Inbox, Part, ShownConversation, ShownMessage};
use crate::original::{self, CruddurMessages, OriginalInbox};
use crate::people::{GroupId, Person, UserId};
use crate::seed::{Script, Speaker};
use crate::stable::{self, Messaging, StableInbox};
use crate::store::Store;

/// How the items are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Model {
    /// Keys that never change, and an index for what changes.
    Stable,
    /// The keys of the existing table, where a conversation's row moves with each message.
    Original,
}

/// The app, on one of the two models.
#[derive(Debug, Clone)]
pub enum AnyInbox {
    /// On the table whose keys never change.
    Stable(StableInbox),
    /// On the existing table.
    Original(OriginalInbox),
}

impl Model {
    /// The model's table.
    #[must_use]
    pub const fn table(self) -> &'static TableSchema {
        match self {
            Self::Stable => Messaging::TABLE,
            Self::Original => CruddurMessages::TABLE,
        }
    }

    /// The app on this model.
    #[must_use]
    pub fn inbox(self, db: &Dynamo) -> AnyInbox {
        match self {
            Self::Stable => AnyInbox::Stable(StableInbox::new(db.clone())),
            Self::Original => AnyInbox::Original(OriginalInbox::new(db.clone())),
        }
    }
}

impl Inbox for AnyInbox {
    async fn conversation(&self, group: GroupId, take: usize, after: Option<PageCursor>) -> Result<Part<ShownMessage>> {
        match self {
            Self::Stable(inbox) => inbox.conversation(group, take, after).await,
            Self::Original(inbox) => inbox.conversation(group, take, after).await,
        }
    }

    async fn conversations(
        &self,
        user: UserId,
        take: usize,
        after: Option<PageCursor>,
    ) -> Result<Part<ShownConversation>> {
        match self {
            Self::Stable(inbox) => inbox.conversations(user, take, after).await,
            Self::Original(inbox) => inbox.conversations(user, take, after).await,
        }
    }

    async fn create_message(&self, group: GroupId, author: &Person, message: &str) -> Result<ShownMessage> {
        match self {
            Self::Stable(inbox) => inbox.create_message(group, author, message).await,
            Self::Original(inbox) => inbox.create_message(group, author, message).await,
        }
    }

    async fn create_group(&self, me: &Person, other: &Person, message: &str) -> Result<GroupId> {
        match self {
            Self::Stable(inbox) => inbox.create_group(me, other, message).await,
            Self::Original(inbox) => inbox.create_group(me, other, message).await,
        }
    }
}
