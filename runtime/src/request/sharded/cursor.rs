//! Where each shard of a query is, as the text of a cursor.

use super::super::cursor::PageCursor;
use super::super::origin::{self, Origin};
use crate::error::CursorError;

/// Tells the cursors of shards from all others: readable and sealed.
const PLAIN: u8 = 5;
const SEALED: u8 = 6;

/// What sealed cursors of shards are for, as opposed to whatever else the same key seals.
const PURPOSE: &str = "page cursor of shards";

/// How far a shard is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Position {
    /// Nothing of it was given.
    Start,
    /// The items up to the one with this key were given.
    After(Box<str>),
    /// It has no more items.
    End,
}

impl PageCursor {
    /// The cursor of a query whose shards are there.
    pub(super) fn seal_shards(origin: &Origin, positions: &[Position]) -> Result<Self, CursorError> {
        let count = u16::try_from(positions.len()).map_err(|_| CursorError::Damaged)?.to_be_bytes();
        let mut places = Vec::new();
        for position in positions {
            match position {
                Position::Start => places.push(0),
                Position::End => places.push(1),
                Position::After(key) => {
                    let bytes = u32::try_from(key.len()).map_err(|_| CursorError::Damaged)?;
                    places.push(2);
                    places.extend_from_slice(&bytes.to_be_bytes());
                    places.extend_from_slice(key.as_bytes());
                }
            }
        }
        Ok(Self::from_text(match &origin.binding {
            None => origin.plain(PLAIN, &[&count, &*places].concat()),
            Some(binding) => origin::text(&binding.seal(PURPOSE, &[&[SEALED][..], &count].concat(), &places)?),
        }))
    }

    /// Where each of so many shards is, if the cursor is sound and belongs to this query.
    pub(super) fn open_shards(&self, origin: &Origin, shards: u16) -> Result<Vec<Position>, CursorError> {
        let bytes = origin::bytes(self.as_str())?;
        let (count, places) = match (&origin.binding, bytes.first()) {
            (None, Some(&SEALED)) => return Err(CursorError::Sealed),
            (None, _) => {
                let (head, fingerprint, content) = origin::read_plain(&bytes)?;
                match head {
                    PLAIN if fingerprint == origin.fingerprint => split_count(content)?,
                    PLAIN | 1..PLAIN => return Err(CursorError::OtherQuery),
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
        read(&places, count)
    }

    /// The number of shards of the query that a cursor is from, if that has shards.
    pub(crate) fn shards(bytes: &[u8]) -> Option<u16> {
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

/// The positions of so many shards, and nothing else.
fn read(mut places: &[u8], count: u16) -> Result<Vec<Position>, CursorError> {
    let mut positions = Vec::new();
    for _ in 0..count {
        let (tag, rest) = places.split_first().ok_or(CursorError::Damaged)?;
        let (position, rest) = match tag {
            0 => (Position::Start, rest),
            1 => (Position::End, rest),
            2 => key(rest)?,
            _ => return Err(CursorError::Damaged),
        };
        positions.push(position);
        places = rest;
    }
    if places.is_empty() { Ok(positions) } else { Err(CursorError::Damaged) }
}

/// Not every cursor is sealed: what it holds must be a key and nothing else before it becomes part of a request.
fn key(bytes: &[u8]) -> Result<(Position, &[u8]), CursorError> {
    let (length, rest) = bytes.split_first_chunk().ok_or(CursorError::Damaged)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| CursorError::Damaged)?;
    let (key, rest) = rest.split_at_checked(length).ok_or(CursorError::Damaged)?;
    let text = core::str::from_utf8(key).map_err(|_| CursorError::Damaged)?;
    if crate::codec::is_key(key) { Ok((Position::After(text.into()), rest)) } else { Err(CursorError::Damaged) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: Origin = Origin { fingerprint: 7, binding: None };

    fn positions() -> Vec<Position> {
        vec![Position::Start, Position::After(r#"{"pk":{"S":"a#01"},"sk":{"N":"1"}}"#.into()), Position::End]
    }

    #[test]
    fn positions_are_read_back() {
        let cursor = PageCursor::seal_shards(&ORIGIN, &positions()).unwrap();
        assert_eq!(cursor.open_shards(&ORIGIN, 3), Ok(positions()));
        assert_eq!(cursor.open_shards(&ORIGIN, 4), Err(CursorError::OtherShards { shards: 3 }));
        assert_eq!(cursor.open(&ORIGIN, None), Err(CursorError::OtherShards { shards: 3 }));
        let other = Origin { fingerprint: 8, binding: None };
        assert_eq!(cursor.open_shards(&other, 3), Err(CursorError::OtherQuery));
        let single = PageCursor::seal(&ORIGIN, None, r#"{"pk":{"S":"a"}}"#).unwrap();
        assert_eq!(single.open_shards(&ORIGIN, 3), Err(CursorError::OtherQuery));
        assert_eq!((cursor.segment(), single.segment()), (None, None));
    }

    #[test]
    fn damage_is_found() {
        let cursor = PageCursor::seal_shards(&ORIGIN, &positions()).unwrap();
        let text = cursor.as_str();
        for end in 0..text.len() {
            let cut = PageCursor::from_text(&text[..end]);
            assert_eq!(cut.open_shards(&ORIGIN, 3), Err(CursorError::Damaged), "{end}");
        }
        let forged = |places: &[u8]| {
            PageCursor::from_text(ORIGIN.plain(PLAIN, &[&[0, 1], places].concat())).open_shards(&ORIGIN, 1)
        };
        assert_eq!(forged(&[0]), Ok(vec![Position::Start]));
        for places in [&[][..], &[3], &[0, 0], &[2, 0, 0, 0, 9, b'{'], b"\x02\0\0\0\x02{}", b"\x02\0\0\0\x02[]"] {
            assert_eq!(forged(places), Err(CursorError::Damaged), "{places:?}");
        }
        let more = br#"{"pk":{"S":"a"}},"ConsistentRead":true"#;
        let mut places = vec![2, 0, 0, 0, u8::try_from(more.len()).unwrap()];
        places.extend_from_slice(more);
        assert_eq!(forged(&places), Err(CursorError::Damaged), "a key and nothing after it");
    }
}
