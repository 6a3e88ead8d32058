//! Why a value could not be read: entity, attribute path, what was expected and what was found.

use core::fmt;
use std::borrow::Cow;

use crate::template::KeyMismatch;

use super::path::{AttributePath, NESTED_TOO_DEEPLY, PathStep, write_place};

/// Why a response could not be read into a Rust value.
///
/// The message names the entity, the attribute, what was expected and what was found, never the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError(Box<DecodeErrorParts>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct DecodeErrorParts {
    entity: &'static str,
    path: AttributePath,
    problem: DecodeProblem,
    offset: usize,
}

/// What is wrong with a response or with an attribute in it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeProblem {
    /// The bytes are not the JSON that DynamoDB writes: truncated, empty, or damaged.
    Malformed(&'static str),
    /// The attribute has another type.
    WrongType {
        /// DynamoDB's name of the type that the field needs.
        expected: &'static str,
        /// DynamoDB's name of the type that the item has.
        found: Box<str>,
    },
    /// The item lacks the attribute.
    Missing,
    /// The number does not fit the Rust type, or has a fraction where an integer is needed.
    NumberDoesNotFit {
        /// The Rust type.
        rust_type: &'static str,
    },
    /// The text is not the name of a variant.
    UnknownVariant {
        /// The names that the enum has.
        expected: &'static [&'static str],
    },
    /// The text or bytes do not parse as the field's type.
    Unparsable {
        /// What they should be, in words.
        expected: &'static str,
    },
    /// The item is of none of the table's entities.
    UnknownEntity {
        /// The table's name in the schema.
        table: &'static str,
        /// The entities and the templates of their keys, in words.
        entities: Box<str>,
    },
    /// The text of a key is not what its template says.
    Key(KeyMismatch),
    /// Text with escapes, or binary, cannot be borrowed from the response.
    CannotBorrow {
        /// The type to use instead.
        instead: &'static str,
    },
    /// Lists and maps nested deeper than 32 levels.
    TooDeep,
    /// A value that the `Deserialize` of the field's type refused.
    Serde {
        /// The Rust type.
        rust_type: &'static str,
    },
    /// A value that a user's adapter refused, in its words.
    Refused(Box<str>),
}

/// What is said in place of a reason that may quote a sensitive value.
pub(super) const REDACTED: &str = "its type refuses the value, which is sensitive, and so is the reason";

impl DecodeError {
    #[cold]
    pub(crate) fn new(problem: DecodeProblem, offset: usize) -> Self {
        Self(Box::new(DecodeErrorParts { entity: "", path: AttributePath::default(), problem, offset }))
    }

    /// A refusal in words.
    pub(crate) fn refused(reason: impl Into<Box<str>>) -> Self {
        Self::new(DecodeProblem::Refused(reason.into()), 0)
    }

    /// The same, without what a type, an adapter or a key's text says of the value.
    #[cold]
    pub(crate) fn redacted(mut self) -> Self {
        if let DecodeProblem::Refused(_) = self.0.problem {
            self.0.problem = DecodeProblem::Refused(REDACTED.into());
        }
        self
    }

    #[cold]
    pub(crate) fn in_attribute(mut self, name: &str) -> Self {
        self.0.path.push_outer(PathStep::Name(Cow::Owned(name.to_owned())));
        self
    }

    #[cold]
    pub(crate) fn in_element(mut self, index: usize) -> Self {
        self.0.path.push_outer(PathStep::Index(index));
        self
    }

    /// Names the entity, unless an inner one is named already.
    #[cold]
    #[doc(hidden)]
    #[must_use]
    pub fn of_entity(mut self, entity: &'static str) -> Self {
        self.0.entity = entity;
        self
    }

    /// The attribute that could not be read; empty where the response itself is malformed.
    #[must_use]
    pub fn path(&self) -> &AttributePath {
        &self.0.path
    }

    /// What is wrong with it.
    #[must_use]
    pub fn problem(&self) -> &DecodeProblem {
        &self.0.problem
    }

    /// Where in the response, in bytes.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.0.offset
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_place(f, "attribute", self.0.entity, &self.0.path)?;
        f.write_str(" cannot be read: ")?;
        match &self.0.problem {
            DecodeProblem::Malformed(what) => {
                write!(f, "the response is not DynamoDB's JSON ({what} at byte {})", self.0.offset)
            }
            DecodeProblem::WrongType { expected, found } => {
                write!(f, "expected type {expected}, found type {found}")
            }
            DecodeProblem::Missing => {
                f.write_str("the item does not have it; make the field an `Option` or give it `#[dynamo(default)]`")
            }
            DecodeProblem::NumberDoesNotFit { rust_type } => write!(f, "the number does not fit `{rust_type}`"),
            DecodeProblem::UnknownVariant { expected } => {
                write!(f, "the text is none of the variants {}", expected.join(", "))
            }
            DecodeProblem::Unparsable { expected } => write!(f, "the value is not {expected}"),
            DecodeProblem::UnknownEntity { table, entities } => write!(
                f,
                "the item is of no entity of table `{table}`, which has {entities}; leave such items out with \
                 `.skip_unknown()`, or keep them in a variant `#[dynamo(unknown)] Other(Item)`"
            ),
            DecodeProblem::Key(mismatch) => write!(f, "{mismatch}"),
            DecodeProblem::CannotBorrow { instead } => {
                write!(f, "the value cannot be borrowed from the response; use `{instead}`")
            }
            DecodeProblem::TooDeep => f.write_str(NESTED_TOO_DEEPLY),
            DecodeProblem::Serde { rust_type } => {
                write!(f, "`serde_dynamo` cannot make a `{rust_type}` of the value")
            }
            DecodeProblem::Refused(reason) => f.write_str(reason),
        }
    }
}

impl core::error::Error for DecodeError {}
