//! Transcripts: sessions as text, to be played.
//!
//! ```text
//! # a comment, which the output repeats
//! @clock 2026-05-01T09:00:00Z
//! @server 9001
//! ann .remember meeting is tomorrow at ten
//! @wait 6h
//! bob .rem meeting
//! ```

use core::fmt;
use core::str::FromStr;
use std::io::{self, Write};

use jiff::{SignedDuration, Timestamp};

use crate::command::first_word;
use crate::tables::ServerId;
use crate::{Bot, Clock, Speaker};

/// A session as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transcript {
    /// The lines that are not empty, with their numbers.
    lines: Vec<(usize, Line)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Line {
    Comment(String),
    Server(ServerId),
    Clock(Timestamp),
    Wait(SignedDuration),
    Say { user: String, text: String },
}

/// A line of a transcript that is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// Its number, from 1.
    pub number: usize,
    /// What is wrong with it, and what to write.
    pub reason: String,
}

/// Why a transcript was not played to its end.
#[derive(Debug)]
pub enum PlayError {
    /// The store failed at the line of this number.
    Store(usize, tablewright::Error),
    /// The output cannot be written.
    Output(io::Error),
}

impl FromStr for Transcript {
    type Err = BadLine;

    fn from_str(text: &str) -> Result<Self, BadLine> {
        let lines = text.lines().enumerate().map(|(place, line)| (place + 1, line.trim()));
        let lines = lines.filter(|(_, line)| !line.is_empty()).map(|(number, line)| {
            let line = line.parse().map_err(|reason| BadLine { number, reason })?;
            Ok((number, line))
        });
        Ok(Self { lines: lines.collect::<Result<_, _>>()? })
    }
}

impl FromStr for Line {
    type Err = String;

    fn from_str(line: &str) -> Result<Self, String> {
        if let Some(comment) = line.strip_prefix('#') {
            return Ok(Self::Comment(comment.trim().to_owned()));
        }
        let (word, rest) = first_word(line);
        match word {
            "@server" => {
                rest.parse().map(Self::Server).map_err(|_| format!("`{rest}` is no server; write `@server 9001`"))
            }
            "@clock" => rest
                .parse()
                .map(Self::Clock)
                .map_err(|_| format!("`{rest}` is no time; write `@clock 2026-05-01T09:00:00Z`")),
            "@wait" => rest.parse().map(Self::Wait).map_err(|_| format!("`{rest}` is no time; write `@wait 6h`")),
            _ if word.starts_with('@') => {
                Err(format!("`{word}` is not known; there are `@server`, `@clock` and `@wait`"))
            }
            _ if rest.is_empty() => Err(format!("`{word}` says nothing; write `<user> <text>`")),
            _ => Ok(Self::Say { user: word.to_owned(), text: rest.to_owned() }),
        }
    }
}

impl Transcript {
    /// Plays the session, and writes what everybody says and what the bot answers.
    ///
    /// # Errors
    /// If the store fails or the output cannot be written.
    pub async fn play(
        &self,
        bot: &mut Bot,
        clock: &Clock,
        mut server: ServerId,
        out: &mut impl Write,
    ) -> Result<(), PlayError> {
        for (place, (number, line)) in self.lines.iter().enumerate() {
            match line {
                Line::Comment(text) => {
                    let space = if place > 0 { "\n" } else { "" };
                    writeln!(out, "{space}# {text}")?;
                }
                Line::Server(id) => {
                    server = *id;
                    writeln!(out, "(server {id})")?;
                }
                Line::Clock(moment) => clock.set(*moment),
                Line::Wait(duration) => {
                    clock.wait(*duration);
                    writeln!(out, "({duration:#} later)")?;
                }
                Line::Say { user, text } => {
                    writeln!(out, "{user}> {text}")?;
                    let from = Speaker { server, handle: user.clone() };
                    let answer = bot.answer(&from, text).await.map_err(|error| PlayError::Store(*number, error))?;
                    write_answer(answer.as_deref(), out)?;
                }
            }
        }
        let last = self.lines.last().map_or(0, |(number, _)| *number);
        bot.flush().await.map_err(|error| PlayError::Store(last, error))
    }
}

/// Writes what the bot answers, set in from what users say.
///
/// # Errors
/// If the output cannot be written.
pub fn write_answer(answer: Option<&str>, out: &mut impl Write) -> io::Result<()> {
    for line in answer.unwrap_or_default().lines() {
        writeln!(out, "    {line}")?;
    }
    Ok(())
}

impl From<io::Error> for PlayError {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl fmt::Display for BadLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.number, self.reason)
    }
}

impl fmt::Display for PlayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(number, error) => write!(f, "line {number}: {error}"),
            Self::Output(error) => write!(f, "the output cannot be written: {error}"),
        }
    }
}

impl core::error::Error for BadLine {}
impl core::error::Error for PlayError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_line_names_its_number() {
        let error = |text: &str| text.parse::<Transcript>().expect_err(text).to_string();
        assert_eq!(error("# fine\n\nann\n"), "line 3: `ann` says nothing; write `<user> <text>`");
        assert_eq!(error("@server home"), "line 1: `home` is no server; write `@server 9001`");
        assert_eq!(
            error("ann .rem x\n@srver 1"),
            "line 2: `@srver` is not known; there are `@server`, `@clock` and `@wait`"
        );
        assert_eq!(error("@wait soon"), "line 1: `soon` is no time; write `@wait 6h`");
        assert_eq!(error("@clock noon"), "line 1: `noon` is no time; write `@clock 2026-05-01T09:00:00Z`");
    }
}
