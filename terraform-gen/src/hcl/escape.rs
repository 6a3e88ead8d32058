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
