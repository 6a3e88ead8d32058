//! What the bot was told to remember.

use tablewright::Result;
use tablewright::prelude::*;

use super::ServerId;

/// Something that the bot was told to remember on one server.
#[derive(DynamoTable, Debug, Clone, PartialEq, Eq)]
#[dynamo(table = "remember")]
pub struct RememberTable {
    /// The server it was told on.
    #[dynamo(partition_key)]
    pub discord_server_id: ServerId,
    /// What it is called.
    #[dynamo(sort_key)]
    pub rem_key: String,
    /// What it is.
    pub rem_value: String,
}

impl RememberTable {
    /// Remembers something, unless there is something under its key already: that is what comes back then.
    ///
    /// Of several who come at once exactly one is first, because it is a single conditional write.
    ///
    /// # Errors
    /// Whatever the store reports.
    pub async fn remember(self, db: &Dynamo) -> Result<Option<Self>> {
        db.create(&self).or_stored().await
    }

    /// What is under a key.
    ///
    /// # Errors
    /// Whatever the store reports.
    pub async fn recall(db: &Dynamo, server: ServerId, key: &str) -> Result<Option<Self>> {
        db.get(Self::key(server, key)).consistent().await
    }

    /// Forgets what is under a key, and gives it back.
    ///
    /// # Errors
    /// Whatever the store reports.
    pub async fn forget(db: &Dynamo, server: ServerId, key: &str) -> Result<Option<Self>> {
        db.delete(Self::key(server, key)).returning_old().await
    }

    /// What one server remembers and is like a text, the best first; all of it if the text is empty.
    ///
    /// It reads that server's items and no others.
    ///
    /// # Errors
    /// Whatever the store reports.
    pub async fn search(db: &Dynamo, server: ServerId, text: &str) -> Result<Vec<Self>> {
        let text = text.to_lowercase();
        let items = db.query(Self::query(server)).await?;
        let mut ranked: Vec<(u32, Self)> =
            items.into_iter().filter_map(|item| Some((item.likeness(&text)?, item))).collect();
        // The sort is stable, so that equals stay in the order of their keys.
        ranked.sort_by_key(|(likeness, _)| core::cmp::Reverse(*likeness));
        Ok(ranked.into_iter().map(|(_, item)| item).collect())
    }

    /// How much this is like a text in lower case, or `None` if it is not.
    fn likeness(&self, text: &str) -> Option<u32> {
        let (key, value) = (self.rem_key.to_lowercase(), self.rem_value.to_lowercase());
        if key == text {
            Some(400)
        } else if key.starts_with(text) {
            Some(300)
        } else if key.contains(text) {
            Some(200)
        } else if value.contains(text) {
            Some(100)
        } else {
            Some(shared_pairs(&key, text)).filter(|percent| *percent >= 40)
        }
    }
}

/// How many of the pairs of neighbouring letters two words share, in percent: what finds `meetign` under `meeting`.
fn shared_pairs(one: &str, other: &str) -> u32 {
    let pairs = |text: &str| text.chars().zip(text.chars().skip(1)).collect::<Vec<_>>();
    let (one, mut left) = (pairs(one), pairs(other));
    let all = one.len() + left.len();
    let before = left.len();
    for pair in one {
        if let Some(place) = left.iter().position(|other| *other == pair) {
            left.swap_remove(place);
        }
    }
    let shared = before - left.len();
    u32::try_from(200 * shared / all.max(1)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_word_is_alike_and_another_word_is_not() {
        assert!(shared_pairs("meeting", "meetign") >= 40);
        assert!(shared_pairs("meeting", "birthday") < 40);
        assert_eq!(shared_pairs("", "x"), 0);
        assert_eq!(shared_pairs("same", "same"), 100);
    }
}
