//! Where the shards of a query are, as the text of a cursor.

use super::super::cursor::PageCursor;
use super::super::origin::{self, Origin};
use crate::error::CursorError;

/// Tells the cursors of shards from all others: readable and sealed.
const PLAIN: u8 = 5;
const SEALED: u8 = 6;

/// What sealed cursors of shards are for, as opposed to whatever else the same key seals.
const PURPOSE: &str = "page cursor of shards";

/// What was given of a query of shards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// Every item up to the one with this sort key, an object with that attribute: no two shards have an item with one sort
    /// key of the table.
    Reached(Box<str>),
    /// Of each shard, everything up to the item with this key of an index, or nothing.
    After(Vec<Option<Box<str>>>),
}

impl PageCursor {
    /// The cursor of a query of so many shards.
    pub(super) fn seal_shards(origin: &Origin, shards: u16, place: &Place) -> Result<Self, CursorError> {
        let mut content = Vec::new();
        match place {
            Place::Reached(key) => {
                content.push(0);
                content.extend_from_slice(key.as_bytes());
            }
            Place::After(keys) => {
                content.push(1);
                for key in keys {
                    let key = key.as_deref().unwrap_or_default().as_bytes();
                    content
                        .extend_from_slice(&u32::try_from(key.len()).map_err(|_| CursorError::Damaged)?.to_be_bytes());
                    content.extend_from_slice(key);
                }
            }
        }
        let count = shards.to_be_bytes();
        Ok(Self::from_text(match &origin.binding {
            None => origin.plain(PLAIN, &[&count, &*content].concat()),
            Some(binding) => origin::text(&binding.seal(PURPOSE, &[&[SEALED][..], &count].concat(), &content)?),
        }))
    }

    /// Where the query is, if the cursor is sound and belongs to this one, in so many shards.
    pub(super) fn open_shards(&self, origin: &Origin, shards: u16) -> Result<Place, CursorError> {
        let bytes = origin::bytes(self.as_str())?;
        let (count, content) = match (&origin.binding, bytes.first()) {
            (None, Some(&SEALED)) => return Err(CursorError::Sealed),
            (None, _) => {
                let (head, fingerprint, content) = origin::read_plain(&bytes)?;
                match head {
                    PLAIN if fingerprint == origin.fingerprint => split_count(content)?,
                    1..=PLAIN => return Err(CursorError::OtherQuery),
                    _ => return Err(CursorError::Damaged),
                }
            }
            (Some(binding), Some(&SEALED)) => {
                let (head, sealed) = bytes.split_at_checked(3).ok_or(CursorError::Damaged)?;
                let (count, _) = split_count(head.get(1..).unwrap_or_default())?;
                (count, binding.open(PURPOSE, head, sealed)?)
            }
            (Some(_), Some(1..SEALED)) => return Err(CursorError::NotSealed),
            (Some(_), _) => return Err(CursorError::Damaged),
        };
        if count != shards {
            return Err(CursorError::OtherShards { shards: count.into() });
        }
        match content.split_first() {
            Some((0, sort_key)) => Ok(Place::Reached(key(sort_key)?)),
            Some((1, keys)) => read(keys, count).map(Place::After),
            _ => Err(CursorError::Damaged),
        }
    }

    /// The number of shards of the query that a cursor is from, if that has shards.
    pub(in crate::request) fn shards(bytes: &[u8]) -> Option<u16> {
        match bytes.split_first()? {
            (&PLAIN, _) => Some(split_count(origin::read_plain(bytes).ok()?.2).ok()?.0),
            (&SEALED, rest) => Some(split_count(rest).ok()?.0),
            _ => None,
        }
    }
}

fn split_count(bytes: &[u8]) -> Result<(u16, Vec<u8>), CursorError> {
    let (count, rest) = bytes.split_first_chunk().ok_or(CursorError::Damaged)?;
    Ok((u16::from_be_bytes(*count), rest.to_vec()))
}

