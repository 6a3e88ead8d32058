//! Attributes and numbers.

use tablewright::codec::decode_item_response;
use tablewright::{Item, Number};

use crate::row::{Row, encoded, written_again};

/// Whatever is read of one attribute is written and read again.
pub fn attribute_decode(data: &[u8]) {
    let mut body = b"{\"Item\":{\"a\":".to_vec();
    body.extend_from_slice(data);
    body.extend_from_slice(b"}}");
    if let Ok((Some(item), _)) = decode_item_response::<Item>(&body, "Item") {
        written_again(&item);
    }
    let mut body = b"{\"Item\":{\"id\":{\"N\":\"1\"},\"at\":{\"S\":\"a\"},\"amount\":{\"N\":\"1\"},\"any\":".to_vec();
    body.extend_from_slice(data);
    body.extend_from_slice(b"}}");
    if let Ok((Some(row), _)) = decode_item_response::<Row>(&body, "Item") {
        // An empty set, for one, is read and is refused when it is to be stored.
        let Some(json) = encoded(&row) else { return };
        let mut body = b"{\"Item\":".to_vec();
        body.extend_from_slice(&json);
        body.push(b'}');
        let (again, _) = decode_item_response::<Row>(&body, "Item").expect("what is written is read");
        assert_eq!(again.as_ref(), Some(&row));
    }
}

/// A number that is read is written as the same number.
pub fn number_parse(data: &[u8]) {
    let Ok(text) = core::str::from_utf8(data) else { return };
    let Ok(number) = text.parse::<Number>() else { return };
    let written = number.to_string();
    assert!(written.len() <= 200, "{text} is written as {written}");
    let again: Number = written.parse().expect("what is written is read");
    assert_eq!(again, number, "{text}");
    assert_eq!(again.to_string(), written);
    let _ = number.to_f64();
}
