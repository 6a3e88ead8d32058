//! Which writes may be sent again when it is not known whether they were applied.

use std::borrow::Cow;

use super::{Operation, Request};
use crate::codec::Cursor;

impl Request {
    /// True if applying the request twice leaves the item, and gives the answer, that applying it once does.
    ///
    /// An increment does not, nor does a write that returns what was there before it, nor a transaction without a token.
    pub(crate) fn may_be_repeated(&self) -> bool {
        match self.operation {
            Operation::PutItem | Operation::DeleteItem | Operation::UpdateItem => {
                item_write_may_be_repeated(&self.body).unwrap_or(false)
            }
            Operation::TransactWriteItems => has_token(&self.body).unwrap_or(false),
            // An item that the second attempt leaves unprocessed may have been written by the first, which only the batch
            // knows how to tell.
            Operation::BatchWriteItem => false,
            // Tables have one state to be in, and reads change nothing.
            _ => true,
        }
    }
}

fn item_write_may_be_repeated(body: &[u8]) -> Result<bool, crate::codec::DecodeError> {
    let mut cursor = Cursor::new(body)?;
    cursor.expect(b'{', "expected `{`")?;
    let mut first = true;
    let mut may = true;
    while let Some(name) = cursor.member(&mut first)? {
        match &*name {
            "ReturnValues" => may &= !matches!(&*cursor.string()?, "ALL_OLD" | "UPDATED_OLD"),
            "UpdateExpression" => may &= update_may_be_repeated(&cursor.string()?),
            // Legacy parameters, whose `ADD` is not looked for.
            "AttributeUpdates" => return Ok(false),
            _ => cursor.skip()?,
        }
    }
    Ok(may)
}

/// True for a transaction that DynamoDB knows again by its token.
fn has_token(body: &[u8]) -> Result<bool, crate::codec::DecodeError> {
    let mut cursor = Cursor::new(body)?;
    cursor.expect(b'{', "expected `{`")?;
    let mut first = true;
    while let Some(name) = cursor.member(&mut first)? {
        if name == "ClientRequestToken" && cursor.peek() == b'"' {
            return Ok(true);
        }
        cursor.skip()?;
    }
    Ok(false)
}

/// True for an update that only sets attributes to given values, removes them, or takes elements out of sets.
fn update_may_be_repeated(expression: &str) -> bool {
    // `+` and `-` are arithmetic; removing or setting `list[0]` twice reaches two elements.
    if expression.contains(['+', '-', '[']) {
        return false;
    }
    let mut words = expression.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '#' | ':' | '.')));
    if words.any(|word| word.eq_ignore_ascii_case("add") || word.eq_ignore_ascii_case("list_append")) {
        return false;
    }
    let mut sides = expression.split('=');
    let Some(mut left) = sides.next() else { return true };
    sides.all(|right| {
        let target = left.trim_end().rsplit([' ', ',', '\n', '\t']).next().unwrap_or_default();
        left = right;
        gives_value(target, right.trim_start())
    })
}

/// True if what follows the `=` of an action is a placeholder, or the default of the attribute that it is set to.
fn gives_value(target: &str, right: &str) -> bool {
    const DEFAULT: &str = "if_not_exists";
    if right.starts_with(':') {
        return true;
    }
    let (Some(name), Some(rest)) = (right.get(..DEFAULT.len()), right.get(DEFAULT.len()..)) else { return false };
    let arguments = rest.trim_start().strip_prefix('(').map(Cow::from);
    name.eq_ignore_ascii_case(DEFAULT)
        && arguments.is_some_and(|arguments| arguments.split(',').next().is_some_and(|first| first.trim() == target))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setting_and_removing_may_be_repeated() {
        for expression in [
            "SET #a = :a, b=:b REMOVE c",
            "SET #a = if_not_exists(#a, :zero), updated = :now",
            "REMOVE #0.address DELETE #tags :gone",
        ] {
            assert!(update_may_be_repeated(expression), "{expression}");
        }
    }

    #[test]
    fn what_depends_on_the_item_may_not() {
        for expression in [
            "ADD #n :one",
            "set a = :a add #n :one",
            "SET #n = #n + :one",
            "SET #n = #n-:one",
            "SET #a = #b",
            "SET #a = if_not_exists(#b, :zero), #b = :b",
            "SET #l = list_append(#l, :more)",
            "REMOVE #l[0]",
        ] {
            assert!(!update_may_be_repeated(expression), "{expression}");
        }
    }

    #[test]
    fn a_transaction_may_with_a_token() {
        let of = |body: &'static str| {
            Request { operation: Operation::TransactWriteItems, table: "t".into(), body: body.into() }.may_be_repeated()
        };
        assert!(of(r#"{"TransactItems":[{"Put":{}}],"ClientRequestToken":"a"}"#));
        assert!(!of(r#"{"TransactItems":[{"Put":{"Item":{"ClientRequestToken":{"S":"a"}}}}]}"#));
        assert!(!of(r#"{"TransactItems":[],"ClientRequestToken":null}"#));
    }

    #[test]
    fn returning_the_old_item_may_not() {
        let write = |operation, body: &'static str| Request { operation, table: "t".into(), body: body.into() };
        assert!(write(Operation::DeleteItem, r#"{"Key":{}}"#).may_be_repeated());
        assert!(!write(Operation::DeleteItem, r#"{"Key":{},"ReturnValues":"ALL_OLD"}"#).may_be_repeated());
        assert!(
            write(Operation::UpdateItem, r#"{"UpdateExpression":"SET a = :a","ReturnValues":"ALL_NEW"}"#)
                .may_be_repeated()
        );
        assert!(!write(Operation::UpdateItem, r#"{"UpdateExpression":"ADD a :a"}"#).may_be_repeated());
        assert!(!write(Operation::PutItem, r#"{"Item":"#).may_be_repeated());
    }
}
