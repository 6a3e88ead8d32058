//! Primary keys of items.

use core::fmt;
use core::marker::PhantomData;

use crate::Item;
use crate::codec::{EncodeError, EncodeProblem, Encoder, KeyPart};
use crate::entity::Entity;
use crate::schema::KeySchema;
use crate::value::{Operand, ToAttribute};

/// The primary key of one item of `E`.
///
/// It comes from `E::key(…)`, which takes the parts in order and with their types, or from
/// [`Entity::primary_key`]. It holds the key as it is sent; a part that is empty or too long is an error when a request
/// is made of it, before anything is sent.
#[must_use = "a key does nothing by itself: pass it to `get`, `update` or `delete`"]
pub struct Key<E> {
    json: Result<Box<str>, EncodeError>,
    entity: PhantomData<fn() -> E>,
}

impl<E: Entity> Key<E> {
    pub(crate) fn of(item: &E) -> Self {
        let mut out = Encoder::new();
        out.raw("{");
        item.encode_key(&mut out);
        out.raw("}");
        Self::finish(out)
    }

    /// The key of a table without a sort key.
    #[doc(hidden)]
    pub fn partition<P>(partition: &impl Operand<P>) -> Self {
        let mut out = Encoder::new();
        out.raw("{");
        encode_part(&mut out, &E::TABLE.partition_key, partition, KeyPart::Partition);
        out.raw("}");
        Self::finish(out)
    }

    /// The key of a table with a sort key.
    #[doc(hidden)]
    pub fn partition_and_sort<P, S>(partition: &impl Operand<P>, sort: &impl Operand<S>) -> Self {
        let mut out = Encoder::new();
        out.raw("{");
        encode_part(&mut out, &E::TABLE.partition_key, partition, KeyPart::Partition);
        if let Some(sort_key) = &E::TABLE.sort_key {
            encode_part(&mut out, sort_key, sort, KeyPart::Sort);
        }
        out.raw("}");
        Self::finish(out)
    }

    /// The key that these attributes are, in the order of the table's keys.
    pub(crate) fn of_attributes(attributes: &Item) -> Self {
        let mut out = Encoder::new();
        out.raw("{");
        for (key, part) in [(Some(E::TABLE.partition_key), KeyPart::Partition), (E::TABLE.sort_key, KeyPart::Sort)] {
            let Some(key) = key else { continue };
            out.key_operand(key.name, part, |out| match attributes.get(key.name) {
                Some(value) => value.encode(out),
                None => out.fail(EncodeProblem::Refused("the item's key lacks it".into())),
            });
        }
        out.raw("}");
        Self::finish(out)
    }

    /// The key whose attributes are written so.
    #[doc(hidden)]
    pub fn made(write: impl FnOnce(&mut Encoder)) -> Self {
        let mut out = Encoder::new();
        out.raw("{");
        write(&mut out);
        out.raw("}");
        Self::finish(out)
    }

    fn finish(out: Encoder) -> Self {
        let json = out.finish().map_err(|error| error.of_entity(E::NAME)).map(into_text);
        Self { json, entity: PhantomData }
    }

    /// The key as DynamoDB's JSON, for good.
    pub(crate) fn into_json(self) -> Result<Box<str>, EncodeError> {
        self.json
    }

    /// The key as DynamoDB's JSON.
    pub(crate) fn json(&self) -> Result<&str, EncodeError> {
        self.json.as_deref().map_err(Clone::clone)
    }
}

/// A key, owned or borrowed: what lists of keys have.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a key",
    label = "expected keys: `Entity::key(…)`",
    note = "a key is made of its parts by `Entity::key(…)`, and of an item by `item.primary_key()`"
)]
pub trait IntoKey {
    /// The entity whose item has the key.
    type Entity: Entity;
    /// The key.
    fn into_key(self) -> Key<Self::Entity>;
}

impl<E: Entity> IntoKey for Key<E> {
    type Entity = E;
    fn into_key(self) -> Self {
        self
    }
}

impl<E: Entity> IntoKey for &Key<E> {
    type Entity = E;
    fn into_key(self) -> Key<E> {
        self.clone()
    }
}

fn encode_part<T>(out: &mut Encoder, key: &KeySchema, value: &impl Operand<T>, part: KeyPart) {
    out.key_operand(key.name, part, |out| value.encode_operand(out));
}

/// What an encoder writes is text, because it writes nothing but text.
pub(crate) fn into_text(json: Vec<u8>) -> Box<str> {
    String::from_utf8(json).map_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into(), Into::into)
}

impl<E> Clone for Key<E> {
    fn clone(&self) -> Self {
        Self { json: self.json.clone(), entity: PhantomData }
    }
}

impl<E> PartialEq for Key<E> {
    fn eq(&self, other: &Self) -> bool {
        self.json == other.json
    }
}

impl<E> Eq for Key<E> {}

impl<E: Entity> fmt::Debug for Key<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key").field("entity", &E::NAME).finish_non_exhaustive()
    }
}
