//! Key templates: `"MSG#{message_group_uuid}"` as literals and fields.

use proc_macro2::Span;
use syn::LitStr;

use super::template_text::{Piece, pieces, span};
use super::{Field, IndexKey, Store, tokens};
use crate::errors::Errors;
use crate::nearest::suggestion;

/// How the text of a key is made.
#[derive(Clone)]
pub(crate) struct Template {
    /// As it is written.
    pub(crate) text: LitStr,
    pub(crate) raw: bool,
    pub(crate) segments: Vec<Segment>,
    /// How many shards the key has, if it has several.
    pub(crate) shards: Option<u16>,
    /// The attribute's name, or `None` where the table of the entity has it.
    pub(crate) attribute: Option<String>,
    /// Its place among the templates of the entity: its constant is `__T0`, `__T1` …
    pub(crate) number: usize,
}

/// A piece of a template.
#[derive(Clone)]
pub(crate) enum Segment {
    Literal(String),
    Part(Box<Part>),
}

/// A field in a template.
#[derive(Clone)]
pub(crate) struct Part {
    pub(crate) key: IndexKey,
    pub(crate) format: Format,
    /// True if the field is an `Option`.
    pub(crate) optional: bool,
}

/// How a raw template changes the text of a field.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Plain,
    Zeros(u8),
    Lower,
    Upper,
}

/// Where templates find their fields.
#[derive(Clone, Copy)]
pub(super) struct Fields<'f> {
    pub(super) entity: &'f proc_macro2::Ident,
    pub(super) fields: &'f [Field],
}

impl Template {
    pub(crate) fn parts(&self) -> impl Iterator<Item = &Part> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Part(part) => Some(&**part),
            Segment::Literal(_) => None,
        })
    }

    /// True if the field's value can be read from the key.
    pub(crate) fn gives_back(&self, field: &proc_macro2::Ident) -> bool {
        let lossy = |format| matches!(format, Format::Lower | Format::Upper);
        self.parts().any(|part| part.key.ident == *field && !lossy(part.format))
    }

    /// True if the text of that field has one width.
    pub(crate) fn has_width(&self, field: &proc_macro2::Ident) -> bool {
        self.parts().any(|part| part.key.ident == *field && matches!(part.format, Format::Zeros(_)))
    }

    /// True if a field of that name is in it.
    pub(crate) fn has(&self, field: &proc_macro2::Ident) -> bool {
        self.parts().any(|part| part.key.ident == *field)
    }
}

impl<'f> Fields<'f> {
    /// The template that is written so, or `None` after a mistake.
    pub(super) fn template(
        self,
        text: &LitStr,
        raw: bool,
        attribute: Option<String>,
        errors: &mut Errors,
    ) -> Option<Template> {
        let pieces = match pieces(&text.value()) {
            Ok(pieces) => pieces,
            Err((place, message)) => {
                errors.at_span(span(text, place), message);
                return None;
            }
        };
        if pieces.is_empty() {
            errors.at(
                text,
                "a key template is not empty, because a key is not; write a literal or a field: `\"USER#{id}\"`",
            );
            return None;
        }
        let mut segments = Vec::new();
        let mut healthy = true;
        for piece in pieces {
            match piece {
                Piece::Literal(literal) => segments.push(Segment::Literal(literal)),
                Piece::Placeholder { name, format, place } => {
                    let place = span(text, place);
                    let format =
                        format.map_or(Some(Format::Plain), |format| self.format(&name, &format, raw, place, errors));
                    match (self.part(&name, place, errors), format) {
                        (Some(field), Some(format)) => {
                            healthy &= not_twice(&segments, field, place, errors);
                            let optional = tokens::inside_option(&field.ty).is_some();
                            segments.push(Segment::Part(Box::new(Part {
                                key: IndexKey::new(field),
                                format,
                                optional,
                            })));
                        }
                        _ => healthy = false,
                    }
                }
            }
        }
        healthy.then(|| Template { text: text.clone(), raw, segments, shards: None, attribute, number: 0 })
    }

    fn part(self, name: &str, place: Span, errors: &mut Errors) -> Option<&'f Field> {
        let Some(field) = self.fields.iter().find(|field| field.name() == name) else {
            self.unknown(name, place, errors);
            return None;
        };
        let reason = match (&field.store, field.stamp) {
            (Store::Plain | Store::KeyOnly, None) => return Some(field),
            (Store::Plain | Store::KeyOnly, Some(_)) => {
                "is filled in by the clock while the item is written, and its key must be known before; use a time stamp that \
                 you fill in yourself"
            }
            (Store::Skip, _) => "is skipped, so an item that is read has no value for it; remove `skip`",
            (Store::Rest, _) => "collects attributes and has no value of its own; name another field",
            (Store::Serde(_) | Store::Adapter(_), _) => {
                "is not stored as its type says; make the type a newtype that derives `DynamoAttribute`"
            }
        };
        errors.at_span(place, format!("`{name}` cannot be part of a key template: it {reason}"));
        None
    }

    fn unknown(self, name: &str, place: Span, errors: &mut Errors) {
        let entity = self.entity;
        let by_attribute = self.fields.iter().find(|field| field.is_stored() && field.attribute == name);
        let message = match by_attribute {
            Some(field) => {
                let field = field.name();
                format!(
                    "a key template is made of Rust fields: attribute `{name}` is the field `{field}`, so write `{{{field}}}`"
                )
            }
            None if name == "shard" => format!(
                "`{entity}` has no field `shard`; `shard = 16` beside the key adds the shard to its end, so remove `{{shard}}`"
            ),
            None => {
                let plain =
                    |field: &&Field| matches!(field.store, Store::Plain | Store::KeyOnly) && field.stamp.is_none();
                let names: Vec<String> = self.fields.iter().filter(plain).map(Field::name).collect();
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                format!("`{entity}` has no field `{name}`; {}", suggestion(name, "its fields are", &names))
            }
        };
        errors.at_span(place, message);
    }

    /// What stands after the colon of a placeholder.
    fn format(self, name: &str, format: &str, raw: bool, place: Span, errors: &mut Errors) -> Option<Format> {
        let parsed = match format {
            "lower" => Some(Format::Lower),
            "upper" => Some(Format::Upper),
            digits => digits
                .strip_prefix('0')
                .and_then(|digits| digits.parse().ok())
                .filter(|digits| (1..=39).contains(digits))
                .map(Format::Zeros),
        };
        let message = match parsed {
            Some(format) if raw => return Some(format),
            Some(_) => format!(
                "`{{{name}:{format}}}` is for keys that another program makes, as `partition_key(template = \"…\", raw)`; \
                 otherwise write `{{{name}}}`: numbers have the width of their type already, and text is stored as it is"
            ),
            None => format!(
                "`{format}` is no format of a placeholder; write `{{{name}}}`, or in a raw template `{{{name}:05}}` for zeros up \
                 to 5 digits, `{{{name}:lower}}` or `{{{name}:upper}}`"
            ),
        };
        errors.at_span(place, message);
        None
    }
}

fn not_twice(segments: &[Segment], field: &Field, place: Span, errors: &mut Errors) -> bool {
    let twice = segments.iter().any(|segment| matches!(segment, Segment::Part(part) if part.key.ident == field.ident));
    if twice {
        let name = field.name();
        errors
            .at_span(place, format!("`{name}` is in this template twice; remove one, because the key says it already"));
    }
    !twice
}
