//! A chat bot whose eight tables are eight structs.
//!
//! [`tables`] has them, each with what the bot does with it; [`Bot`] turns what users say into answers.

mod answers;
mod bot;
mod clock;
mod command;
pub mod tables;
pub mod transcript;

pub use bot::{Bot, Speaker};
pub use clock::Clock;
pub use command::{Command, FORMS, Form};

use tables::{BotDataTable, ItemTracker, LeagueTable, LoudTable, PlayTable, RememberTable, SparkleTable, TtsTable};
use tablewright::schema::TableSchema;

/// The bot's tables.
#[must_use]
pub fn all_tables() -> [&'static TableSchema; 8] {
    tablewright::tables![
        BotDataTable,
        ItemTracker,
        LeagueTable,
        LoudTable,
        PlayTable,
        RememberTable,
        SparkleTable,
        TtsTable,
    ]
}
