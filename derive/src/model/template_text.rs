//! The text of a key template: literals and the placeholders between them.

use std::ops::Range;

use proc_macro2::Span;
use syn::LitStr;

/// A literal, or a placeholder that no field is found for yet.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Literal(String),
    Placeholder { name: String, format: Option<String>, place: Range<usize> },
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
pub(super) fn pieces(text: &str) -> Result<Vec<Piece>, (Range<usize>, String)> {
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
pub(super) fn span(text: &LitStr, place: Range<usize>) -> Span {
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
