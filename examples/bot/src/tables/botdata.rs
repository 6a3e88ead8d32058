//! What the bot keeps for itself: which commands are used, and who is banned.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use tablewright::prelude::*;
use tablewright::{Error, Result};

use super::ServerId;

/// Something that the bot keeps for itself. Each item uses the attributes that it needs.
#[derive(DynamoTable, Debug, Clone, Default, PartialEq, Eq)]
#[dynamo(table = "botdata")]
pub struct BotDataTable {
    /// What it is.
    #[dynamo(partition_key)]
    pub key: String,
    /// How often each command was used.
    #[dynamo(default)]
    pub command_usage: BTreeMap<String, u64>,
    /// The last batch of uses that was added.
    pub last_batch: Option<String>,
    /// Users whom the bot does not answer. DynamoDB has no empty set, so there is none when nobody is banned.
    pub banned_users: Option<BTreeSet<String>>,
    /// Servers that the bot does not answer.
    pub banned_servers: Option<BTreeSet<ServerId>>,
    /// The last change.
    #[dynamo(updated_at)]
    pub updated_at: Timestamp,
}

/// Who can be banned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A user, on every server.
    User(String),
    /// A server, with everybody on it.
    Server(ServerId),
}

/// Who is banned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bans {
    /// The users.
    pub users: BTreeSet<String>,
    /// The servers.
    pub servers: BTreeSet<ServerId>,
}

/// Uses of commands that are not stored yet.
///
/// They are stored in batches. A batch has a name and is added once: after a lost answer the same batch is sent again,
/// and the store says whether it has it. It knows the last batch only, which is enough for one bot; where several share
/// a store, a batch counts twice if its answer was lost and another bot's batch came between.
#[derive(Debug, Default)]
pub struct CommandUsage {
    /// Uses since the last batch was closed.
    open: BTreeMap<String, u64>,
    /// The batch that is on its way, until it is known to be stored.
    batch: Option<(String, BTreeMap<String, u64>)>,
}

const USAGE: &str = "usage";
const BANS: &str = "bans";

impl Bans {
    /// Who is banned now.
    ///
    /// # Errors
    /// Whatever the store reports.
    pub async fn read(db: &Dynamo) -> Result<Self> {
        let item = db.get(BotDataTable::key(BANS)).consistent().await?.unwrap_or_default();
        Ok(Self { users: item.banned_users.unwrap_or_default(), servers: item.banned_servers.unwrap_or_default() })
    }

    /// Bans somebody. Bans by several at once all hold, because elements are added to the stored set.
    ///
    /// # Errors
    /// Whatever the store reports.
    pub async fn ban(db: &Dynamo, target: Target) -> Result<()> {
        let update = db.upsert(BotDataTable::key(BANS));
        match target {
            Target::User(handle) => update.add_element(|item| item.banned_users, handle).await,
            Target::Server(server) => update.add_element(|item| item.banned_servers, server).await,
        }
    }

    /// Lifts a ban.
    ///
    /// # Errors
    /// Whatever the store reports.
    pub async fn unban(db: &Dynamo, target: Target) -> Result<()> {
        let update = db.upsert(BotDataTable::key(BANS));
        match target {
            Target::User(handle) => update.delete_element(|item| item.banned_users, handle).await,
            Target::Server(server) => update.delete_element(|item| item.banned_servers, server).await,
        }
    }
}

impl CommandUsage {
    /// Counts a use.
    pub fn count(&mut self, command: &str) {
        *self.open.entry(command.to_owned()).or_default() += 1;
    }

    /// The stored counts.
    ///
    /// # Errors
    /// Whatever the store reports.
    pub async fn stored(db: &Dynamo) -> Result<BTreeMap<String, u64>> {
        let item = db.get(BotDataTable::key(USAGE)).consistent().await?;
        Ok(item.map(|item| item.command_usage).unwrap_or_default())
    }

    /// Stores the uses counted so far. What a failure leaves is kept for the next time.
    ///
    /// # Errors
    /// Whatever the store reports.
    pub async fn flush(&mut self, db: &Dynamo) -> Result<()> {
        // A batch that failed goes first and as it was, because it may have been stored after all.
        while let Some((name, uses)) = self.next_batch(db) {
            Self::store(db, name, uses).await?;
            self.batch = None;
        }
        Ok(())
    }

    fn next_batch(&mut self, db: &Dynamo) -> Option<&(String, BTreeMap<String, u64>)> {
        if self.batch.is_none() && !self.open.is_empty() {
            self.batch = Some((format!("{:032x}", db.new_id()), core::mem::take(&mut self.open)));
        }
        self.batch.as_ref()
    }

    async fn store(db: &Dynamo, batch: &str, uses: &BTreeMap<String, u64>) -> Result<()> {
        if !Self::add(db, batch, uses).await? {
            let empty = BotDataTable { key: USAGE.to_owned(), ..BotDataTable::default() };
            db.create(&empty).if_met().await?;
            Self::add(db, batch, uses).await?;
        }
        Ok(())
    }

    /// Adds a batch, unless it is the last one that was added; false if there is nothing to add it to.
    async fn add(db: &Dynamo, batch: &str, uses: &BTreeMap<String, u64>) -> Result<bool> {
        let mut update = db.update(BotDataTable::key(USAGE)).set(|item| item.last_batch, batch);
        for (command, times) in uses {
            update = update.increment(|item| item.command_usage.entry(command), times);
        }
        match update.condition(|item| item.last_batch.ne(batch)).await {
            Ok(()) => Ok(true),
            Err(Error::ConditionFailed(failed)) => Ok(failed.stored::<BotDataTable>()?.is_some()),
            Err(error) => Err(error),
        }
    }
}
