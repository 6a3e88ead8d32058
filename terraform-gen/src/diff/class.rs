//! What a change does to stored data and to those who read it.

use core::fmt;

use clap::ValueEnum;

/// What a change does, the harmless ones first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ValueEnum)]
#[non_exhaustive]
pub enum Class {
    /// Nothing that could be missed.
    Safe,
    /// The table stays in use while it is applied; it may take long or cost something.
    Online,
    /// An index is deleted and filled again; its readers fail meanwhile.
    IndexRebuild,
    /// The stream ends and another one begins.
    StreamReset,
    /// It needs two steps, with a deployment or a wait between them.
    TwoStep,
    /// Items that are stored are not found, or not read, any more.
    OrphansData,
    /// The table is deleted and made again, empty.
    Replaces,
    /// The table leaves the code.
    Deletes,
    /// AWS cannot do it to an existing table; Terraform plans it as no change.
    Impossible,
}

impl Class {
    /// The exit code of a comparison whose worst change is of this class.
    #[must_use]
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Safe | Self::Online => 10,
            Self::IndexRebuild | Self::StreamReset | Self::TwoStep => 20,
            Self::OrphansData | Self::Replaces | Self::Deletes | Self::Impossible => 30,
        }
    }

    /// True if the change must be allowed by name before it is accepted.
    #[must_use]
    pub const fn is_dangerous(self) -> bool {
        self.exit_code() == 30
    }

    /// The option's value that allows it.
    pub(crate) const fn option(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Online => "online",
            Self::IndexRebuild => "index-rebuild",
            Self::StreamReset => "stream-reset",
            Self::TwoStep => "two-step",
            Self::OrphansData => "orphans-data",
            Self::Replaces => "replaces",
            Self::Deletes => "deletes",
            Self::Impossible => "impossible",
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.option().to_ascii_uppercase())
    }
}
