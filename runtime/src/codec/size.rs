//! How many bytes DynamoDB counts an item, a value or a key as.

use super::cursor::Cursor;
use super::decode_error::DecodeError;
use crate::value::Number;

type Result<T> = core::result::Result<T, DecodeError>;

/// The bytes that DynamoDB counts an item as, given the item as DynamoDB's JSON: names and values together.
///
/// Text counts its UTF-8 bytes and binary its bytes; a boolean or a null counts 1; a list or a map counts 3, and 1 more
/// for each element, and its contents; a set counts its elements. For a number AWS says only "approximately": one byte
/// for two significant digits, and one more. Measurements at the limit of 400 KB show that the digits before and after
/// the point are rounded up each by themselves, and that a minus costs one more. The rules:
/// <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html>
///
/// What is not an item counts as nothing from where it is damaged.
#[must_use]
pub fn item_size(json: &[u8]) -> usize {
    let mut bytes = 0;
    if let Ok(mut cursor) = Cursor::new(json) {
        let _damage = cursor.entries(&mut |name, cursor| {
            value_size(cursor, &mut bytes)?;
            bytes += name.len();
            Ok(())
        });
    }
    bytes
}

/// The name of the attribute that takes the most bytes of an item, given as DynamoDB's JSON.
pub(crate) fn largest_attribute(json: &[u8]) -> Box<str> {
    let mut largest = (0, Box::<str>::default());
    if let Ok(mut cursor) = Cursor::new(json) {
        let _damage = cursor.entries(&mut |name, cursor| {
            let mut bytes = name.len();
            value_size(cursor, &mut bytes)?;
            if bytes > largest.0 {
                largest = (bytes, Box::from(&*name));
            }
            Ok(())
        });
    }
    largest.1
}

/// Adds the size of the value that the cursor is at, and steps over it.
fn value_size(cursor: &mut Cursor<'_>, bytes: &mut usize) -> Result<()> {
    let mut ahead = cursor.clone();
    match ahead.open_any()? {
        "L" => {
            *bytes += 3;
            cursor.list(&mut |cursor| {
                *bytes += 1;
                value_size(cursor, bytes)
            })
        }
        "M" => {
            *bytes += 3;
            cursor.map(&mut |name, cursor| {
                *bytes += 1 + name.len();
                value_size(cursor, bytes)
            })
        }
        kind @ ("SS" | "NS" | "BS") => cursor.set(kind, &mut |cursor| {
            *bytes += text_size(kind, &cursor.string()?);
            Ok(())
        }),
        kind @ ("S" | "N" | "B") => {
            *bytes += text_size(kind, &ahead.string()?);
            *cursor = ahead;
            cursor.close()
        }
        _ => {
            *bytes += 1;
            cursor.skip()
        }
    }
}

/// The size of a scalar, or of a set's element, given its text in the JSON.
fn text_size(kind: &str, text: &str) -> usize {
    match kind {
        "B" | "BS" => text.trim_end_matches('=').len() * 3 / 4,
        "N" | "NS" => text.parse::<Number>().map_or(text.len(), Number::stored_bytes),
        _ => text.len(),
    }
}

/// The bytes that a key value counts for, given as JSON: `{"S":"…"}`, `{"B":"…"}` or `{"N":"…"}`.
///
/// An explicit null is no key, and counts as nothing. A value that cannot be read counts as 1, and is refused elsewhere.
pub(super) fn key_bytes(json: &[u8]) -> usize {
    let Ok(mut cursor) = Cursor::new(json) else { return 1 };
    match cursor.open_any() {
        Ok("NULL") => 0,
        Ok(kind @ ("S" | "B" | "N")) => cursor.string().map_or(1, |text| text_size(kind, &text)),
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_counts_names_and_values() {
        let json = br#"{"pk":{"S":"h\u00e9"},"n":{"N":"-42"},"b":{"B":"AAECAw=="},"t":{"BOOL":true},"z":{"NULL":true},
            "l":{"L":[{"S":"ab"},{"L":[]}]},"m":{"M":{"key":{"N":"1.5"}}},"s":{"SS":["ab","c"]},"x":{"NS":["100","12"]}}"#;
        let names = 2 + 8;
        let values = 3 + 3 + 4 + 1 + 1 + (3 + 1 + 2 + 1 + 3) + (3 + 1 + 3 + 3) + 3 + (2 + 2);
        assert_eq!(item_size(json), names + values);
    }

    #[test]
    fn a_damaged_item_counts_what_was_read() {
        assert_eq!(item_size(br#"{"a":{"S":"bc"},"b":"#), 3);
        assert_eq!(item_size(b"\xff"), 0);
    }
}
