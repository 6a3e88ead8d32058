//! Key templates: `"MSG#{message_group_uuid}"` as literals and fields.

use std::ops::Range;

use proc_macro2::Span;
use syn::LitStr;

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

/// A literal, or a placeholder that no field is found for yet.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Literal(String),
    Placeholder { name: String, format: Option<String>, place: Range<usize> },
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
        healthy.then(|| Template { text: text.clone(), raw, segments, attribute, number: 0 })
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

/// The names in the placeholders, as far as can be told.
pub(crate) fn placeholders(text: &str) -> Vec<String> {
    let name = |piece| match piece {
        Piece::Placeholder { name, .. } => Some(name),
        Piece::Literal(_) => None,
    };
    pieces(text).unwrap_or_default().into_iter().filter_map(name).collect()
}

/// The literals and placeholders, or where a mistake is and which.
fn pieces(text: &str) -> Result<Vec<Piece>, (Range<usize>, String)> {
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, character)) = rest.next() {
        match character {
            '{' | '}' if rest.next_if(|(_, next)| *next == character).is_some() => literal.push(character),
            '}' => {
                let message =
                    "`}` has no `{` before it; a placeholder is `{field}`, and a brace itself is written `}}`";
                return Err((start..start + 1, message.to_owned()));
            }
            '{' => {
                let inside = text.get(start + 1..).unwrap_or_default();
                let end =
                    inside.find(['{', '}']).filter(|end| inside.get(*end..).is_some_and(|at| at.starts_with('}')));
                let Some(length) = end else {
                    let message =
                        "`{` has no `}` after it; a placeholder is `{field}`, and a brace itself is written `{{`";
                    return Err((start..text.len(), message.to_owned()));
                };
                let place = start..start + length + 2;
                if !literal.is_empty() {
                    pieces.push(Piece::Literal(std::mem::take(&mut literal)));
                }
                pieces.push(placeholder(inside.get(..length).unwrap_or_default(), place.clone())?);
                while rest.next_if(|(at, _)| *at < place.end).is_some() {}
            }
            character => literal.push(character),
        }
    }
    if !literal.is_empty() {
        pieces.push(Piece::Literal(literal));
    }
    Ok(pieces)
}

fn placeholder(inside: &str, place: Range<usize>) -> Result<Piece, (Range<usize>, String)> {
    let (name, format) = match inside.split_once(':') {
        Some((name, format)) => (name, Some(format)),
        None => (inside, None),
    };
    if name.is_empty() {
        return Err((place, "an empty placeholder; write the name of a field: `{field}`".to_owned()));
    }
    if !name.chars().all(|character| character == '_' || character.is_alphanumeric()) {
        let meant: String = name.chars().filter(|character| *character == '_' || character.is_alphanumeric()).collect();
        return Err((place, format!("a placeholder is the name of a field and nothing else: write `{{{meant}}}`")));
    }
    Ok(Piece::Placeholder { name: name.to_owned(), format: format.map(str::to_owned), place })
}

/// Where a piece of the text stands, or the whole text where the compiler cannot say.
fn span(text: &LitStr, place: Range<usize>) -> Span {
    let token = text.token();
    let plain = token.to_string() == format!("\"{}\"", text.value());
    let inside = plain.then(|| token.subspan(place.start + 1..place.end + 1)).flatten();
    inside.unwrap_or_else(|| text.span())
}

#[cfg(test)]
mod tests {
    use super::{Piece, pieces};

    fn literal(text: &str) -> Piece {
        Piece::Literal(text.to_owned())
    }

    fn part(name: &str, format: Option<&str>, place: std::ops::Range<usize>) -> Piece {
        Piece::Placeholder { name: name.to_owned(), format: format.map(str::to_owned), place }
    }

    #[test]
    fn literals_and_placeholders_take_turns() {
        assert_eq!(pieces("MSG#{id}"), Ok(vec![literal("MSG#"), part("id", None, 4..8)]));
        assert_eq!(pieces("{a}#{b:05}"), Ok(vec![part("a", None, 0..3), literal("#"), part("b", Some("05"), 4..10)]));
        assert_eq!(pieces("PROFILE"), Ok(vec![literal("PROFILE")]));
        assert_eq!(pieces(""), Ok(vec![]));
    }

    #[test]
    fn doubled_braces_are_literals() {
        assert_eq!(pieces("{{a}}"), Ok(vec![literal("{a}")]));
        assert_eq!(pieces("ü{{{a}"), Ok(vec![literal("ü{"), part("a", None, 4..7)]));
    }

    #[test]
    fn a_mistake_has_its_place() {
        let place = |text| pieces(text).map_err(|(place, _)| place);
        assert_eq!(place("USER#{id"), Err(5..8));
        assert_eq!(place("{a{b}"), Err(0..5));
        assert_eq!(place("a}b"), Err(1..2));
        assert_eq!(place("X#{}"), Err(2..4));
        assert_eq!(place("{user id}"), Err(0..9));
        assert_eq!(place("{:05}"), Err(0..5));
    }
}
