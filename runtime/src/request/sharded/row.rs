//! Items of a page as rows: what orders them, and where a query goes on after one.

use bytes::Bytes;

use crate::codec::{Cursor, DecodeError, Encoder, FromItem};
use crate::schema::{KeySchema, TableSchema};
use crate::value::{Number, ToAttribute as _};

type Result<T> = core::result::Result<T, DecodeError>;

/// An item as it is in an answer.
pub(super) struct RawItem<'a>(pub(super) &'a str);

impl<'a> FromItem<'a> for RawItem<'a> {
    fn decode_item(cursor: &mut Cursor<'a>) -> Result<Self> {
        let start = cursor.offset();
        cursor.skip()?;
        Ok(Self(cursor.slice(start, cursor.offset())))
    }
}

/// The key attributes of a table, or of an index of it.
pub(super) struct KeyNames {
    partition: &'static str,
    /// What orders the items.
    sort: Vec<&'static str>,
    /// What a query goes on after.
    key: Vec<&'static str>,
}

/// The sort key of an item, in DynamoDB's order: text and binary by their bytes, numbers by their values.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SortValue {
    Missing,
    Number(Number),
    Text(Box<str>),
    Binary(Box<[u8]>),
}

/// The attributes of a sort key, of which an index may have several.
pub(super) type SortValues = Vec<SortValue>;

impl KeyNames {
    /// Those of the table, or of its index of that name.
    pub(super) fn of(table: &TableSchema, index: Option<&str>) -> Self {
        let index = index.and_then(|index| table.index(index));
        let own: Vec<KeySchema> = table.sort_key.into_iter().collect();
        let sort = index.map_or(&*own, |index| index.sort_key);
        let of_index = index.iter().flat_map(|index| index.partition_key.iter().chain(index.sort_key));
        let mut key: Vec<&'static str> = Vec::new();
        for each in of_index.chain([&table.partition_key]).chain(&own) {
            if !key.contains(&each.name) {
                key.push(each.name);
            }
        }
        let partition = table.partition_key.name;
        Self { partition, sort: sort.iter().map(|key| key.name).collect(), key }
    }

    /// The names of all attributes that a row needs.
    pub(super) fn needed(&self) -> &[&'static str] {
        &self.key
    }

    /// What orders an item.
    pub(super) fn sort_values(&self, item: &str) -> Result<SortValues> {
        let mut found: SortValues = self.sort.iter().map(|_| SortValue::Missing).collect();
        let mut cursor = Cursor::over(item);
        cursor.expect(b'{', "expected an item")?;
        let mut first = true;
        while let Some(name) = cursor.member(&mut first)? {
            if let Some((_, place)) = self.sort.iter().zip(&mut found).find(|(own, _)| **own == name) {
                *place = sort_value(cursor.clone())?;
            }
            cursor.skip()?;
        }
        Ok(found)
    }

    /// The key of an item, as a query goes on after it.
    pub(super) fn key_of(&self, item: &Bytes) -> Result<Box<str>> {
        let mut out = Encoder::new();
        let mut cursor = Cursor::new(item)?;
        cursor.expect(b'{', "expected an item")?;
        out.raw("{");
        let mut first = true;
        while let Some(name) = cursor.member(&mut first)? {
            let start = cursor.offset();
            cursor.skip()?;
            if self.key.contains(&&*name) {
                let value = cursor.slice(start, cursor.offset());
                out.named(&name, |out| out.raw(value));
            }
        }
        out.raw("}");
        Ok(out.finish().map(crate::key::into_text).unwrap_or_default())
    }
}

impl KeyNames {
    /// The sort key as an object.
    pub(super) fn sort_key_of(&self, values: &SortValues) -> Box<str> {
        let mut out = Encoder::new();
        out.raw("{");
        for (name, value) in self.sort.iter().zip(values) {
            match value {
                SortValue::Missing => {}
                SortValue::Number(number) => out.named(name, |out| number.encode(out)),
                SortValue::Text(text) => out.named(name, |out| out.string(text)),
                SortValue::Binary(bytes) => out.named(name, |out| out.binary(bytes)),
            }
        }
        out.raw("}");
        out.finish().map(crate::key::into_text).unwrap_or_default()
    }

    /// The table's key of a partition key, as JSON, and of a sort key, as an object.
    pub(super) fn joined(&self, partition: &str, sort_key: &str) -> Box<str> {
        let mut out = Encoder::new();
        out.raw("{");
        out.named(self.partition, |out| out.raw(partition));
        out.raw(",");
        out.raw(sort_key.strip_prefix('{').unwrap_or(sort_key));
        out.finish().map(crate::key::into_text).unwrap_or_default()
    }
}

