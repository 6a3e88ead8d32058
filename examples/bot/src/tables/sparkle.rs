//! Sparkles: thanks that users give each other.

use jiff::Timestamp;
use tablewright::Result;
use tablewright::prelude::*;

use super::ServerId;

/// The sparkles that a user has been given.
#[derive(DynamoTable, Debug, Clone, PartialEq, Eq)]
#[dynamo(table = "sparkle")]
pub struct SparkleTable {
    /// The server.
    #[dynamo(partition_key)]
    pub discord_server_id: ServerId,
    /// The user who was given them.
    #[dynamo(sort_key)]
    pub discord_handle: String,
    /// How many.
    pub total_sparkles: u64,
    /// One for each, oldest first.
    pub sparkle_reasons: Vec<Reason>,
    /// When the last one was given.
    #[dynamo(updated_at)]
    pub updated_at: Timestamp,
}

/// Who gave a sparkle, when, and what for.
#[derive(DynamoAttribute, Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Who.
    pub from: String,
    /// What for, if that was said.
    pub why: Option<String>,
    /// When.
    pub at: Timestamp,
}

impl SparkleTable {
    /// Gives a user a sparkle, and gives back what the user has now.
    ///
    /// The count and the reason are one write, so they never differ, however many give at once.
    ///
    /// # Errors
    /// Whatever the store reports.
    pub async fn give(db: &Dynamo, server: ServerId, to: &str, from: &str, why: Option<String>) -> Result<Self> {
        let reason = Reason { from: from.to_owned(), why, at: db.now_as() };
        db.upsert(Self::key(server, to))
            .increment(|item| item.total_sparkles, 1)
            .append(|item| item.sparkle_reasons, [reason])
            .returning_new()
            .await
    }

    /// A user's sparkles, if there are any.
    ///
    /// # Errors
    /// Whatever the store reports.
    pub async fn of(db: &Dynamo, server: ServerId, handle: &str) -> Result<Option<Self>> {
        db.get(Self::key(server, handle)).consistent().await
    }

    /// Everybody's sparkles on one server, most first.
    ///
    /// # Errors
    /// Whatever the store reports.
    pub async fn ranking(db: &Dynamo, server: ServerId) -> Result<Vec<Self>> {
        let mut items = db.query(Self::query(server)).await?;
        items.sort_by_key(|item| core::cmp::Reverse(item.total_sparkles));
        Ok(items)
    }
}
