//! What users can say: from text to a command.

use core::str::FromStr;

use crate::tables::{MatchResult, ServerId, Target, Threshold};

/// Something that a user wants of the bot.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "`FORMS` says what each command does, and `.help` shows it")]
pub enum Command {
    Help,
    Remember { key: String, value: String },
    Recall { key: String },
    Forget { key: String },
    Search { text: String },
    Loud { text: String },
    Tts { text: String },
    Sparkle { to: String, why: Option<String> },
    Sparkles { of: Option<String> },
    Play { song: String, seconds: u64 },
    PlayStats,
    Stats,
    Ban(Target),
    Unban(Target),
    BannedUsers,
    BannedServers,
    Watch { summoner: String },
    Unwatch,
    View,
    Match { result: MatchResult, name: Option<String> },
    Mention { may: bool },
    Track { item: String, threshold: Threshold, channel: String },
    Untrack { item: String },
    Tracked,
    Price { item: String, price: u64 },
}

/// How a command is written, and what it does.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    /// The word that it begins with, which its uses are counted under.
    pub word: &'static str,
    /// How it is written.
    pub written: &'static str,
    /// What it does.
    pub does: &'static str,
}

const fn form(word: &'static str, written: &'static str, does: &'static str) -> Form {
    Form { word, written, does }
}

/// Every command.
pub const FORMS: &[Form] = &[
    form("remember", ".remember <key> is <value>", "remembers something (`.rem` will do)"),
    form("rem", ".rem <key>", "says what was remembered"),
    form("rem", ".rem search [text]", "finds what was remembered on this server"),
    form("forget", ".forget <key>", "forgets it again"),
    form("loud", ".loud <text>", "says it LOUD, once in 6 hours"),
    form("tts", ".tts <text>", "speaks it, once in 3 seconds"),
    form("sparkle", ".sparkle @<user> [for <reason>]", "gives a user a sparkle"),
    form("show", ".show sparkles [@<user>]", "shows a user's sparkles, or everybody's"),
    form("play", ".play <song> [m:ss]", "plays a song"),
    form("play", ".play stats", "shows the best three DJs"),
    form("stats", ".stats", "shows which commands are used most"),
    form("ban", ".ban user <user> | .ban server <id>", "stops answering them"),
    form("unban", ".unban user <user> | .unban server <id>", "answers them again"),
    form("banned", ".banned users | .banned servers", "lists them"),
    form("add", ".add me to league watcher as <summoner>", "watches your matches"),
    form("remove", ".remove me from league watcher", "stops watching them"),
    form("view", ".view my league watcher data", "shows what the watcher knows"),
    form("league", ".league result win|loss [match]", "takes note of a match, once"),
    form("league", ".league mentions on|off", "says whether the bot may mention you"),
    form("track", ".track <item> at <price or percent> in <channel>", "waits for an item's price"),
    form("untrack", ".untrack <item>", "stops waiting"),
    form("tracked", ".tracked", "lists what is waited for"),
    form("price", ".price <item> <price>", "brings a price"),
    form("help", ".help", "shows this"),
];

/// A song without a length is this long.
const SONG_SECONDS: u64 = 210;
/// The longest reason for a sparkle, in characters.
const REASON_LENGTH: usize = 100;

impl FromStr for Command {
    /// What to write instead.
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim().trim_start_matches('.');
        let (word, rest) = first_word(text);
        let word = word.to_lowercase();
        parse(&word, rest)?.ok_or_else(|| how(&word))
    }
}

impl Command {
    /// True if a text is meant as a command.
    #[must_use]
    pub fn is_meant(text: &str) -> bool {
        text.strip_prefix('.').is_some_and(|rest| rest.starts_with(char::is_alphabetic))
    }
}

/// A command of that first word; `None` if it is written in another way, or not a command.
fn parse(word: &str, rest: &str) -> Result<Option<Command>, String> {
    Ok(match word {
        "help" => Some(Command::Help),
        "remember" => remember(rest),
        "rem" => match after(rest, "search") {
            Some(text) => Some(Command::Search { text: text.to_owned() }),
            None => remember(rest).or_else(|| text(rest).map(|key| Command::Recall { key })),
        },
        "forget" => text(rest).map(|key| Command::Forget { key }),
        "loud" => text(rest).map(|text| Command::Loud { text }),
        "tts" => text(rest).map(|text| Command::Tts { text }),
        "sparkle" => sparkle(rest)?,
        "show" => after(rest, "sparkles").map(|of| Command::Sparkles { of: handle(of) }),
        "play" if rest == "stats" => Some(Command::PlayStats),
        "play" => play(rest),
        "stats" => Some(Command::Stats),
        "ban" => target(rest)?.map(Command::Ban),
        "unban" => target(rest)?.map(Command::Unban),
        "banned" if rest == "users" => Some(Command::BannedUsers),
        "banned" if rest == "servers" => Some(Command::BannedServers),
        "add" => after(rest, "me to league watcher as").and_then(text).map(|summoner| Command::Watch { summoner }),
        "remove" => after(rest, "me from league watcher").map(|_| Command::Unwatch),
        "view" => after(rest, "my league watcher data").map(|_| Command::View),
        "league" => league(rest),
        "track" => track(rest)?,
        "untrack" => text(rest).map(|item| Command::Untrack { item: item.to_lowercase() }),
        "tracked" => Some(Command::Tracked),
        "price" => price(rest),
        _ => None,
    })
}

