//! Text as HCL reads it back.

use core::fmt::Write as _;

/// Words that mean something else than a name at the start of an object.
const KEYWORDS: &[&str] = &["else", "endfor", "endif", "false", "for", "if", "in", "null", "true"];

/// The text as a quoted HCL string, in which nothing is a template.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // A doubled marker is a literal one; a marker that is not followed by a brace needs nothing.
            '$' | '%' if rest.peek() == Some(&'{') => out.extend([c, c]),
            c if c.is_control() => {
                // Writing to a `String` cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// The text of a quoted string that has no escapes but those of quotes; nothing for another expression.
pub(super) fn unquoted(quoted: &str) -> Option<String> {
    let text = quoted.strip_prefix('"')?.strip_suffix('"')?.replace("\\\"", "'");
    (!text.is_empty() && !text.contains(['"', '\\'])).then_some(text)
}

/// The text as the key of an object: bare where it is a name, quoted otherwise.
pub(crate) fn ident(text: &str) -> String {
    let mut chars = text.chars();
    let starts = chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
    let bare = starts && chars.all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    if bare && !KEYWORDS.contains(&text) { text.to_owned() } else { quoted(text) }
}

/// What is between the quotes of one quoted string, as a template without escapes of characters; nothing for another
/// expression.
pub(super) fn template(expression: &str) -> Option<String> {
    let mut rest = expression.strip_prefix('"')?;
    let mut text = String::new();
    loop {
        let c = rest.chars().next()?;
        let taken = match c {
            '"' => return (rest.len() == 1).then_some(text),
            '\\' => {
                let (c, taken) = escaped(rest)?;
                text.push(c);
                taken
            }
            _ => {
                let piece = piece(rest)?;
                text.push_str(piece);
                piece.len()
            }
        };
        rest = rest.get(taken..)?;
    }
}

/// The text of one quoted string without templates; nothing for another expression.
pub(super) fn literal(expression: &str) -> Option<String> {
    template(expression).map(|text| text.replace("$${", "${").replace("%%{", "%{"))
}

/// The next character, an escaped marker, or a whole interpolation.
fn piece(rest: &str) -> Option<&str> {
    if rest.starts_with("$${") || rest.starts_with("%%{") {
        return rest.get(..3);
    }
    if !(rest.starts_with("${") || rest.starts_with("%{")) {
        return rest.get(..rest.chars().next()?.len_utf8());
    }
    let (mut depth, mut in_text) = (0_usize, false);
    for (place, c) in rest.char_indices() {
        match c {
            '"' => in_text = !in_text,
            '{' if !in_text => depth += 1,
            '}' if !in_text => {
                depth -= 1;
                if depth == 0 {
                    return rest.get(..=place);
                }
            }
            _ => {}
        }
    }
    None
}

/// The character of an escape, and its bytes.
fn escaped(rest: &str) -> Option<(char, usize)> {
    Some(match rest.get(1..)?.chars().next()? {
        'n' => ('\n', 2),
        'r' => ('\r', 2),
        't' => ('\t', 2),
        'u' => (char::from_u32(u32::from_str_radix(rest.get(2..6)?, 16).ok()?)?, 6),
        c @ ('"' | '\\') => (c, 2),
        _ => return None,
    })
}
