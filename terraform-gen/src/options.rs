//! What a module is made for.

use core::fmt;

use crate::extras::Extras;
use crate::snapshot::Snapshot;

/// For whom and how a module is generated.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// The Cargo package that declares the tables.
    pub package: String,
    /// The version of that package.
    pub version: String,
    /// The provider that the module is written for.
    pub provider: Provider,
    /// What the module has besides the tables.
    pub extras: Extras,
    /// The schema that was agreed on last, if there is one: what left the code since then is let go, and not deleted.
    pub snapshot: Option<Snapshot>,
    /// The command that generates the module again, without what the fields above say, and without `--out`.
    pub command: String,
}

/// A generation of the `hashicorp/aws` provider.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, clap::ValueEnum)]
pub enum Provider {
    /// Version 5.100.0 or later, without what only version 6 has.
    #[default]
    Aws5,
    /// Version 6.30.0 or later: multi-attribute index keys and warm throughput.
    Aws6,
}

impl Options {
    /// Options for that package, for the default provider.
    #[must_use]
    pub fn new(package: impl Into<String>, version: impl Into<String>) -> Self {
        let package = package.into();
        let command = format!("cargo tablewright terraform -p {package}");
        Self {
            package,
            version: version.into(),
            provider: Provider::default(),
            extras: Extras::default(),
            snapshot: None,
            command,
        }
    }

    /// The same options for that provider.
    #[must_use]
    pub fn with_provider(mut self, provider: Provider) -> Self {
        self.provider = provider;
        self
    }

    /// The same options with these extras.
    #[must_use]
    pub fn with_extras(mut self, extras: Extras) -> Self {
        self.extras = extras;
        self
    }

    /// The same options after that snapshot.
    #[must_use]
    pub fn with_snapshot(mut self, snapshot: Snapshot) -> Self {
        self.snapshot = Some(snapshot);
        self
    }

    /// The same options with that command in the header of every file.
    #[must_use]
    pub fn with_command(mut self, command: impl Into<String>) -> Self {
        self.command = command.into();
        self
    }

    /// The whole command that generates the module into that folder.
    pub(crate) fn command_into(&self, folder: &str) -> String {
        let provider =
            if self.provider == Provider::default() { String::new() } else { format!(" --provider {}", self.provider) };
        let extras: String = self.extras.arguments().iter().map(|argument| format!(" {argument}")).collect();
        format!("{}{provider}{extras} --out {folder}", self.command)
    }
}

impl Provider {
    /// The version constraint that the module states.
    #[must_use]
    pub const fn constraint(self) -> &'static str {
        match self {
            Self::Aws5 => ">= 5.100.0",
            Self::Aws6 => ">= 6.30.0",
        }
    }
}

impl fmt::Display for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Aws5 => "aws5",
            Self::Aws6 => "aws6",
        })
    }
}
