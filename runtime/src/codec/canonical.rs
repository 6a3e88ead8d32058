//! Primary keys in one spelling, so that two of the same item are the same text.

use super::cursor::Cursor;
use super::decode_error::{DecodeError, DecodeProblem};
use crate::schema::TableSchema;
use crate::value::Number;

type Result<T> = core::result::Result<T, DecodeError>;

/// The primary key in an item or key, given as DynamoDB's JSON, in a spelling that only this item of the table has.
///
/// Numbers count by their value, as they do for DynamoDB: `1000` and `1E+3` are one key. It is for comparing, and never
/// sent; but the shard of an item in an index is calculated from it, so that the spelling is never another one.
///
/// # Errors
/// If the JSON is malformed, or lacks a part of the key.
pub(crate) fn canonical_key(json: &str, table: &TableSchema) -> Result<Box<str>> {
    let names = [Some(table.partition_key.name), table.sort_key.as_ref().map(|key| key.name)];
    let mut parts: [Option<String>; 2] = [None, None];
    let mut cursor = Cursor::over(json);
    cursor.expect(b'{', "expected `{`")?;
    let mut first = true;
    while let Some(name) = cursor.member(&mut first)? {
        match names.iter().zip(&mut parts).find(|(known, _)| **known == Some(&*name)) {
            Some((_, part)) => *part = Some(canonical_value(&mut cursor)?),
            None => cursor.skip()?,
        }
    }
    let [partition, sort] = parts;
    match (partition, sort, &table.sort_key) {
        (Some(partition), None, None) => Ok(partition.into()),
        (Some(mut partition), Some(sort), Some(_)) => {
            partition.push_str(&sort);
            Ok(partition.into())
        }
        _ => Err(DecodeError::new(DecodeProblem::Malformed("a part of the primary key is missing"), 0)),
    }
}

/// One key value: its type, its length, which keeps neighbours apart, and its text.
fn canonical_value(cursor: &mut Cursor<'_>) -> Result<String> {
    let kind = cursor.open_any()?;
    let text = cursor.string()?;
    cursor.close()?;
    let number = || text.parse::<Number>().ok().map(|number| number.to_string());
    let text = match kind {
        "N" => number().unwrap_or_else(|| text.into_owned()),
        "B" => text.trim_end_matches('=').to_owned(),
        _ => text.into_owned(),
    };
    Ok(format!("{kind}{}:{text}", text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{KeySchema, KeyType};

    fn key(json: &str) -> Box<str> {
        let sort_key = Some(KeySchema::new("sk", KeyType::N));
        let table = TableSchema::new("t", KeySchema::new("pk", KeyType::S), sort_key);
        canonical_key(json, &table).unwrap()
    }

    #[test]
    fn numbers_count_by_their_value_and_other_attributes_do_not() {
        let plain = key(r#"{"pk":{"S":"a"},"sk":{"N":"1000"}}"#);
        assert_eq!(key(r#"{ "sk" : {"N":"1.0e3"}, "x":{"L":[{"S":"pk"}]}, "pk":{"S":"\u0061"} }"#), plain);
        assert_ne!(key(r#"{"pk":{"S":"a"},"sk":{"N":"1001"}}"#), plain);
    }

    #[test]
    fn the_spelling_never_changes() {
        assert_eq!(&*key(r#"{"pk":{"S":"a#1"},"sk":{"N":"1.50e2"}}"#), "S3:a#1N3:150");
        assert_eq!(&*key(r#"{"pk":{"S":"é"},"sk":{"N":"-0.001"}}"#), "S2:éN6:-0.001");
        let table = TableSchema::new("t", KeySchema::new("pk", KeyType::B), None);
        assert_eq!(canonical_key(r#"{"pk":{"B":"YQ=="}}"#, &table).as_deref(), Ok("B2:YQ"));
    }

    #[test]
    fn neighbours_stay_apart() {
        assert_ne!(key(r#"{"pk":{"S":"aN1:1"},"sk":{"N":"1"}}"#), key(r#"{"pk":{"S":"a"},"sk":{"N":"11"}}"#));
        assert_ne!(key(r#"{"pk":{"S":"YQ"},"sk":{"N":"1"}}"#), key(r#"{"pk":{"B":"YQ=="},"sk":{"N":"1"}}"#));
    }

    #[test]
    fn a_key_needs_all_its_parts() {
        let table = TableSchema::new("t", KeySchema::new("pk", KeyType::S), None);
        assert!(canonical_key(r#"{"sk":{"S":"a"}}"#, &table).is_err());
        assert!(canonical_key(r#"{"pk":{"S":"a"}"#, &table).is_err());
        assert!(canonical_key("", &table).is_err());
    }
}
