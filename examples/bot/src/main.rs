//! The bot on the command line: an interactive prompt, or a transcript.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::str::FromStr;

use bot::tables::ServerId;
use bot::transcript::{PlayError, Transcript, write_answer};
use bot::{Bot, Clock, Speaker};
use clap::{Parser, Subcommand};
use tablewright::Dynamo;

/// A chat bot that keeps what it knows in DynamoDB.
///
/// Without a command it reads what you say, line by line; `.help` there shows what it knows.
#[derive(Parser)]
#[command(name = "bot", version)]
struct Arguments {
    /// The server that you are on.
    #[arg(long, global = true, default_value = "9001", value_name = "ID")]
    server: ServerId,
    /// Your handle.
    #[arg(long, default_value = "you", value_name = "HANDLE")]
    user: String,
    /// Where the bot keeps what it knows: `memory`, `file:<path>` or `aws`.
    ///
    /// `memory` is gone at the end. `file:<path>` makes the file if it is not there. `aws` is the DynamoDB that the
    /// environment names (`AWS_PROFILE`, `AWS_REGION`, `AWS_ENDPOINT_URL_DYNAMODB`, `TABLEWRIGHT_TABLE_PREFIX`).
    #[arg(long, global = true, default_value = "memory", value_name = "STORE")]
    store: Store,
    /// Makes the tables that are missing in `--store aws`; without it they must be there.
    #[arg(long, global = true)]
    create_tables: bool,
    #[command(subcommand)]
    command: Option<Job>,
}

#[derive(Subcommand)]
enum Job {
    /// Plays a transcript: lines `<user> <text>`, `# comment`, `@server <id>`, `@clock <time>`, `@wait <duration>`.
    Run {
        /// The transcript.
        transcript: PathBuf,
    },
}

#[derive(Debug, Clone)]
enum Store {
    Memory,
    File(PathBuf),
    Aws,
}

/// Why the program ends before its time: the exit code, and one line that says what to do.
struct Stop(u8, String);

impl FromStr for Store {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match (text, text.strip_prefix("file:")) {
            ("memory", _) => Ok(Self::Memory),
            ("aws", _) => Ok(Self::Aws),
            (_, Some(path)) if !path.is_empty() => Ok(Self::File(path.into())),
            _ => Err("it is `memory`, `file:<path>` or `aws`".to_owned()),
        }
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stop(code, reason)) => {
            // There is nobody left to tell if this fails.
            let _ = writeln!(io::stderr(), "error: {reason}");
            ExitCode::from(code)
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Stop> {
    // A transcript is read before anything is opened, so that a bad line changes nothing.
    let transcript = arguments.command.map(|Job::Run { transcript }| read(&transcript)).transpose()?;
    let clock = Clock::default();
    let db =
        open(&arguments.store, arguments.create_tables, &clock).await.map_err(|error| Stop(1, error.to_string()))?;
    let mut bot = Bot::new(db);
    match transcript {
        Some((name, transcript)) => {
            let played = transcript.play(&mut bot, &clock, arguments.server, &mut io::stdout().lock()).await;
            played.map_err(|error| match error {
                PlayError::Store(..) => Stop(1, format!("{name}: {error}")),
                PlayError::Output(_) => Stop(1, error.to_string()),
            })
        }
        None => {
            let from = Speaker { server: arguments.server, handle: arguments.user };
            talk(&mut bot, &from).await
        }
    }
}

fn read(path: &PathBuf) -> Result<(String, Transcript), Stop> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| Stop(2, format!("{name}: {error}")))?;
    let transcript = text.parse().map_err(|bad| Stop(2, format!("{name}: {bad}")))?;
    Ok((name, transcript))
}

async fn open(store: &Store, create_tables: bool, clock: &Clock) -> tablewright::Result<Dynamo> {
    let clock = clock.clone();
    let builder = Dynamo::builder().clock(move || clock.now());
    let db = match store {
        Store::Memory => builder.embedded().await?,
        Store::File(path) => builder.embedded_file(path).await?,
        Store::Aws => builder.from_env().await?,
    };
    if create_tables || !matches!(store, Store::Aws) {
        db.ensure_tables(bot::all_tables()).await?;
    }
    Ok(db)
}

/// Reads what the user says until the end of the input, and answers.
///
/// At a terminal an error is shown and the talk goes on; input from elsewhere ends with the first one.
async fn talk(bot: &mut Bot, from: &Speaker) -> Result<(), Stop> {
    let mut out = io::stdout();
    let at_terminal = io::stdin().is_terminal();
    if at_terminal {
        writeln!(out, "You are {} on server {}. `.help` shows what I know, `exit` ends it.", from.handle, from.server)?;
    }
    loop {
        if at_terminal {
            write!(out, "{}> ", from.handle)?;
            out.flush()?;
        }
        let mut line = String::new();
        if io::stdin().read_line(&mut line)? == 0 || matches!(line.trim(), "exit" | "quit") {
            break;
        }
        match bot.answer(from, line.trim()).await {
            Ok(answer) => write_answer(answer.as_deref(), &mut out)?,
            Err(error) if at_terminal => writeln!(out, "    error: {error}")?,
            Err(error) => return Err(Stop(1, error.to_string())),
        }
    }
    bot.flush().await.map_err(|error| Stop(1, format!("the uses of commands were not stored: {error}")))
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self(1, format!("the input cannot be read or the output cannot be written: {error}"))
    }
}
