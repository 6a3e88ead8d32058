//! Items whose time to live has passed.

use std::time::SystemTime;

use crate::EpochSeconds;
use crate::codec::{Cursor, DecodeError, EncodeError};
use crate::expr::{Expr, Node, Term, value};
use crate::schema::TableSchema;

/// Which items of a table have expired at a moment: those that DynamoDB may delete from then on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Expiry {
    pub(crate) attribute: &'static str,
    now: u64,
}

/// DynamoDB never deletes an item that expired longer ago than five years.
const LONGEST_AGO: u64 = 5 * 365 * 24 * 60 * 60;

/// Seconds of the year 5138, and milliseconds of 1973.
const IN_MILLISECONDS: u64 = 100_000_000_000;

impl Expiry {
    /// What has expired of the table, if it has a time-to-live attribute.
    pub(crate) fn of(table: &TableSchema, now: SystemTime) -> Option<Self> {
        table.ttl.map(|attribute| Self { attribute, now: EpochSeconds::at(now).0 })
    }

    /// The first second that counts as over. 0 is none, because in tables of others it stands for "never".
    fn first(self) -> u64 {
        self.now.saturating_sub(LONGEST_AGO).max(1)
    }

    /// The condition that an item has expired. It is not met by an item whose expiry is missing, or is no number.
    pub(crate) fn is_over(self) -> Expr {
        let node = Node::attribute(self.attribute);
        let [first, last] = [self.first(), self.now].map(|second| Term::Value(value::<u64>(&node, &second)));
        Expr::Between(Term::Path(node), first, last)
    }

    /// The condition that an item has not expired.
    pub(crate) fn is_ahead(self) -> Expr {
        Expr::Not(Box::new(self.is_over()))
    }

    /// True if the item that the cursor is before has expired.
    pub(crate) fn is_over_for(self, cursor: &Cursor<'_>) -> Result<bool, DecodeError> {
        let second = number(cursor.clone(), self.attribute)?;
        Ok(second.is_some_and(|second| second >= self.first() as f64 && second <= self.now as f64))
    }
}

/// Refuses an item whose expiry is so far ahead that it can only be one in milliseconds: it would never expire.
pub(crate) fn check_unit(item: &str, attribute: &'static str) -> Result<(), EncodeError> {
    check(number(Cursor::over(item), attribute), attribute)
}

/// The same for an expiry by itself, as DynamoDB's JSON.
pub(crate) fn check_unit_of(value: &str, attribute: &'static str) -> Result<(), EncodeError> {
    check(number_here(&mut Cursor::over(value)), attribute)
}

fn check(second: Result<Option<f64>, DecodeError>, attribute: &'static str) -> Result<(), EncodeError> {
    match second {
        Ok(Some(second)) if second >= IN_MILLISECONDS as f64 => {
            let mut error = EncodeError::refused(
                "the expiry is a number of seconds since 1970, and this one is after the year 5000: it looks like \
                 milliseconds, with which the item would never expire",
            );
            error.in_attribute(attribute);
            Err(error)
        }
        _ => Ok(()),
    }
}

/// The number in that attribute of the item that the cursor is before, if it is one.
///
/// A float has room for every second that the calendar knows.
fn number(mut cursor: Cursor<'_>, attribute: &str) -> Result<Option<f64>, DecodeError> {
    cursor.expect(b'{', "expected an item")?;
    let mut first = true;
    while let Some(name) = cursor.member(&mut first)? {
        if name != attribute {
            cursor.skip()?;
            continue;
        }
        return number_here(&mut cursor);
    }
    Ok(None)
}

fn number_here(cursor: &mut Cursor<'_>) -> Result<Option<f64>, DecodeError> {
    Ok(match cursor.open_any()? {
        "N" => cursor.string()?.parse().ok(),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::time::Duration;

    #[test]
    fn an_item_is_over_when_dynamodb_may_delete_it() {
        let now = 1_800_000_000;
        let expiry = Expiry { attribute: "expires", now };
        let over = |value: &str| {
            let item = format!(r#"{{"id":{{"S":"x"}},"expires":{value},"a":{{"M":{{"expires":{{"N":"1"}}}}}}}}"#);
            expiry.is_over_for(&Cursor::over(&item)).unwrap()
        };
        let second = |second: u64| over(&format!(r#"{{"N":"{second}"}}"#));
        assert_eq!([now - 1, now, now + 1].map(second), [true, true, false]);
        assert_eq!([now - LONGEST_AGO - 1, now - LONGEST_AGO, 0].map(second), [false, true, false]);
        assert!(over(r#"{"N":"1.8E9"}"#) && !over(r#"{"N":"1800000000.5"}"#), "any spelling of a number");
        assert!(!over(r#"{"S":"1800000000"}"#) && !over(r#"{"NULL":true}"#) && !over(r#"{"L":[]}"#));
        assert!(!expiry.is_over_for(&Cursor::over(r#"{"a":{"M":{"expires":{"N":"1800000000"}}}}"#)).unwrap());
        assert!(expiry.is_over_for(&Cursor::over(r#"{"a":{"#)).is_err());
        let early =
            Expiry { attribute: "expires", now: EpochSeconds::at(SystemTime::UNIX_EPOCH + Duration::from_secs(9)).0 };
        assert!(!early.is_over_for(&Cursor::over(r#"{"expires":{"N":"0"}}"#)).unwrap(), "0 is never");
    }

    #[test]
    fn milliseconds_are_refused() {
        let check = |value: &str| check_unit(&format!(r#"{{"expires":{{"N":"{value}"}}}}"#), "expires");
        assert_eq!([check("99999999999"), check("0"), check_unit("{}", "expires")], [Ok(()), Ok(()), Ok(())]);
        let error = check("1800000000000").unwrap_err().of_entity("Session").to_string();
        assert!(error.contains("`expires` of `Session`") && error.contains("milliseconds"), "{error}");
        assert!(!error.contains("18000"), "{error}");
    }
}
