//! Why a value could not be written.

use core::fmt;
use std::borrow::Cow;

use super::decode_error::REDACTED;
use super::path::{AttributePath, NESTED_TOO_DEEPLY, PathStep, write_place};

/// Why a value cannot be stored.
///
/// The message names the entity, the attribute and the reason, never the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodeError(Box<EncodeErrorParts>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct EncodeErrorParts {
    entity: &'static str,
    path: AttributePath,
    problem: EncodeProblem,
}

/// What is wrong with a value that cannot be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncodeProblem {
    /// A float that is NaN or infinite.
    NotFinite,
    /// A number with more than 38 significant digits.
    NumberTooLong,
    /// A number outside ±1E-130 … ±9.99…E+125.
    NumberOutOfRange,
    /// A set without an element.
    EmptySet,
    /// Lists and maps nested deeper than 32 levels.
    TooDeep,
    /// A key attribute that is the empty string or empty binary.
    EmptyKey,
    /// A key attribute longer than the limit, in bytes.
    KeyTooLong {
        /// The length of the value.
        bytes: usize,
        /// The longest that DynamoDB takes.
        limit: usize,
    },
    /// A field that cannot be a part of a key template, in the words of its type.
    KeyPart {
        /// The template.
        template: &'static str,
        /// Why it cannot.
        reason: Box<str>,
    },
    /// A key template whose text is longer than the limit, in bytes. The path is the field with the longest part.
    KeyTemplateTooLong {
        /// The template.
        template: &'static str,
        /// The length of the text.
        bytes: usize,
        /// The longest that DynamoDB takes.
        limit: usize,
    },
    /// A name that an attribute of the item and a key of its rest field share.
    NameTwice,
    /// A value that its type's `Serialize` refused, or that DynamoDB has no type for.
    Serde {
        /// The Rust type.
        rust_type: &'static str,
    },
    /// A value that a user's adapter or a value's own type refused, in its words.
    Refused(Box<str>),
}

impl EncodeError {
    pub(crate) fn new(problem: EncodeProblem) -> Self {
        Self(Box::new(EncodeErrorParts { entity: "", path: AttributePath::default(), problem }))
    }

    pub(crate) fn in_attribute(&mut self, name: impl Into<Cow<'static, str>>) {
        self.0.path.push_outer(PathStep::Name(name.into()));
    }

    pub(crate) fn in_element(&mut self, index: usize) {
        self.0.path.push_outer(PathStep::Index(index));
    }

    pub(crate) fn of_entity(mut self, entity: &'static str) -> Self {
        self.0.entity = entity;
        self
    }

    /// The same, without what a type or an adapter says of the value.
    #[cold]
    pub(crate) fn redacted(mut self) -> Self {
        if let EncodeProblem::Refused(reason) | EncodeProblem::KeyPart { reason, .. } = &mut self.0.problem {
            *reason = REDACTED.into();
        }
        self
    }

    /// A refusal in words.
    pub(crate) fn refused(reason: impl Into<Box<str>>) -> Self {
        Self::new(EncodeProblem::Refused(reason.into()))
    }

    /// The attribute that could not be stored; of a key template, the field.
    #[must_use]
    pub fn path(&self) -> &AttributePath {
        &self.0.path
    }

    /// What is wrong with it.
    #[must_use]
    pub fn problem(&self) -> &EncodeProblem {
        &self.0.problem
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problem = &self.0.problem;
        if let EncodeProblem::KeyPart { .. } | EncodeProblem::KeyTemplateTooLong { .. } = problem {
            write_place(f, "field", self.0.entity, &self.0.path)?;
        } else {
            write_place(f, "attribute", self.0.entity, &self.0.path)?;
            f.write_str(" cannot be stored: ")?;
        }
        match problem {
            EncodeProblem::NotFinite => f.write_str("the float is NaN or infinite, which DynamoDB has no number for"),
            EncodeProblem::NumberTooLong => f.write_str("the number has more than 38 significant digits"),
            EncodeProblem::NumberOutOfRange => {
                f.write_str("the number is outside ±1E-130 to ±9.9999999999999999999999999999999999999E+125")
            }
            EncodeProblem::EmptySet => {
                f.write_str("the set is empty; make the field an `Option` and store `None` instead")
            }
            EncodeProblem::TooDeep => f.write_str(NESTED_TOO_DEEPLY),
            EncodeProblem::EmptyKey => f.write_str("a key attribute cannot be empty"),
            EncodeProblem::KeyTooLong { bytes, limit } => {
                write!(f, "the key has {bytes} bytes and DynamoDB takes {limit}")
            }
            EncodeProblem::KeyPart { template, reason } => {
                write!(f, " cannot be a part of the key `{template}`: {reason}")
            }
            EncodeProblem::KeyTemplateTooLong { template, bytes, limit } => {
                write!(f, " makes the key `{template}` {bytes} bytes long, and DynamoDB takes {limit}")
            }
            EncodeProblem::NameTwice => {
                f.write_str("the rest field holds it too; take it out of the rest field, which is for other attributes")
            }
            EncodeProblem::Serde { rust_type } => {
                write!(f, "`serde_dynamo` has no attribute value for this value of `{rust_type}`")
            }
            EncodeProblem::Refused(reason) => f.write_str(reason),
        }
    }
}

impl core::error::Error for EncodeError {}
