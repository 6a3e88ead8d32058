//! The league watcher: who plays under which name, and how it goes.

use jiff::Timestamp;
use tablewright::prelude::*;
use tablewright::{Error, Result};

use super::ServerId;

/// A user whom the league watcher watches.
#[derive(DynamoTable, Debug, Clone, PartialEq, Eq)]
#[dynamo(table = "league")]
pub struct LeagueTable {
    /// The server.
    #[dynamo(partition_key)]
    pub discord_server_id: ServerId,
    /// The user.
    #[dynamo(sort_key)]
    pub discord_handle: String,
    /// The user's name in the league.
    pub summoner_name: String,
    /// Since when the user is watched.
    #[dynamo(created_at)]
    pub created_at: Timestamp,
    /// The last change.
    #[dynamo(updated_at)]
    pub updated_at: Timestamp,
    /// The match whose result came last, so that the same result counts once.
    pub last_match: Option<String>,
    /// Whether the bot may mention the user.
    pub bot_can_at_me: bool,
    /// How many matches were won since the last one that was lost.
    pub win_streak: u32,
    /// How many matches were lost since the last one that was won.
    pub loss_streak: u32,
}

/// How a match ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatchResult {
    /// It was won.
    Win,
    /// It was lost.
    Loss,
}

impl LeagueTable {
    /// Somebody to watch from now on.
    #[must_use]
    pub fn new(server: ServerId, handle: &str, summoner: &str) -> Self {
        Self {
            discord_server_id: server,
            discord_handle: handle.to_owned(),
            summoner_name: summoner.to_owned(),
            created_at: Timestamp::default(),
            updated_at: Timestamp::default(),
            last_match: None,
            bot_can_at_me: true,
            win_streak: 0,
            loss_streak: 0,
        }
    }

    /// Begins to watch, unless the user is watched already: as whom comes back then.
    ///
    /// # Errors
    /// Whatever the store reports.
    pub async fn watch(self, db: &Dynamo) -> Result<Option<Self>> {
        db.create(&self).or_stored().await
    }

    /// A watched user.
    ///
    /// # Errors
    /// Whatever the store reports.
    pub async fn view(db: &Dynamo, server: ServerId, handle: &str) -> Result<Option<Self>> {
        db.get(Self::key(server, handle)).consistent().await
    }

    /// Stops watching a user; what was known comes back.
    ///
    /// # Errors
    /// Whatever the store reports.
    pub async fn unwatch(db: &Dynamo, server: ServerId, handle: &str) -> Result<Option<Self>> {
        db.delete(Self::key(server, handle)).returning_old().await
    }

    /// Says whether the bot may mention a user; `false` comes back if nobody watches the user.
    ///
    /// # Errors
    /// Whatever the store reports.
    pub async fn mention(db: &Dynamo, server: ServerId, handle: &str, may: bool) -> Result<bool> {
        let set = db.update(Self::key(server, handle)).set(|item| item.bot_can_at_me, may).if_met().await?;
        Ok(set.is_some())
    }

    /// Takes note of a match: one streak grows and the other one ends, in one write.
    ///
    /// The result of a match that is named counts once, however often it is told. `None` comes back if nobody watches
    /// the user.
    ///
    /// # Errors
    /// Whatever the store reports.
    pub async fn result(
        db: &Dynamo,
        server: ServerId,
        handle: &str,
        result: MatchResult,
        name: Option<&str>,
    ) -> Result<Option<Self>> {
        let update = db.update(Self::key(server, handle));
        let mut update = match result {
            MatchResult::Win => update.increment(|item| item.win_streak, 1).set(|item| item.loss_streak, 0),
            MatchResult::Loss => update.increment(|item| item.loss_streak, 1).set(|item| item.win_streak, 0),
        };
        if let Some(name) = name {
            update = update.set(|item| item.last_match, name).condition(|item| item.last_match.ne(name));
        }
        match update.returning_new().await {
            Ok(item) => Ok(Some(item)),
            Err(Error::ConditionFailed(failed)) => failed.stored(),
            Err(error) => Err(error),
        }
    }
}