fn sort_value(mut cursor: Cursor<'_>) -> Result<SortValue> {
    let kind = cursor.open_any()?;
    let text = cursor.string()?;
    match kind {
        "N" => match text.parse() {
            Ok(number) => Ok(SortValue::Number(number)),
            Err(_) => cursor.malformed("a sort key that is no number"),
        },
        "B" => match base64_simd::STANDARD.decode_to_vec(text.as_bytes()) {
            Ok(bytes) => Ok(SortValue::Binary(bytes.into())),
            Err(_) => cursor.malformed("a sort key that is no base64"),
        },
        _ => Ok(SortValue::Text(text.into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{IndexKind, IndexProjection, IndexSchema, KeyType};

    const fn key(name: &'static str, key_type: KeyType) -> KeySchema {
        KeySchema::new(name, key_type)
    }

    const TABLE: TableSchema =
        TableSchema::new("t", key("pk", KeyType::S), Some(key("sk", KeyType::N))).with_indexes(&[IndexSchema::new(
            "i",
            IndexKind::Global,
            &[key("ipk", KeyType::S)],
            &[key("a", KeyType::S), key("sk", KeyType::N), key("b", KeyType::B)],
            IndexProjection::All,
        )]);

    fn item(a: &str, sk: &str, b: &[u8]) -> String {
        let b = base64_simd::STANDARD.encode_to_string(b);
        format!(
            r#"{{"x":{{"M":{{"sk":{{"N":"0"}}}}}},"b":{{"B":"{b}"}},"sk":{{"N":"{sk}"}},"a":{{"S":"{a}"}},"pk":{{"S":"p\"q"}},"ipk":{{"S":"i"}}}}"#
        )
    }

    #[test]
    fn the_order_is_that_of_dynamodb() {
        let (own, index) = (KeyNames::of(&TABLE, None), KeyNames::of(&TABLE, Some("i")));
        let less = |names: &KeyNames, one: &str, other: &str| {
            names.sort_values(one).unwrap() < names.sort_values(other).unwrap()
        };
        assert!(less(&own, &item("z", "-1E1", b"z"), &item("a", "2", b"")), "numbers by their value");
        assert!(less(&own, &item("a", "9", b""), &item("a", "10", b"")));
        assert_eq!(own.sort_values(&item("a", "1000", b"")), own.sort_values(&item("b", "1.0E3", b"")));
        assert!(less(&index, &item("Z", "9", b""), &item("a", "1", b"")), "text by its bytes");
        assert!(less(&index, &item("\\u0061", "1", b"b"), &item("a", "2", b"a")), "then the next attribute");
        assert!(less(&index, &item("a", "1", &[0x7f]), &item("a", "1", &[0x80])), "binary by unsigned bytes");
        assert!(less(&index, &item("\u{ffff}", "1", b""), &item("😀", "1", b"")), "and not by units of UTF-16");
    }

    #[test]
    fn a_query_goes_on_after_the_key_of_table_and_index() {
        let (own, index) = (KeyNames::of(&TABLE, None), KeyNames::of(&TABLE, Some("i")));
        assert_eq!((own.needed(), index.needed()), (&["pk", "sk"][..], &["ipk", "a", "sk", "b", "pk"][..]));
        let item = Bytes::from(item("é", "1", b"\xff"));
        assert_eq!(&*own.key_of(&item).unwrap(), r#"{"sk":{"N":"1"},"pk":{"S":"p\"q"}}"#);
        let expected = r#"{"b":{"B":"/w=="},"sk":{"N":"1"},"a":{"S":"é"},"pk":{"S":"p\"q"},"ipk":{"S":"i"}}"#;
        assert_eq!(&*index.key_of(&item).unwrap(), expected);
    }

    #[test]
    fn a_key_is_put_together_of_its_sides() {
        let names = KeyNames::of(&TABLE, None);
        let sort_key = names.sort_key_of(&names.sort_values(&item("a", "1.50E1", b"")).unwrap());
        assert_eq!(&*sort_key, r#"{"sk":{"N":"15"}}"#);
        assert_eq!(&*names.joined(r#"{"S":"p"}"#, &sort_key), r#"{"pk":{"S":"p"},"sk":{"N":"15"}}"#);
        let index = KeyNames::of(&TABLE, Some("i"));
        let of_index = index.sort_key_of(&index.sort_values(&item("é\\\"", "1", &[255])).unwrap());
        assert_eq!(&*of_index, r#"{"a":{"S":"é\""},"sk":{"N":"1"},"b":{"B":"/w=="}}"#);
    }

    #[test]
    fn damaged_items_are_errors() {
        let names = KeyNames::of(&TABLE, None);
        for item in ["", "{", r#"{"sk":{"N":"x"}}"#, r#"{"sk":7}"#, r#"{"sk":{"B":"*"}}"#] {
            assert!(names.sort_values(item).is_err(), "{item}");
        }
        assert_eq!(names.sort_values("{}"), Ok(vec![SortValue::Missing]));
    }
}
