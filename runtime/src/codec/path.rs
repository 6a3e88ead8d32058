//! The way to an attribute, for messages.

use core::fmt;
use std::borrow::Cow;

/// The way to an attribute: names of attributes and map keys, and places in lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AttributePath {
    /// From the innermost to the outermost, because errors learn their path on the way out.
    reversed: Vec<PathStep>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PathStep {
    Name(Cow<'static, str>),
    Index(usize),
}

impl AttributePath {
    pub(super) fn push_outer(&mut self, step: PathStep) {
        self.reversed.push(step);
    }
}

impl fmt::Display for AttributePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, step) in self.reversed.iter().rev().enumerate() {
            match step {
                PathStep::Name(name) if place == 0 => f.write_str(name)?,
                PathStep::Name(name) => write!(f, ".{name}")?,
                PathStep::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// What both directions say of a value that DynamoDB has no room for.
pub(super) const NESTED_TOO_DEEPLY: &str = "values are nested deeper than 32 levels, counting the attribute itself";

/// Writes "attribute `path` of `Entity`", or as much of it as is known. `what` is the word for what the path leads to.
pub(super) fn write_place(f: &mut fmt::Formatter<'_>, what: &str, entity: &str, path: &AttributePath) -> fmt::Result {
    match (path.reversed.is_empty(), entity.is_empty()) {
        (false, false) => write!(f, "{what} `{path}` of `{entity}`"),
        (false, true) => write!(f, "{what} `{path}`"),
        (true, false) => write!(f, "an item of `{entity}`"),
        (true, true) => f.write_str("a value"),
    }
}