/// How a command is written, for one who wrote it differently.
fn how(word: &str) -> String {
    let written: Vec<String> =
        FORMS.iter().filter(|form| form.word == word).map(|form| format!("`{}`", form.written)).collect();
    match written.as_slice() {
        [] => format!("I don't know `.{word}`; `.help` shows what I know."),
        forms => format!("Write {}.", forms.join(" or ")),
    }
}

fn remember(rest: &str) -> Option<Command> {
    let (key, value) = rest.split_once(" is ")?;
    Some(Command::Remember { key: text(key)?, value: text(value)? })
}

fn sparkle(rest: &str) -> Result<Option<Command>, String> {
    let (to, rest) = first_word(rest);
    let Some(to) = to.starts_with('@').then(|| handle(to)).flatten() else { return Ok(None) };
    let why = after(rest, "for").or_else(|| after(rest, "because")).unwrap_or(rest);
    if why.chars().count() > REASON_LENGTH {
        return Err(format!("A reason has at most {REASON_LENGTH} characters; say it more briefly."));
    }
    Ok(Some(Command::Sparkle { to, why: text(why) }))
}

fn play(rest: &str) -> Option<Command> {
    let length = |text: &str| {
        let (minutes, seconds) = text.split_once(':')?;
        let (minutes, seconds) = (minutes.parse::<u32>().ok()?, seconds.parse::<u32>().ok()?);
        (seconds < 60).then(|| u64::from(minutes) * 60 + u64::from(seconds))
    };
    let timed = rest.rsplit_once(' ').and_then(|(song, last)| Some((song, length(last)?)));
    let (song, seconds) = timed.unwrap_or((rest, SONG_SECONDS));
    Some(Command::Play { song: text(song)?, seconds })
}

fn target(rest: &str) -> Result<Option<Target>, String> {
    if let Some(user) = after(rest, "user") {
        return Ok(handle(user).map(Target::User));
    }
    match after(rest, "server").and_then(text) {
        None => Ok(None),
        Some(id) => match id.parse::<ServerId>() {
            Ok(id) => Ok(Some(Target::Server(id))),
            Err(_) => Err(format!("`{id}` is no server; a server's id is a number, such as `9001`.")),
        },
    }
}

fn league(rest: &str) -> Option<Command> {
    match (after(rest, "result"), after(rest, "mentions")) {
        (Some(result), _) => {
            let (result, name) = first_word(result);
            let result = match result {
                "win" => MatchResult::Win,
                "loss" => MatchResult::Loss,
                _ => return None,
            };
            Some(Command::Match { result, name: text(name) })
        }
        (None, Some("on")) => Some(Command::Mention { may: true }),
        (None, Some("off")) => Some(Command::Mention { may: false }),
        (None, _) => None,
    }
}

fn track(rest: &str) -> Result<Option<Command>, String> {
    let parts = rest.rsplit_once(" at ").and_then(|(item, rest)| {
        let (threshold, channel) = rest.split_once(" in ")?;
        Some((text(item)?.to_lowercase(), threshold.trim(), text(channel)?))
    });
    let Some((item, threshold, channel)) = parts else { return Ok(None) };
    let threshold = threshold.parse::<Threshold>().map_err(|reason| format!("`{threshold}` won't do: {reason}."))?;
    Ok(Some(Command::Track { item, threshold, channel }))
}

fn price(rest: &str) -> Option<Command> {
    let (item, price) = rest.rsplit_once(' ')?;
    Some(Command::Price { item: text(item)?.to_lowercase(), price: price.parse().ok()? })
}

/// The first word and what follows it.
pub(crate) fn first_word(text: &str) -> (&str, &str) {
    let text = text.trim();
    text.split_once(char::is_whitespace).map_or((text, ""), |(word, rest)| (word, rest.trim()))
}

/// What follows these words, if the text begins with them.
fn after<'t>(text: &'t str, words: &str) -> Option<&'t str> {
    let rest = text.strip_prefix(words)?;
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| rest.trim())
}

fn text(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A user's handle, with or without the `@` before it.
fn handle(text: &str) -> Option<String> {
    let handle = text.trim().trim_start_matches('@');
    (!handle.is_empty() && !handle.contains(char::is_whitespace)).then(|| handle.to_owned())
}

#[cfg(test)]
mod tests;
