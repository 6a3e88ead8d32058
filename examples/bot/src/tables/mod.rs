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
pub use item_tracker::{ItemTracker, Threshold, Tracking};
pub use league::{LeagueTable, MatchResult};
pub use play::{PlayStats, PlayTable, Played};
pub use remember::RememberTable;
pub use server::ServerId;
pub use sparkle::{Reason, SparkleTable};

use jiff::Timestamp;
use tablewright::{Dynamo, FromClock};

/// The handle's time: what the bot calls now.
#[must_use]
pub fn now(db: &Dynamo) -> Timestamp {
    Timestamp::from_clock(db.now())
}
