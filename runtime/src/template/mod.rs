//! Key templates: how the text of a key is made of fields, and read back.

mod check;
mod codec;
mod derived;
mod error;
mod escape;
mod identify;
mod integer;
mod item;
mod operand;
mod parse;
mod primary;
mod range;
mod render;
mod segment;
mod text;
mod write;

pub use crate::schema::{KeyTemplate, RawFormat, Segment, SegmentClass, SegmentForm, SegmentSchema, TemplateMode};
#[doc(hidden)]
pub use check::{check_collection, check_entities, check_entity, check_table, check_template, disjoint};
pub(crate) use codec::SegmentCodec;
#[doc(hidden)]
pub use derived::{NamedVariant, SegmentNewtype, ordered_form, ordinal, variant};
pub use error::SegmentError;
#[doc(hidden)]
pub use identify::Identity;
#[doc(hidden)]
pub use item::{operand, raw_segment, segment};
pub use operand::SegmentOperand;
pub use parse::{KeyMismatch, ParsedKey};
#[doc(hidden)]
pub use primary::PrimaryParts;
#[doc(hidden)]
pub use range::{KeyRange, PartOperator};
#[doc(hidden)]
pub use render::SegmentValues;
pub use segment::{KeySegment, SegmentText, TextSegment};
#[doc(hidden)]
pub use write::{SegmentField, SegmentSlot, WriteSegment};
