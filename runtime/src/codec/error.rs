//! Why a value could not be written or read: entity, attribute path, what was expected and what was found.

use core::fmt;
use std::borrow::Cow;

/// The way to an attribute: names of attributes and map keys, and places in lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AttributePath {
    /// From the innermost to the outermost, because errors learn their path on the way out.
    reversed: Vec<PathStep>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum PathStep {
    Name(Cow<'static, str>),
    Index(usize),
}

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
    /// A value that a user's adapter refused, in its words.
    Refused(Box<str>),
}

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
    /// Text with escapes, or binary, cannot be borrowed from the response.
    CannotBorrow {
        /// The type to use instead.
        instead: &'static str,
    },
    /// Lists and maps nested deeper than 32 levels.
    TooDeep,
    /// A value that a user's adapter refused, in its words.
    Refused(Box<str>),
}

impl AttributePath {
    fn push_outer(&mut self, step: PathStep) {
        self.reversed.push(step);
    }
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

    /// The attribute that could not be stored.
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

impl DecodeError {
    #[cold]
    pub(crate) fn new(problem: DecodeProblem, offset: usize) -> Self {
        Self(Box::new(DecodeErrorParts { entity: "", path: AttributePath::default(), problem, offset }))
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

/// Writes "`path` of `Entity`", or as much of it as is known.
fn place(f: &mut fmt::Formatter<'_>, entity: &str, path: &AttributePath) -> fmt::Result {
    match (path.reversed.is_empty(), entity.is_empty()) {
        (false, false) => write!(f, "attribute `{path}` of `{entity}`"),
        (false, true) => write!(f, "attribute `{path}`"),
        (true, false) => write!(f, "an item of `{entity}`"),
        (true, true) => f.write_str("a value"),
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        place(f, self.0.entity, &self.0.path)?;
        f.write_str(" cannot be stored: ")?;
        match &self.0.problem {
            EncodeProblem::NotFinite => f.write_str("the float is NaN or infinite, which DynamoDB has no number for"),
            EncodeProblem::NumberTooLong => f.write_str("the number has more than 38 significant digits"),
            EncodeProblem::NumberOutOfRange => {
                f.write_str("the number is outside ±1E-130 to ±9.9999999999999999999999999999999999999E+125")
            }
            EncodeProblem::EmptySet => {
                f.write_str("the set is empty; make the field an `Option` and store `None` instead")
            }
            EncodeProblem::TooDeep => f.write_str("lists and maps are nested deeper than 32 levels"),
            EncodeProblem::EmptyKey => f.write_str("a key attribute cannot be empty"),
            EncodeProblem::KeyTooLong { bytes, limit } => {
                write!(f, "the key has {bytes} bytes and DynamoDB takes {limit}")
            }
            EncodeProblem::Refused(reason) => f.write_str(reason),
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        place(f, self.0.entity, &self.0.path)?;
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
            DecodeProblem::CannotBorrow { instead } => {
                write!(f, "the value cannot be borrowed from the response; use `{instead}`")
            }
            DecodeProblem::TooDeep => f.write_str("lists and maps are nested deeper than 32 levels"),
            DecodeProblem::Refused(reason) => f.write_str(reason),
        }
    }
}

impl core::error::Error for EncodeError {}
impl core::error::Error for DecodeError {}
