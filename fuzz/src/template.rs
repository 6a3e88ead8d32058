//! The text of key templates, as the derive reads it.

#[path = "../../derive/src/model/template_text.rs"]
#[allow(dead_code, missing_docs, unreachable_pub, clippy::all)]
mod template_text;

use template_text::{Piece, pieces};

/// A template that is read is in order: its pieces follow each other, and what is wrong has a place in it.
pub fn template_parse(data: &[u8]) {
    let Ok(text) = core::str::from_utf8(data) else { return };
    match pieces(text) {
        Ok(pieces) => {
            let mut end = 0;
            for piece in &pieces {
                if let Piece::Placeholder { name, place, .. } = piece {
                    assert!(place.start >= end && place.end <= text.len(), "{text:?}");
                    assert!(text[place.clone()].contains(name.as_str()), "{text:?}");
                    end = place.end;
                }
            }
            let _ = template_text::placeholders(text);
        }
        Err((place, message)) => {
            assert!(place.start <= place.end && place.end <= text.len(), "{text:?}");
            assert!(text.get(place).is_some() && !message.is_empty(), "{text:?}");
        }
    }
}
