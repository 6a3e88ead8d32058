//! Raw items.

use core::hash::BuildHasher;
use core::ops::{Deref, DerefMut};
use std::collections::{BTreeMap, HashMap};

use super::{FromAttribute, Value};
use crate::codec::{Cursor, DecodeError, EncodeError, Encoder, FromItem, ItemOwned, ToItem, UnknownAttributes};

type Result<T> = core::result::Result<T, DecodeError>;

/// An item as DynamoDB has it: names and values of any type, in the order of their names.
///
/// ```
/// use tablewright::{Item, Value};
///
/// let mut item = Item::default();
/// item.insert("server".into(), Value::from(9001));
/// assert_eq!(item.get("server"), Some(&Value::from(9001)));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Item(pub BTreeMap<String, Value>);

impl Item {
    /// The item that an entity or a document is stored as.
    ///
    /// # Errors
    /// If a value of it cannot be stored.
    pub fn from_entity<T: ToItem + ?Sized>(entity: &T) -> core::result::Result<Self, EncodeError> {
        let mut out = Encoder::new();
        out.item(entity);
        let json = out.finish()?;
        let item = Cursor::new(&json).and_then(|mut cursor| Self::decode_item(&mut cursor));
        item.map_err(|error| EncodeError::refused(error.to_string()))
    }

    /// The entity or document that the item is.
    ///
    /// # Errors
    /// If an attribute is missing, has another type or does not fit its field, or if the item is one that DynamoDB
    /// could not store.
    pub fn decode<T: ItemOwned>(&self) -> Result<T> {
        let mut out = Encoder::new();
        out.item(self);
        let json = out.finish().map_err(|error| DecodeError::refused(error.to_string()))?;
        T::decode_item(&mut Cursor::new(&json)?)
    }
}

impl ToItem for Item {
    fn encode_item(&self, out: &mut Encoder) {
        out.entries(&self.0);
    }
}

impl<'a> FromItem<'a> for Item {
    fn decode_item(cursor: &mut Cursor<'a>) -> Result<Self> {
        let mut item = Self::default();
        cursor.entries(&mut |name, cursor| insert(&mut item.0, &name, cursor))?;
        Ok(item)
    }
}

fn insert(attributes: &mut BTreeMap<String, Value>, name: &str, cursor: &mut Cursor<'_>) -> Result<()> {
    match attributes.insert(name.to_owned(), Value::decode(cursor)?) {
        None => Ok(()),
        Some(_) => cursor.twice(),
    }
}

impl<'a> UnknownAttributes<'a> for Item {
    fn keep(&mut self, name: &str, cursor: &mut Cursor<'a>) -> Result<()> {
        insert(&mut self.0, name, cursor)
    }
    fn write(&self, out: &mut Encoder) {
        out.entries(&self.0);
    }
}

impl<'a> UnknownAttributes<'a> for BTreeMap<String, Value> {
    fn keep(&mut self, name: &str, cursor: &mut Cursor<'a>) -> Result<()> {
        insert(self, name, cursor)
    }
    fn write(&self, out: &mut Encoder) {
        out.entries(self);
    }
}

impl<'a, S: BuildHasher + Default> UnknownAttributes<'a> for HashMap<String, Value, S> {
    fn keep(&mut self, name: &str, cursor: &mut Cursor<'a>) -> Result<()> {
        match self.insert(name.to_owned(), Value::decode(cursor)?) {
            None => Ok(()),
            Some(_) => cursor.twice(),
        }
    }
    fn write(&self, out: &mut Encoder) {
        out.entries(self.iter().collect::<BTreeMap<_, _>>());
    }
}

impl Deref for Item {
    type Target = BTreeMap<String, Value>;
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Item {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl FromIterator<(String, Value)> for Item {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(attributes: I) -> Self {
        Self(attributes.into_iter().collect())
    }
}

impl IntoIterator for Item {
    type Item = (String, Value);
    type IntoIter = std::collections::btree_map::IntoIter<String, Value>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
