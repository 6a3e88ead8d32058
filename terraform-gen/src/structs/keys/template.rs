//! Key templates, and whether the runtime makes the same keys with them.

use tablewright::__private::{KeyPart, raw_segment, segment};
use tablewright::schema::{KeySource, KeyTemplate, RawFormat, Segment};
use tablewright::template::{KeySegment, WriteSegment, disjoint};

/// Where a key comes from.
#[derive(Debug, Clone)]
pub(in crate::structs) enum Form {
    /// It is an attribute like others.
    Field,
    /// It is text made of fields.
    Template(Template),
    /// An index has the table's own key.
    Own(&'static str),
}

#[derive(Debug, Clone)]
pub(in crate::structs) struct Template {
    pub(in crate::structs) pieces: Vec<Piece>,
    pub(in crate::structs) raw: bool,
}

#[derive(Debug, Clone)]
pub(in crate::structs) enum Piece {
    Literal(String),
    Part(Part),
}

/// A field in a template.
#[derive(Debug, Clone)]
pub(in crate::structs) struct Part {
    pub(in crate::structs) source: Source,
    /// True for a whole number.
    pub(in crate::structs) whole: bool,
    /// The digits that a number has, with zeros before it.
    pub(in crate::structs) zeros: Option<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::structs) enum Source {
    /// The value is an attribute too.
    Attribute(String),
    /// The value is in keys alone; which of these.
    Alone(usize),
}

/// All digits of a `u64`, which a template writes without being told.
const DIGITS: u8 = 20;

impl Template {
    /// A template of these pieces, in which literals side by side are one. It is raw unless our own keys look the same for
    /// whatever values of this form there will be.
    pub(super) fn new(pieces: Vec<Piece>, is_canonical: bool) -> Self {
        let mut joined: Vec<Piece> = Vec::new();
        for piece in pieces {
            match (joined.last_mut(), piece) {
                (Some(Piece::Literal(before)), Piece::Literal(text)) => before.push_str(&text),
                (_, Piece::Literal(text)) if text.is_empty() => {}
                (_, piece) => joined.push(piece),
            }
        }
        let is_closed = joined.array_windows().all(|pair| match pair {
            [Piece::Part(_), Piece::Literal(after)] => after.starts_with('#'),
            [Piece::Part(_), Piece::Part(_)] => false,
            _ => true,
        });
        let is_wide = |piece: &Piece| matches!(piece, Piece::Part(part) if part.whole && part.zeros != Some(DIGITS));
        let raw = !(is_canonical && is_closed && !joined.iter().any(is_wide));
        Self { pieces: joined, raw }
    }

    pub(in crate::structs) fn parts(&self) -> impl Iterator<Item = &Part> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Part(part) => Some(part),
            Piece::Literal(_) => None,
        })
    }

    /// The template as it is written, with these names of fields.
    pub(in crate::structs) fn text(&self, field: impl Fn(&Source) -> String) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Literal(text) => text.replace('{', "{{").replace('}', "}}"),
            Piece::Part(part) => match part.zeros.filter(|_| self.raw) {
                Some(digits) => format!("{{{}:0{digits}}}", field(&part.source)),
                None => format!("{{{}}}", field(&part.source)),
            },
        };
        self.pieces.iter().map(piece).collect()
    }

    /// The same as the runtime has it. Schemas are constants of programs, so that this one is never freed.
    pub(in crate::structs) fn to_schema(&self) -> KeyTemplate {
        let segments = self.pieces.iter().enumerate().map(|(place, piece)| match piece {
            Piece::Literal(text) => Segment::Literal(leak(text.clone())),
            Piece::Part(part) => {
                let name = leak(place.to_string());
                let format = part.zeros.map_or(RawFormat::Plain, RawFormat::Zeros);
                match (self.raw, part.whole) {
                    (true, true) => raw_segment::<u64>(name, format),
                    (true, false) => raw_segment::<String>(name, format),
                    (false, true) => segment::<u64>(name),
                    (false, false) => segment::<String>(name),
                }
            }
        });
        let segments: &'static [Segment] = Vec::leak(segments.collect());
        let text = leak(self.text(|source| format!("{source:?}")));
        if self.raw { KeyTemplate::raw(text, segments) } else { KeyTemplate::new(text, segments) }
    }

    /// True if the runtime reads that key and writes it again.
    pub(super) fn reproduces(&self, schema: &KeyTemplate, key: &str, side: KeyPart) -> bool {
        let Ok(parsed) = schema.parse(key) else { return false };
        let mut values: Vec<(&'static str, Box<dyn WriteSegment>)> = Vec::new();
        for ((name, text), part) in parsed.iter().zip(self.parts()) {
            let value: Option<Box<dyn WriteSegment>> = match (part.whole, self.raw) {
                (false, _) => Some(Box::new(text.to_owned())),
                (true, true) => u64::parse_raw(text).ok().map(boxed),
                (true, false) => u64::parse_segment(text).ok().map(boxed),
            };
            let Some(value) = value else { return false };
            values.push((name, value));
        }
        let values: Vec<(&'static str, &dyn WriteSegment)> =
            values.iter().map(|(name, value)| (*name, &**value)).collect();
        matches!(schema.render(&values, side), Ok(Some(written)) if *written == *key)
    }
}

fn boxed(number: u64) -> Box<dyn WriteSegment> {
    Box::new(number)
}

fn leak(text: String) -> &'static str {
    String::leak(text)
}

/// True if no key of the one form is one of the other.
pub(in crate::structs) fn differ(a: &Form, b: &Form) -> bool {
    match (a, b) {
        (Form::Template(a), Form::Template(b)) => {
            disjoint(&KeySource::Template(a.to_schema()), &KeySource::Template(b.to_schema()))
        }
        _ => false,
    }
}
