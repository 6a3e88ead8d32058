//! The bodies of answers to batches: items and what was left, table by table.

use super::cursor::Cursor;
use super::decode_error::DecodeError;

type Result<T> = core::result::Result<T, DecodeError>;

/// What a piece of an answer to a batch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BatchPart {
    /// An item that was read.
    Item,
    /// A key that was not read.
    UnprocessedKey,
    /// An item that was not put.
    UnprocessedItem,
    /// A key that was not deleted.
    UnprocessedDelete,
}

/// One piece of an answer: its table, its JSON, and where that begins.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece<'a> {
    pub(crate) part: BatchPart,
    pub(crate) table: &'a str,
    pub(crate) json: &'a str,
    pub(crate) offset: usize,
}

type Visit<'v> = dyn FnMut(Piece<'_>) -> Result<()> + 'v;

/// Reads the answer to a `BatchGetItem` or `BatchWriteItem`, and calls `visit` with each of its pieces.
///
/// # Errors
/// If the body is malformed, and what `visit` says.
pub(crate) fn batch_pieces(body: &[u8], visit: &mut Visit<'_>) -> Result<()> {
    let mut cursor = Cursor::new(body)?;
    cursor.expect(b'{', if body.is_empty() { "an empty body" } else { "expected `{`" })?;
    let mut first = true;
    while let Some(name) = cursor.member(&mut first)? {
        match &*name {
            "Responses" => tables(&mut cursor, &mut |cursor, table| {
                array(cursor, &mut |cursor| piece(cursor, BatchPart::Item, table, visit))
            })?,
            "UnprocessedKeys" => tables(&mut cursor, &mut |cursor, table| keys(cursor, table, visit))?,
            "UnprocessedItems" => {
                tables(&mut cursor, &mut |cursor, table| array(cursor, &mut |cursor| write(cursor, table, visit)))?;
            }
            _ => cursor.skip()?,
        }
    }
    cursor.end()
}

/// The members of an object that has one for each table; `null` is none.
fn tables(cursor: &mut Cursor<'_>, each: &mut dyn FnMut(&mut Cursor<'_>, &str) -> Result<()>) -> Result<()> {
    if cursor.peek() == b'n' {
        return cursor.skip();
    }
    cursor.expect(b'{', "expected `{`")?;
    let mut first = true;
    while let Some(table) = cursor.member(&mut first)? {
        each(cursor, &table)?;
    }
    Ok(())
}

fn array(cursor: &mut Cursor<'_>, each: &mut dyn FnMut(&mut Cursor<'_>) -> Result<()>) -> Result<()> {
    cursor.expect(b'[', "expected `[`")?;
    let mut first = true;
    while cursor.element(&mut first)? {
        each(cursor)?;
    }
    Ok(())
}

/// `{"Keys":[…],"ConsistentRead":true}`.
fn keys(cursor: &mut Cursor<'_>, table: &str, visit: &mut Visit<'_>) -> Result<()> {
    cursor.expect(b'{', "expected `{`")?;
    let mut first = true;
    while let Some(name) = cursor.member(&mut first)? {
        if name == "Keys" {
            array(cursor, &mut |cursor| piece(cursor, BatchPart::UnprocessedKey, table, visit))?;
        } else {
            cursor.skip()?;
        }
    }
    Ok(())
}

/// `{"PutRequest":{"Item":{…}}}` or `{"DeleteRequest":{"Key":{…}}}`.
fn write(cursor: &mut Cursor<'_>, table: &str, visit: &mut Visit<'_>) -> Result<()> {
    cursor.expect(b'{', "expected `{`")?;
    let mut first = true;
    let mut found = false;
    while let Some(request) = cursor.member(&mut first)? {
        let (part, member) = match &*request {
            "PutRequest" if cursor.peek() == b'{' => (BatchPart::UnprocessedItem, "Item"),
            "DeleteRequest" if cursor.peek() == b'{' => (BatchPart::UnprocessedDelete, "Key"),
            _ => {
                cursor.skip()?;
                continue;
            }
        };
        cursor.expect(b'{', "expected `{`")?;
        let mut inner = true;
        while let Some(name) = cursor.member(&mut inner)? {
            if name == member {
                found = true;
                piece(cursor, part, table, visit)?;
            } else {
                cursor.skip()?;
            }
        }
    }
    if found { Ok(()) } else { cursor.malformed("an unprocessed item that is neither a put nor a delete") }
}

fn piece(cursor: &mut Cursor<'_>, part: BatchPart, table: &str, visit: &mut Visit<'_>) -> Result<()> {
    cursor.space();
    let offset = cursor.offset();
    cursor.skip()?;
    visit(Piece { part, table, json: cursor.slice(offset, cursor.offset()), offset })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(body: &str) -> Result<Vec<String>> {
        let mut found = Vec::new();
        batch_pieces(body.as_bytes(), &mut |piece| {
            assert_eq!(body.get(piece.offset..piece.offset + piece.json.len()), Some(piece.json));
            found.push(format!("{:?} {} {}", piece.part, piece.table, piece.json));
            Ok(())
        })?;
        Ok(found)
    }

    #[test]
    fn pieces_are_found_in_any_spelling() {
        let got = pieces(
            r#"{"ConsumedCapacity":[],"Responses":{"a":[{"id":{"S":"x"}}, {"id":{"S":"y"}}],"b":[]},
                "UnprocessedKeys":{"b":{"ConsistentRead":true,"Keys":[{"id":{"N":"1"}}]}}}"#,
        );
        let expected =
            [r#"Item a {"id":{"S":"x"}}"#, r#"Item a {"id":{"S":"y"}}"#, r#"UnprocessedKey b {"id":{"N":"1"}}"#];
        assert_eq!(got.unwrap(), expected);
        let wrote = pieces(
            r#"{"UnprocessedItems":{"a":[{"PutRequest":{"Item":{"id":{"S":"x"}}}},{"PutRequest":null,
                "DeleteRequest":{"Key":{"id":{"S":"y"}}}}]}}"#,
        );
        assert_eq!(
            wrote.unwrap(),
            [r#"UnprocessedItem a {"id":{"S":"x"}}"#, r#"UnprocessedDelete a {"id":{"S":"y"}}"#]
        );
        assert_eq!(pieces(r#"{"UnprocessedItems":null,"Responses":{}}"#).unwrap(), [""; 0]);
    }

    #[test]
    fn what_is_cut_off_or_unknown_is_an_error() {
        for body in ["", "[]", r#"{"Responses":{"a":[{"id""#, r#"{"UnprocessedItems":{"a":[{}]}}"#, r#"{} x"#] {
            assert!(pieces(body).is_err(), "{body}");
        }
    }
}
