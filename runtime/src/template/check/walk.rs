//! A template as what its keys can be at each byte, from the front or from the back.

use crate::schema::{KeySource, Segment, SegmentClass, SegmentForm};
use crate::template::escape::SEPARATOR;

/// What keys can be at a place.
#[derive(Clone, Copy)]
pub(super) enum Unit {
    /// This byte.
    Byte(u8),
    /// One of these characters.
    Class(SegmentClass),
    /// Any text but the empty one, of any length.
    Text,
    /// The end.
    End,
}

#[derive(Clone, Copy)]
pub(super) struct Walk {
    segments: &'static [Segment],
    /// What is left of a literal.
    literal: &'static [u8],
    /// What is left of a part of fixed width.
    fixed: Option<(SegmentClass, u8)>,
    backward: bool,
}

const ANY: &[Segment] = &[crate::template::segment::<String>("")];

impl Walk {
    pub(super) const fn new(source: &KeySource, backward: bool) -> Self {
        let segments = match source {
            KeySource::Template(template) => template.segments,
            _ => ANY,
        };
        Self { segments, literal: &[], fixed: None, backward }
    }

    /// The next unit.
    pub(super) const fn next(&mut self) -> Unit {
        loop {
            if let Some(byte) = self.byte() {
                return Unit::Byte(byte);
            }
            if let Some((class, left @ 1..)) = self.fixed {
                self.fixed = Some((class, left - 1));
                return Unit::Class(class);
            }
            let Some(segment) = self.segment() else { return Unit::End };
            match segment {
                Segment::Literal(literal) => self.literal = literal.as_bytes(),
                Segment::Shard(_) => self.fixed = Some((SegmentClass::HEX, 2)),
                Segment::Part(part) => match part.form {
                    SegmentForm::Text => return Unit::Text,
                    SegmentForm::Fixed { width, class } => self.fixed = Some((class, width)),
                },
            }
        }
    }

    const fn byte(&mut self) -> Option<u8> {
        match self.literal {
            [rest @ .., byte] if self.backward => {
                self.literal = rest;
                Some(*byte)
            }
            [byte, rest @ ..] => {
                self.literal = rest;
                Some(*byte)
            }
            [] => None,
        }
    }

    const fn segment(&mut self) -> Option<Segment> {
        match self.segments {
            [rest @ .., segment] if self.backward => {
                self.segments = rest;
                Some(*segment)
            }
            [segment, rest @ ..] => {
                self.segments = rest;
                Some(*segment)
            }
            [] => None,
        }
    }

    /// Steps to the end of a component of an encoded key, and says whether it could all be escaped text, and whether it
    /// is the last.
    pub(super) const fn rest_of_component(&mut self, mut unit: Unit) -> (bool, bool) {
        let mut text = true;
        loop {
            match unit {
                Unit::End => return (text, true),
                Unit::Byte(byte) if byte == SEPARATOR as u8 => return (text, false),
                Unit::Byte(byte) => text = text && byte > SEPARATOR as u8,
                Unit::Class(_) | Unit::Text => {}
            }
            unit = self.next();
        }
    }
}
