//! The escapes of text in encoded templates.
//!
//! The separator `#`, the escape `$` and every character below them become `$` and the character 0x40 higher. So no
//! text has a character as low as the separator, which keeps the order of texts that begin alike.

use std::borrow::Cow;

/// Between the components of an encoded key.
pub(crate) const SEPARATOR: char = '#';
pub(super) const ESCAPE: char = '$';
const SHIFT: u8 = 0x40;

/// True for the characters that text has only as escapes.
const fn is_low(byte: u8) -> bool {
    byte <= ESCAPE as u8
}

/// Escapes the text from that place on.
pub(crate) fn escape_from(text: &mut String, start: usize) {
    if text.get(start..).is_some_and(|plain| plain.bytes().any(is_low)) {
        let plain = text.split_off(start);
        escape(&plain, text);
    }
}

/// Writes text with its escapes.
fn escape(text: &str, out: &mut String) {
    out.reserve(text.len());
    for character in text.chars() {
        match u8::try_from(character) {
            Ok(byte) if is_low(byte) => {
                out.push(ESCAPE);
                out.push(char::from(byte + SHIFT));
            }
            _ => out.push(character),
        }
    }
}

/// The text without its escapes, or nothing if it could not be the work of [`escape`].
pub(crate) fn unescape(text: &str) -> Option<Cow<'_, str>> {
    if !text.bytes().any(is_low) {
        return Some(Cow::Borrowed(text));
    }
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character == ESCAPE {
            let byte = u8::try_from(characters.next()?).ok()?.checked_sub(SHIFT)?;
            plain.push(is_low(byte).then(|| char::from(byte))?);
        } else if character < ESCAPE {
            return None;
        } else {
            plain.push(character);
        }
    }
    Some(Cow::Owned(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str) -> String {
        let mut out = String::new();
        escape(text, &mut out);
        out
    }

    #[test]
    fn low_characters_are_moved_up() {
        assert_eq!(escaped("a#b $\u{0}é😀-9"), "a$cb$`$d$@é😀-9");
        assert_eq!(unescape("a$cb$`$d$@é😀-9").as_deref(), Some("a#b $\u{0}é😀-9"));
        assert!(matches!(unescape("plain-text_9é"), Some(Cow::Borrowed("plain-text_9é"))));
    }

    #[test]
    fn what_escape_never_writes_is_refused() {
        for text in ["$", "a$", "$e", "$?", "$é", "a#b", " ", "!", "a$$"] {
            assert_eq!(unescape(text), None, "{text}");
        }
        for byte in 0..=0x24_u8 {
            let text = char::from(byte).to_string();
            assert_eq!(unescape(&escaped(&text)).as_deref(), Some(text.as_str()));
        }
    }
}
