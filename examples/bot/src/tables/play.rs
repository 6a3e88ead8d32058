//! Who played how many songs.

use std::collections::BTreeMap;

use jiff::Timestamp;
use tablewright::Result;
use tablewright::prelude::*;

use super::ServerId;

/// One server's songs: a single item, whose document grows with the DJs.
#[derive(DynamoTable, Debug, Clone, PartialEq, Eq)]
#[dynamo(table = "play")]
pub struct PlayTable {
    /// The server.
    #[dynamo(partition_key)]
    pub discord_server_id: ServerId,
    /// What was played.
    pub stats: PlayStats,
    /// When something was played last.
    #[dynamo(updated_at)]
    pub updated_at: Timestamp,
}

/// What was played on a server.
#[derive(DynamoAttribute, Debug, Clone, Default, PartialEq, Eq)]
pub struct PlayStats {
    /// By all together.
    pub total: Played,
    /// By each DJ.
    pub djs: BTreeMap<String, Played>,
}

/// How much was played.
#[derive(DynamoAttribute, Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Played {
    /// How many songs.
    pub songs: u64,
    /// For how long.
    pub seconds: u64,
}

impl PlayTable {
    /// Counts a song that a DJ played. Songs of several at once all count.
    ///
    /// # Errors
    /// Whatever the store reports.
    pub async fn count(db: &Dynamo, server: ServerId, dj: &str, seconds: u64) -> Result<()> {
        if Self::add(db, server, dj, seconds).await? {
            return Ok(());
        }
        // The DJ is new, or the server is. Entries are never removed, so the second time is sure to find them.
        Self::enter(db, server, dj).await?;
        Self::add(db, server, dj, seconds).await.map(drop)
    }

    /// What was played on a server.
    ///
    /// # Errors
    /// Whatever the store reports.
    pub async fn stats(db: &Dynamo, server: ServerId) -> Result<PlayStats> {
        let item = db.get(Self::key(server)).consistent().await?;
        Ok(item.map(|item| item.stats).unwrap_or_default())
    }

    /// Adds a song to the server's counters and the DJ's, all in one write; false if the DJ has none.
    async fn add(db: &Dynamo, server: ServerId, dj: &str, seconds: u64) -> Result<bool> {
        let added = db
            .update(Self::key(server))
            .increment(|item| item.stats.at(|stats| stats.total).at(|total| total.songs), 1)
            .increment(|item| item.stats.at(|stats| stats.total).at(|total| total.seconds), seconds)
            .increment(|item| item.stats.at(|stats| stats.djs).entry(dj).at(|played| played.songs), 1)
            .increment(|item| item.stats.at(|stats| stats.djs).entry(dj).at(|played| played.seconds), seconds)
            .condition(|item| item.stats.at(|stats| stats.djs).entry(dj).exists())
            .if_met()
            .await?;
        Ok(added.is_some())
    }

    /// Gives a DJ counters that are zero, unless there are some. It may be repeated by anybody at any time.
    async fn enter(db: &Dynamo, server: ServerId, dj: &str) -> Result<()> {
        let nothing = Self { discord_server_id: server, stats: PlayStats::default(), updated_at: Timestamp::default() };
        db.create(&nothing).if_met().await?;
        db.update(Self::key(server))
            .set_if_not_exists(|item| item.stats.at(|stats| stats.djs).entry(dj), Played::default())
            .await
    }
}

impl PlayStats {
    /// The DJs, those with most songs first; of equals the one with more time, then by name.
    #[must_use]
    pub fn ranking(&self) -> Vec<(&str, Played)> {
        let mut djs: Vec<(&str, Played)> = self.djs.iter().map(|(dj, played)| (&**dj, *played)).collect();
        djs.sort_by_key(|(_, played)| core::cmp::Reverse((played.songs, played.seconds)));
        djs
    }
}
