//! Maps with keys of their own.

use core::hash::{BuildHasher, Hash};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::{FromAttribute, ToAttribute, kind};
use crate::codec::{Cursor, DecodeError, DecodeProblem, Encoder};

type Result<T> = core::result::Result<T, DecodeError>;

/// A type that can be the key of a map: text.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the key of a map in an item",
    label = "not text",
    note = "the keys of DynamoDB's maps are strings: use `String`, or implement `MapKey` and `FromMapKey` for the type"
)]
pub trait MapKey {
    /// The key as text. Different keys have different texts.
    fn key_text(&self) -> &str;
}

/// A type that can be read from the key of a map.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from the key of a map in an item",
    label = "not text",
    note = "the keys of DynamoDB's maps are strings: use `String`, or implement `MapKey` and `FromMapKey` for the type"
)]
pub trait FromMapKey<'a>: Sized {
    /// The key of that text.
    ///
    /// # Errors
    /// If the text is no such key, in words that become part of the error that the caller of the read sees.
    fn from_key_text(text: Cow<'a, str>) -> core::result::Result<Self, String>;
}

macro_rules! map_keys {
    ($($key:ty),*) => {$(
        impl MapKey for $key {
            fn key_text(&self) -> &str {
                self
            }
        }

        impl<'a> FromMapKey<'a> for $key {
            fn from_key_text(text: Cow<'a, str>) -> core::result::Result<Self, String> {
                Ok(text.into())
            }
        }
    )*};
}

map_keys!(String, Box<str>, Arc<str>);

impl MapKey for Cow<'_, str> {
    fn key_text(&self) -> &str {
        self
    }
}

impl<'a> FromMapKey<'a> for Cow<'a, str> {
    fn from_key_text(text: Self) -> core::result::Result<Self, String> {
        Ok(text)
    }
}

impl MapKey for &str {
    fn key_text(&self) -> &str {
        self
    }
}

impl<K: MapKey, T: ToAttribute> ToAttribute for BTreeMap<K, T> {
    type Kind = kind::M;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        out.map(self.iter().map(|(key, value)| (key.key_text(), value)));
    }
}

impl<'a, K: FromMapKey<'a> + Ord, T: FromAttribute<'a>> FromAttribute<'a> for BTreeMap<K, T> {
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self> {
        let mut entries = Self::new();
        decode_entries(cursor, |key, value| entries.insert(key, value).is_none())?;
        Ok(entries)
    }
}

/// The entries are written in the order of their keys, so that the same map is always the same bytes.
impl<K: MapKey, T: ToAttribute, S> ToAttribute for HashMap<K, T, S> {
    type Kind = kind::M;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        let mut entries: Vec<(&str, &T)> = self.iter().map(|(key, value)| (key.key_text(), value)).collect();
        entries.sort_unstable_by_key(|(key, _)| *key);
        out.map(entries);
    }
}

impl<'a, K, T, S> FromAttribute<'a> for HashMap<K, T, S>
where
    K: FromMapKey<'a> + Eq + Hash,
    T: FromAttribute<'a>,
    S: BuildHasher + Default,
{
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self> {
        let mut entries = Self::default();
        decode_entries(cursor, |key, value| entries.insert(key, value).is_none())?;
        Ok(entries)
    }
}

/// Reads a map; `insert` says whether the key was new.
fn decode_entries<'a, K: FromMapKey<'a>, T: FromAttribute<'a>>(
    cursor: &mut Cursor<'a>,
    mut insert: impl FnMut(K, T) -> bool,
) -> Result<()> {
    cursor.map(&mut |name, cursor| {
        let value = T::decode(cursor)?;
        match K::from_key_text(name).map(|key| insert(key, value)) {
            Ok(true) => Ok(()),
            Ok(false) => cursor.twice(),
            Err(reason) => cursor.problem(DecodeProblem::Refused(reason.into())),
        }
    })
}
