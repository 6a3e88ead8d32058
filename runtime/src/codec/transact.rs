//! The body of a transaction's answer.

use super::cursor::Cursor;
use super::decode_error::{DecodeError, DecodeProblem};
use super::page::object_member;

type Result<T> = core::result::Result<T, DecodeError>;

/// The items of a `TransactGetItems` as JSON, one for each of so many keys; `None` for an item that is not there.
///
/// # Errors
/// If there are more or fewer, or if the body is malformed.
pub(crate) fn responses(body: &[u8], keys: usize) -> Result<Vec<Option<&str>>> {
    let text = core::str::from_utf8(body)
        .map_err(|error| DecodeError::new(DecodeProblem::Malformed("not UTF-8"), error.valid_up_to()))?;
    let mut items = Vec::new();
    if let Some(list) = object_member(text, &["Responses"]) {
        let mut cursor = Cursor::over(list);
        cursor.expect(b'[', "expected `[`")?;
        let mut first = true;
        while cursor.element(&mut first)? {
            let start = cursor.offset();
            cursor.skip()?;
            let response = cursor.slice(start, cursor.offset());
            items.push(object_member(response, &["Item"]).filter(|item| item.starts_with('{')));
        }
    }
    if items.len() == keys { Ok(items) } else { Err(not_as_many()) }
}

/// The error for an answer whose items cannot be told apart.
#[cold]
pub(crate) fn not_as_many() -> DecodeError {
    DecodeError::new(DecodeProblem::Malformed("not one response for each key"), 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_has_a_response() {
        let body = br#"{"ConsumedCapacity":[],"Responses": [ {"Item":{"id":{"S":"]"}}}, {}, {"Item":null} ]}"#;
        assert_eq!(responses(body, 3), Ok(vec![Some(r#"{"id":{"S":"]"}}"#), None, None]));
        assert_eq!(responses(br#"{"Responses":[]}"#, 0), Ok(Vec::new()));
    }

    #[test]
    fn what_is_missing_is_not_taken_for_absent() {
        for body in
            [&b"{}"[..], br#"{"Responses":[{}]}"#, br#"{"Responses":[{},{},{}]}"#, br#"{"Responses":[{},"#, b"\xff"]
        {
            assert!(responses(body, 2).is_err(), "{}", String::from_utf8_lossy(body));
        }
    }
}
