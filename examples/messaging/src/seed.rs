//! A conversation as a text file: `Person 1: …` and `Person 2: …`, a message a line.

use core::fmt;

/// The messages of a seed file, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// The messages.
    pub lines: Vec<Line>,
}

/// A message of a seed file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Who says it.
    pub speaker: Speaker,
    /// What is said.
    pub text: String,
}

/// Who says a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaker {
    /// `Person 1`.
    First,
    /// `Person 2`.
    Second,
}

/// A line that is no message, with its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    number: usize,
    reason: &'static str,
}

/// The most characters that a message has.
pub const MESSAGE_CHARACTERS: usize = 1024;

impl Script {
    /// Reads a seed file. Empty lines mean nothing.
    ///
    /// # Errors
    /// At the first line that is no message; nothing of the file is used then.
    pub fn parse(text: &str) -> Result<Self, BadLine> {
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let lines =
            lines.map(|(place, line)| Line::parse(line).map_err(|reason| BadLine { number: place + 1, reason }));
        Ok(Self { lines: lines.collect::<Result<_, _>>()? })
    }
}

impl Line {
    fn parse(line: &str) -> Result<Self, &'static str> {
        let speakers = [("Person 1:", Speaker::First), ("Person 2:", Speaker::Second)];
        let said = speakers.into_iter().find_map(|(name, speaker)| Some((speaker, line.strip_prefix(name)?.trim())));
        match said {
            None => Err("a line begins with `Person 1:` or `Person 2:`"),
            Some((_, "")) => Err("there is no message after the colon"),
            Some((_, text)) if text.chars().count() > MESSAGE_CHARACTERS => {
                Err("a message has at most 1024 characters")
            }
            Some((speaker, text)) => Ok(Self { speaker, text: text.to_owned() }),
        }
    }
}

impl fmt::Display for BadLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.number, self.reason)
    }
}

impl std::error::Error for BadLine {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_message_without_its_newline() {
        let script = Script::parse("Person 1: Hello: you?\r\n\nPerson 2:  Yes.  \n").unwrap();
        let said: Vec<_> = script.lines.iter().map(|line| (line.speaker, line.text.as_str())).collect();
        assert_eq!(said, [(Speaker::First, "Hello: you?"), (Speaker::Second, "Yes.")]);
    }

    #[test]
    fn a_bad_line_is_named_by_its_number() {
        for (text, message) in [
            ("Person 1: a\n\nPerson 3: b", "line 3: a line begins with `Person 1:` or `Person 2:`"),
            ("Person 2: ", "line 1: there is no message after the colon"),
        ] {
            assert_eq!(Script::parse(text).unwrap_err().to_string(), message);
        }
        let long = format!("Person 1: {}", "é".repeat(1025));
        assert!(Script::parse(&long).is_err());
        assert!(Script::parse(&long[..long.len() - 2]).is_ok());
    }
}
