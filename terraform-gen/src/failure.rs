//! Why the command cannot do what it was asked.

use core::fmt;
use std::io;
use std::path::Path;

use tablewright::registry::RegistryError;

use crate::check::Problem;

/// One message for each thing that is wrong.
#[derive(Debug)]
pub(crate) struct Failure {
    messages: Vec<String>,
}

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { messages: vec![message.into()] }
    }

    /// A failure of all these messages, if there is one.
    pub(crate) fn unless_empty(messages: Vec<String>) -> Result<(), Self> {
        if messages.is_empty() { Ok(()) } else { Err(Self { messages }) }
    }

    /// The system refused something that was done to a path.
    pub(crate) fn io(what: &str, path: &Path, error: &io::Error) -> Self {
        Self::new(format!("cannot {what} `{}`: {error}", path.display()))
    }

    pub(crate) fn messages(&self) -> &[String] {
        &self.messages
    }
}

impl From<RegistryError> for Failure {
    fn from(error: RegistryError) -> Self {
        Self::new(error.to_string())
    }
}

impl From<Vec<Problem>> for Failure {
    fn from(problems: Vec<Problem>) -> Self {
        Self { messages: problems.iter().map(ToString::to_string).collect() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.messages.join("\n"))
    }
}

impl core::error::Error for Failure {}
