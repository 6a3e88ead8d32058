//! The bot: who says what where, and what it answers.

use tablewright::{Dynamo, Result};

use crate::answers;
use crate::command::{Command, first_word};
use crate::tables::{Bans, CommandUsage, ServerId};

/// A bot on a store. Several bots may share a store.
#[derive(Debug)]
pub struct Bot {
    db: Dynamo,
    usage: CommandUsage,
}

/// Who says something, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// The server.
    pub server: ServerId,
    /// The user.
    pub handle: String,
}

impl Bot {
    /// A bot that keeps everything in this store.
    #[must_use]
    pub fn new(db: Dynamo) -> Self {
        Self { db, usage: CommandUsage::default() }
    }

    /// What the bot answers, or `None` where it has nothing to say: to small talk, and to those who are banned.
    ///
    /// # Errors
    /// Whatever the store reports. Then the command was not carried out, or the error says that this is unknown.
    pub async fn answer(&mut self, from: &Speaker, text: &str) -> Result<Option<String>> {
        if !Command::is_meant(text) {
            return Ok(None);
        }
        let command: Command = match text.parse() {
            Ok(command) => command,
            Err(how) => return Ok(Some(how)),
        };
        let bans = Bans::read(&self.db).await?;
        if bans.users.contains(&from.handle) || bans.servers.contains(&from.server) {
            return Ok(None);
        }
        self.usage.count(first_word(text).0.to_lowercase().trim_start_matches('.'));
        self.obey(from, command).await.map(Some)
    }

    /// Stores how often commands were used since the last time. Call it now and then, and at the end.
    ///
    /// # Errors
    /// Whatever the store reports; the counts are kept for the next time then.
    pub async fn flush(&mut self) -> Result<()> {
        self.usage.flush(&self.db).await
    }

    async fn obey(&mut self, from: &Speaker, command: Command) -> Result<String> {
        let db = &self.db;
        match command {
            Command::Help => Ok(answers::help()),
            Command::Remember { key, value } => answers::remember(db, from, key, value).await,
            Command::Recall { key } => answers::recall(db, from, &key).await,
            Command::Forget { key } => answers::forget(db, from, &key).await,
            Command::Search { text } => answers::search(db, from, &text).await,
            Command::Loud { text } => answers::loud(db, from, &text).await,
            Command::Tts { text } => answers::tts(db, from, &text).await,
            Command::Sparkle { to, why } => answers::sparkle(db, from, &to, why).await,
            Command::Sparkles { of: Some(handle) } => answers::sparkles_of(db, from, &handle).await,
            Command::Sparkles { of: None } => answers::sparkles(db, from).await,
            Command::Play { song, seconds } => answers::play(db, from, &song, seconds).await,
            Command::PlayStats => answers::play_stats(db, from).await,
            Command::Stats => {
                self.usage.flush(db).await?;
                answers::stats(db).await
            }
            Command::Ban(target) => answers::ban(db, from, target).await,
            Command::Unban(target) => answers::unban(db, target).await,
            Command::BannedUsers => answers::banned_users(db).await,
            Command::BannedServers => answers::banned_servers(db).await,
            Command::Watch { summoner } => answers::watch(db, from, &summoner).await,
            Command::Unwatch => answers::unwatch(db, from).await,
            Command::View => answers::view(db, from).await,
            Command::Match { result, name } => answers::match_result(db, from, result, name.as_deref()).await,
            Command::Mention { may } => answers::mention(db, from, may).await,
            Command::Track { item, threshold, channel } => answers::track(db, from, item, threshold, channel).await,
            Command::Untrack { item } => answers::untrack(db, from, &item).await,
            Command::Tracked => answers::tracked(db, from).await,
            Command::Price { item, price } => answers::price(db, from, &item, price).await,
        }
    }
}
