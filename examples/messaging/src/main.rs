//! The messaging app's tool: tables, seed data and the access patterns, on the command line.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use messaging::app::Model;
use messaging::people::GroupId;
use messaging::store::Store;
use messaging::units::Units;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

mod command;

/// Makes, fills, reads and drops the messaging app's table.
///
/// Without `--prod` it works on this machine: on the embedded engine in a file, or on a server at a loopback address.
#[derive(Parser)]
#[command(name = "messaging", version)]
struct Arguments {
    /// Works on the DynamoDB that the environment names (AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL_DYNAMODB).
    #[arg(long, global = true)]
    prod: bool,
    /// Lets a command destroy or cost something in production.
    #[arg(long, global = true)]
    yes: bool,
    /// A DynamoDB server on this machine, such as http://127.0.0.1:8000.
    #[arg(long, global = true, value_name = "URL")]
    endpoint: Option<String>,
    /// The file of the embedded engine [default: messaging.db].
    #[arg(long, global = true, value_name = "FILE")]
    db: Option<PathBuf>,
    /// How the items are laid out: the keys of the existing table, or keys that never change.
    #[arg(long, global = true, default_value = "stable", value_name = "stable|original")]
    model: Model,
    #[command(subcommand)]
    command: Job,
}

#[derive(Subcommand)]
enum Job {
    /// Drops the table, makes it again and fills it.
    Setup {
        /// The conversation to fill it with [default: one that comes with the tool].
        #[arg(long)]
        file: Option<PathBuf>,
    },
    /// Lists the tables.
    ListTables,
    /// Shows keys, indexes, stream and size of the table.
    DescribeTable,
    /// Makes the table, unless it is there as it should be.
    SchemaLoad,
    /// Fills the table with a conversation: `Person 1: …` and `Person 2: …`, a message a line.
    Seed {
        /// The conversation.
        #[arg(long)]
        file: PathBuf,
    },
    /// Shows every item.
    Scan,
    /// Shows the newest messages of a conversation.
    GetConversation {
        /// The conversation [default: the one that `seed` makes].
        group: Option<GroupId>,
        /// How many messages.
        #[arg(long, default_value_t = 20)]
        take: usize,
    },
    /// Shows a user's conversations, the one with the newest message first.
    ListConversations {
        /// The user's handle.
        #[arg(default_value = "andrewbrown")]
        handle: String,
    },
    /// Writes a message into a conversation.
    Send {
        /// What it says.
        message: String,
        /// The author's handle.
        #[arg(long, default_value = "andrewbrown")]
        from: String,
        /// The conversation [default: the one that `seed` makes].
        #[arg(long)]
        group: Option<GroupId>,
    },
    /// Reads the table's stream and keeps the lists of conversations in step with the messages.
    Follow {
        /// Ends when everything that is in the stream now was handled.
        #[arg(long)]
        once: bool,
    },
    /// Drops the table.
    Drop,
}

impl Job {
    /// The command's name, if it destroys something, makes a table beside the app's, or costs more than a few units.
    const fn costs(&self) -> Option<&'static str> {
        match self {
            Self::Setup { .. } => Some("setup"),
            Self::Seed { .. } => Some("seed"),
            Self::Scan => Some("scan"),
            Self::Drop => Some("drop"),
            Self::Follow { .. } => Some("follow"),
            _ => None,
        }
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let store = match Store::new(arguments.prod, arguments.endpoint.as_deref(), arguments.db) {
        Ok(store) => store,
        Err(refused) => return stop(2, &refused),
    };
    let units = Units::default();
    tracing_subscriber::registry().with(units.clone()).init();
    let (yes, out) = (arguments.yes, &mut io::stdout().lock());
    match command::run(&store, arguments.model, yes, &units, arguments.command, out).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(command::Stop::Usage(reason)) => stop(2, &reason),
        Err(command::Stop::Failed(reason)) => stop(1, &reason),
    }
}

fn stop(code: u8, reason: &dyn core::fmt::Display) -> ExitCode {
    // There is nobody left to tell if this fails.
    let _ = writeln!(io::stderr(), "error: {reason}");
    ExitCode::from(code)
}
