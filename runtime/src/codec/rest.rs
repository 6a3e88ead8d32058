//! `#[dynamo(rest)]`: the attributes of an item that no field names.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash};

use super::{Cursor, DecodeError, Encoder};
use crate::value::{FromAttribute, ToAttribute};

/// A collection that keeps the attributes that no field names.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot keep the attributes that no field names",
    label = "not a map of attributes",
    note = "a `rest` field is a map from names to attribute values, such as `BTreeMap<String, Value>`"
)]
pub trait UnknownAttributes<'a>: Default {
    /// Reads the value of an attribute into the collection.
    ///
    /// # Errors
    /// If the value cannot be read as the collection's.
    fn read(&mut self, name: &str, cursor: &mut Cursor<'a>) -> Result<(), DecodeError>;

    /// Writes the attributes as members of the map that the encoder is in.
    fn write(&self, out: &mut Encoder);
}

impl<'a, K: From<String> + AsRef<str> + Ord, V: ToAttribute + FromAttribute<'a>> UnknownAttributes<'a>
    for BTreeMap<K, V>
{
    fn read(&mut self, name: &str, cursor: &mut Cursor<'a>) -> Result<(), DecodeError> {
        self.insert(name.to_owned().into(), V::decode(cursor)?);
        Ok(())
    }

    fn write(&self, out: &mut Encoder) {
        out.entries(self);
    }
}

impl<'a, K: From<String> + AsRef<str> + Hash + Ord, V: ToAttribute + FromAttribute<'a>, S: BuildHasher + Default>
    UnknownAttributes<'a> for HashMap<K, V, S>
{
    fn read(&mut self, name: &str, cursor: &mut Cursor<'a>) -> Result<(), DecodeError> {
        self.insert(name.to_owned().into(), V::decode(cursor)?);
        Ok(())
    }

    fn write(&self, out: &mut Encoder) {
        // The order of a hash map must not reach the request.
        out.entries(self.iter().collect::<BTreeMap<_, _>>());
    }
}

impl<'a> Cursor<'a> {
    /// Reads an attribute that no field names.
    #[doc(hidden)]
    pub fn unknown<T: UnknownAttributes<'a>>(&mut self, rest: &mut T, name: &str) -> Result<(), DecodeError> {
        rest.read(name, self)
    }
}

impl Encoder {
    /// Writes the attributes that no field names.
    #[doc(hidden)]
    pub fn rest<'a, T: UnknownAttributes<'a>>(&mut self, rest: &T) {
        rest.write(self);
    }
}
