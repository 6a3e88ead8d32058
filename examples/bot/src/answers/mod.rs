//! The answer to each command, in words.

mod fun;
mod memory;
mod moderation;
mod watchers;

pub(crate) use fun::{loud, play, play_stats, sparkle, sparkles, sparkles_of, tts};
pub(crate) use memory::{forget, recall, remember, search};
pub(crate) use moderation::{ban, banned_servers, banned_users, stats, unban};
pub(crate) use watchers::{match_result, mention, price, track, tracked, untrack, unwatch, view, watch};

use jiff::{SignedDuration, Timestamp};

use crate::command::FORMS;

pub(crate) fn help() -> String {
    let width = FORMS.iter().map(|form| form.written.len()).max().unwrap_or(0);
    lines("What I know:", FORMS.iter().map(|form| format!("{:width$}  {}", form.written, form.does)))
}

/// A heading with lines under it.
fn lines(heading: impl Into<String>, lines: impl IntoIterator<Item = String>) -> String {
    lines.into_iter().fold(heading.into(), |text, line| text + "\n  " + &line)
}

/// A number of things: `1 song`, `2 songs`.
fn count(number: u64, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}

/// A place in a ranking, with medals for the first three.
fn place(place: usize) -> &'static str {
    match place {
        0 => "🥇",
        1 => "🥈",
        2 => "🥉",
        _ => "  ",
    }
}

/// Hours and minutes, or whatever is the largest unit that is needed.
fn duration(duration: SignedDuration) -> String {
    // A pause that has begun lasts a second at least.
    let seconds = u64::try_from(duration.as_secs()).unwrap_or(0) + u64::from(duration.subsec_nanos() > 0);
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, 0) => format!("{minutes} min"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, 0, _) => format!("{hours} h"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

fn date(moment: Timestamp) -> String {
    moment.strftime("%-d %B %Y").to_string()
}
