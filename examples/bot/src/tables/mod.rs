//! The bot's eight tables. Each file has a table and everything that the bot does with it.

mod botdata;
mod cool_down;
mod item_tracker;
mod league;
mod play;
mod remember;
mod server;
mod sparkle;

pub use botdata::{Bans, BotDataTable, CommandUsage, Target};
pub use cool_down::{CoolDown, LoudTable, Pass, TtsTable};
pub use item_tracker::{ItemTracker, Threshold};
pub use league::{LeagueTable, MatchResult};
pub use play::{PlayStats, PlayTable, Played};
pub use remember::RememberTable;
pub use server::ServerId;
pub use sparkle::{Reason, SparkleTable};
