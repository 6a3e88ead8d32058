//! Key templates: where an entity's key attributes come from.

use core::fmt;

use crate::template::SegmentCodec;

use super::KeyType;

/// One key attribute of an entity: which key it is, and where its value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntityKey {
    /// Which key.
    pub place: KeyPlace,
    /// Where its value comes from.
    pub source: KeySource,
}

/// Which key attribute of the table or of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyPlace {
    /// The table's partition key.
    Partition,
    /// The table's sort key.
    Sort,
    /// A partition-key attribute of an index.
    IndexPartition {
        /// The index's name.
        index: &'static str,
        /// Which of the index's partition-key attributes, from 0.
        position: u8,
    },
    /// A sort-key attribute of an index.
    IndexSort {
        /// The index's name.
        index: &'static str,
        /// Which of the index's sort-key attributes, from 0.
        position: u8,
    },
}

/// Where the value of a key attribute comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeySource {
    /// The key is a field's own attribute.
    Field {
        /// The Rust field.
        field: &'static str,
        /// The attribute.
        attribute: &'static str,
        /// The attribute's type.
        key_type: KeyType,
        /// True if items may lack the attribute.
        optional: bool,
    },
    /// The key is text made of fields.
    Template(KeyTemplate),
    /// The index's key is the table's partition key.
    TablePartitionKey,
    /// The index's key is the table's sort key.
    TableSortKey,
}

/// How the text of a key is made of literals and fields. See [`crate::template`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeyTemplate {
    /// The template as it is written: `"MSG#{message_group_uuid}"`.
    pub text: &'static str,
    /// The literals and parts, in order.
    pub segments: &'static [Segment],
    /// How the parts are written.
    pub mode: TemplateMode,
}

/// How the parts of a template are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TemplateMode {
    /// Ordered and unambiguous: fixed widths, and escapes in text.
    Encoded,
    /// As another program writes them.
    Raw,
}

/// A piece of a key template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Segment {
    /// Text that is the same in every key.
    Literal(&'static str),
    /// A field.
    Part(SegmentSchema),
    /// Which of so many shards of a hot partition key the item is in, as two hexadecimal digits: 2 to 256 of them. It ends
    /// the template, after a literal that ends with `#`.
    Shard(u16),
}

/// A field in a key template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct SegmentSchema {
    /// The Rust field.
    pub field: &'static str,
    /// What its text looks like.
    pub form: SegmentForm,
    /// True if the field is an `Option`: without a value the item has no such key.
    pub optional: bool,
    /// How a raw template changes the text.
    pub format: RawFormat,
    pub(crate) codec: SegmentCodec,
}

/// What the text of a part looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SegmentForm {
    /// Any text but the empty one.
    Text,
    /// So many characters, each of a class.
    Fixed {
        /// How many.
        width: u8,
        /// Which.
        class: SegmentClass,
    },
}

/// A set of ASCII characters.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SegmentClass(u128);

/// How a placeholder of a raw template changes the text of its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RawFormat {
    /// Not at all: `{id}`.
    Plain,
    /// A number with zeros before it, up to so many digits: `{id:05}`.
    Zeros(u8),
    /// In lower case: `{name:lower}`.
    Lower,
    /// In upper case: `{name:upper}`.
    Upper,
}

impl EntityKey {
    /// The key at that place, from that source.
    #[must_use]
    pub const fn new(place: KeyPlace, source: KeySource) -> Self {
        Self { place, source }
    }

    /// The template that the key is made with, if it is.
    #[must_use]
    pub const fn template(&self) -> Option<&KeyTemplate> {
        match &self.source {
            KeySource::Template(template) => Some(template),
            _ => None,
        }
    }

    /// True if the field is the key, or in the template that makes it.
    #[must_use]
    pub fn has(&self, field: &str) -> bool {
        match &self.source {
            KeySource::Field { field: own, .. } => *own == field,
            KeySource::Template(template) => template.parts().any(|part| part.field == field),
            KeySource::TablePartitionKey | KeySource::TableSortKey => false,
        }
    }

    /// True if an item may lack the key attribute.
    #[must_use]
    pub const fn optional(&self) -> bool {
        match &self.source {
            KeySource::Field { optional, .. } => *optional,
            KeySource::Template(template) => template.optional(),
            KeySource::TablePartitionKey | KeySource::TableSortKey => false,
        }
    }
}

impl KeyTemplate {
    /// An encoded template, which is written so and has these segments.
    #[must_use]
    pub const fn new(text: &'static str, segments: &'static [Segment]) -> Self {
        Self { text, segments, mode: TemplateMode::Encoded }
    }

    /// A raw template, which is written so and has these segments.
    #[must_use]
    pub const fn raw(text: &'static str, segments: &'static [Segment]) -> Self {
        Self { text, segments, mode: TemplateMode::Raw }
    }

    /// True if one of the parts is optional, so that an item may lack the key.
    #[must_use]
    pub const fn optional(&self) -> bool {
        let mut segments = self.segments;
        while let [segment, rest @ ..] = segments {
            if let Segment::Part(SegmentSchema { optional: true, .. }) = segment {
                return true;
            }
            segments = rest;
        }
        false
    }

    /// The parts, in order.
    pub fn parts(&self) -> impl Iterator<Item = &'static SegmentSchema> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Part(part) => Some(part),
            Segment::Literal(_) | Segment::Shard(_) => None,
        })
    }
}

impl SegmentClass {
    /// `0` to `9`.
    pub const DIGITS: Self = Self::of("0123456789");
    /// `0` to `9` and `a` to `f`.
    pub const HEX: Self = Self::of("0123456789abcdef");

    /// The characters of a text. A character that is not ASCII is left out.
    #[must_use]
    pub const fn of(characters: &str) -> Self {
        let mut set = 0;
        let mut bytes = characters.as_bytes();
        while let [byte, rest @ ..] = bytes {
            if byte.is_ascii() {
                set |= 1_u128 << *byte;
            }
            bytes = rest;
        }
        Self(set)
    }

    /// The characters of both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// True if the set has this byte's character.
    #[must_use]
    pub const fn has(self, byte: u8) -> bool {
        byte.is_ascii() && (self.0 >> byte) & 1 == 1
    }

    /// The set as one bit for each character.
    #[must_use]
    pub const fn bits(self) -> u128 {
        self.0
    }
}

impl fmt::Debug for SegmentClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let characters: String = (0..128_u8).filter(|byte| self.has(*byte)).map(char::from).collect();
        write!(f, "SegmentClass({characters:?})")
    }
}
