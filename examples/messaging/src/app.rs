//! The app on a store: one of the two models, and what it cost.

use core::str::FromStr;

use jiff::{Timestamp, ToSpan};
use tablewright::request::PageCursor;
use tablewright::schema::TableSchema;
use tablewright::{Dynamo, Entity, Result};

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

impl FromStr for Model {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "stable" => Ok(Self::Stable),
            "original" => Ok(Self::Original),
            _ => Err("it is `stable` or `original`"),
        }
    }
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

/// The app on a store.
#[derive(Debug, Clone)]
pub struct App {
    /// The DynamoDB.
    pub db: Dynamo,
    /// How the items are laid out.
    pub model: Model,
}

impl App {
    /// The app on this store. Tables are not made.
    ///
    /// # Errors
    /// If the file of the embedded engine cannot be opened.
    pub async fn open(store: &Store, model: Model) -> Result<Self> {
        let db = match store {
            Store::File(path) => Dynamo::embedded_file(path).await?,
            Store::Loopback(endpoint) => crate::store::loopback(endpoint),
            Store::Production => Dynamo::from_env().await?,
        };
        Ok(Self { db, model })
    }

    /// The access patterns.
    #[must_use]
    pub fn inbox(&self) -> AnyInbox {
        self.model.inbox(&self.db)
    }

    /// The conversation that [`seed`](Self::seed) fills.
    #[must_use]
    pub const fn seeded_group() -> GroupId {
        GroupId(uuid::Uuid::from_u128(0x5ae2_90ed_55d1_47a0_bc6d_fe2b_c270_0399))
    }

    /// Writes a conversation of two: its first message a day ago, and a minute from each to the next.
    ///
    /// The messages are written in batches, which saves round trips and no write units.
    ///
    /// # Errors
    /// Whatever the store reports; what was written stays, and seeding again completes it.
    pub async fn seed(&self, script: &Script, now: Timestamp) -> Result<usize> {
        let (me, other) = (Person::andrew(), Person::bayko());
        let lines: Vec<SeedLine<'_>> = script
            .lines
            .iter()
            .zip(0_i64..)
            .map(|(line, minute)| SeedLine {
                author: if line.speaker == Speaker::First { &me } else { &other },
                at: now - 24.hours() + minute.minutes(),
                text: &line.text,
            })
            .collect();
        match self.model {
            Model::Stable => stable::seed(&self.db, Self::seeded_group(), [&me, &other], &lines).await?,
            Model::Original => original::seed(&self.db, Self::seeded_group(), [&me, &other], &lines).await?,
        }
        Ok(lines.len())
    }
}

/// A message of a seed file with its author and time.
#[derive(Debug, Clone, Copy)]
pub struct SeedLine<'s> {
    /// Who wrote it.
    pub author: &'s Person,
    /// When.
    pub at: Timestamp,
    /// What it says.
    pub text: &'s str,
}

impl SeedLine<'_> {
    /// The id of the message: the same each time that the line is seeded at the same time.
    #[must_use]
    pub fn id(&self) -> crate::people::MessageId {
        let nanosecond = self.at.as_nanosecond().unsigned_abs();
        crate::people::MessageId(uuid::Uuid::from_u128(nanosecond))
    }
}