/// The keys of so many shards, and nothing else.
fn read(mut bytes: &[u8], count: u16) -> Result<Vec<Option<Box<str>>>, CursorError> {
    let mut keys = Vec::new();
    for _ in 0..count {
        let (length, rest) = bytes.split_first_chunk().ok_or(CursorError::Damaged)?;
        let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| CursorError::Damaged)?;
        let (text, rest) = rest.split_at_checked(length).ok_or(CursorError::Damaged)?;
        keys.push(if text.is_empty() { None } else { Some(key(text)?) });
        bytes = rest;
    }
    if bytes.is_empty() { Ok(keys) } else { Err(CursorError::Damaged) }
}

/// Not every cursor is sealed: what it holds must be a key and nothing else before it becomes part of a request.
fn key(bytes: &[u8]) -> Result<Box<str>, CursorError> {
    let text = core::str::from_utf8(bytes).map_err(|_| CursorError::Damaged)?;
    if crate::codec::is_key(bytes) { Ok(text.into()) } else { Err(CursorError::Damaged) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: Origin = Origin { fingerprint: 7, binding: None };

    fn places() -> [Place; 2] {
        let key = |text: &str| Some(text.into());
        [
            Place::Reached(r#"{"sk":{"S":"1#a"}}"#.into()),
            Place::After(vec![None, key(r#"{"pk":{"S":"a#01"},"sk":{"N":"1"}}"#), key(r#"{"pk":{"B":"AA=="}}"#)]),
        ]
    }

    #[test]
    fn places_are_read_back() {
        for place in places() {
            let cursor = PageCursor::seal_shards(&ORIGIN, 3, &place).unwrap();
            assert_eq!(cursor.open_shards(&ORIGIN, 3), Ok(place));
            assert_eq!(cursor.open_shards(&ORIGIN, 4), Err(CursorError::OtherShards { shards: 3 }));
            assert_eq!(cursor.open(&ORIGIN, None), Err(CursorError::OtherShards { shards: 3 }));
            let other = Origin { fingerprint: 8, binding: None };
            assert_eq!(cursor.open_shards(&other, 3), Err(CursorError::OtherQuery));
            assert_eq!(cursor.segment(), None);
        }
        let single = PageCursor::seal(&ORIGIN, None, r#"{"pk":{"S":"a"}}"#).unwrap();
        assert_eq!(single.open_shards(&ORIGIN, 3), Err(CursorError::OtherQuery));
    }

    #[test]
    fn damage_is_found() {
        for place in places() {
            let cursor = PageCursor::seal_shards(&ORIGIN, 3, &place).unwrap();
            let text = cursor.as_str();
            for end in 0..text.len() {
                let cut = PageCursor::from_text(&text[..end]);
                assert_eq!(cut.open_shards(&ORIGIN, 3), Err(CursorError::Damaged), "{end}");
            }
        }
        let forged = |content: &[u8]| {
            PageCursor::from_text(ORIGIN.plain(PLAIN, &[&[0, 1], content].concat())).open_shards(&ORIGIN, 1)
        };
        assert_eq!(forged(&[1, 0, 0, 0, 0]), Ok(Place::After(vec![None])));
        let more = br#"{"sk":{"S":"a"}},"ConsistentRead":true"#;
        let length = [1, 0, 0, 0, u8::try_from(more.len()).unwrap()];
        let contents = [
            &[][..],
            &[0],
            &[2],
            &[1],
            &[1, 0, 0, 0, 0, 0],
            &[1, 0, 0, 0, 9, b'{'],
            b"\x01\0\0\0\x02{}",
            b"\0{}",
            b"\0[]",
            &[&[0], &more[..]].concat(),
            &[&length, &more[..]].concat(),
        ];
        for content in contents {
            assert_eq!(forged(content), Err(CursorError::Damaged), "{content:?}");
        }
    }
}
