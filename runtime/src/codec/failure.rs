//! The bodies of failed responses.

use std::borrow::Cow;

use super::cursor::Cursor;
use super::decode_error::DecodeError;

/// What the body of a failed response says. What it does not say is `None`: a proxy's page of HTML has none of it.
#[doc(hidden)]
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ErrorShape<'a> {
    /// The error's name without its namespace, from `__type` or, in a cancelled transaction's reason, `Code`.
    pub code: Option<Cow<'a, str>>,
    /// `message` or `Message`.
    pub message: Option<Cow<'a, str>>,
    /// The JSON object of `Item`: the stored item, where a failed condition was asked to return it.
    pub item: Option<&'a str>,
    /// `CancellationReasons` of a transaction: one for each of its actions, in their order.
    pub reasons: Vec<ErrorShape<'a>>,
}

type Result<T> = core::result::Result<T, DecodeError>;

/// Reads the body of a failed response as far as it can be read.
#[doc(hidden)]
#[must_use]
pub fn error_shape(body: &[u8]) -> ErrorShape<'_> {
    let mut shape = ErrorShape::default();
    if let Ok(mut cursor) = Cursor::new(body) {
        let _damage = shape.fill(&mut cursor, true);
    }
    shape
}

impl<'a> ErrorShape<'a> {
    /// Reads the members of an object; only the outermost has reasons.
    fn fill(&mut self, cursor: &mut Cursor<'a>, outermost: bool) -> Result<()> {
        cursor.expect(b'{', "expected `{`")?;
        let mut first = true;
        while let Some(name) = cursor.member(&mut first)? {
            match (&*name, cursor.peek()) {
                ("__type", b'"') => self.code = Some(without_namespace(cursor.string()?)),
                ("Code", b'"') => self.code = Some(cursor.string()?),
                ("message" | "Message", b'"') => self.message = Some(cursor.string()?),
                ("Item", b'{') => {
                    let start = cursor.offset();
                    cursor.skip()?;
                    self.item = Some(cursor.slice(start, cursor.offset()));
                }
                ("CancellationReasons", b'[') if outermost => self.reasons(cursor)?,
                _ => cursor.skip()?,
            }
        }
        Ok(())
    }

    fn reasons(&mut self, cursor: &mut Cursor<'a>) -> Result<()> {
        cursor.expect(b'[', "expected `[`")?;
        let mut first = true;
        while cursor.element(&mut first)? {
            let mut reason = ErrorShape::default();
            reason.fill(cursor, false)?;
            self.reasons.push(reason);
        }
        Ok(())
    }
}

/// `com.amazonaws.dynamodb.v20120810#ResourceNotFoundException` without what is before the `#`, and without what some
/// servers write after a `:`.
fn without_namespace(name: Cow<'_, str>) -> Cow<'_, str> {
    fn short(name: &str) -> &str {
        let name = name.rsplit('#').next().unwrap_or(name);
        name.split(':').next().unwrap_or(name)
    }
    match name {
        Cow::Borrowed(name) => Cow::Borrowed(short(name)),
        Cow::Owned(name) => Cow::Owned(short(&name).to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_message_and_item() {
        let body = br#"{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",
            "Item": {"pk":{"S":"a"}}, "message":"The conditional request failed"}"#;
        let shape = error_shape(body);
        assert_eq!(shape.code.as_deref(), Some("ConditionalCheckFailedException"));
        assert_eq!(shape.message.as_deref(), Some("The conditional request failed"));
        assert_eq!(shape.item, Some(r#"{"pk":{"S":"a"}}"#));
        assert_eq!(shape.reasons, []);
    }

    #[test]
    fn reasons_of_a_cancelled_transaction() {
        let body = br#"{"__type":"x#TransactionCanceledException","Message":"m","CancellationReasons":[
            {"Code":"None"},{"Code":"ConditionalCheckFailed","Item":{"a":{"N":"1"}},"Message":"no"}]}"#;
        let shape = error_shape(body);
        assert_eq!(shape.message.as_deref(), Some("m"));
        let codes: Vec<_> = shape.reasons.iter().map(|reason| reason.code.as_deref()).collect();
        assert_eq!(codes, [Some("None"), Some("ConditionalCheckFailed")]);
        assert_eq!(shape.reasons.last().and_then(|reason| reason.item), Some(r#"{"a":{"N":"1"}}"#));
    }

    #[test]
    fn what_is_not_json_says_nothing() {
        for body in [&b"<html>502</html>"[..], b"", b"{", b"\xff\xfe", b"[]", b"null"] {
            assert_eq!(error_shape(body), ErrorShape::default());
        }
        assert_eq!(error_shape(br#"{"__type":"A","message":null"#).code.as_deref(), Some("A"));
    }
}
