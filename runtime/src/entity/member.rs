//! Entities of a table of several: what they say about themselves, and what generated code calls for them.

use core::fmt::Display;

use super::Entity;
use crate::Item;
use crate::codec::{
    Cursor, DecodeError, DecodeProblem, EncodeProblem, Encoder, FromItem, ItemOwned, KeyPart, ToItem as _,
};
use crate::request::{Untyped, Whole};
use crate::schema::{EntitySchema, KeyPlace, KeySource, TableSchema};
use crate::template::Identity;
use crate::value::{Operand, ToAttribute as _};

/// An entity of a table that is an enum: what `#[derive(DynamoEntity)]` implements.
///
/// The enum derives [`DynamoTable`](crate::DynamoTable) and has a variant that holds the entity.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an entity of a table of several",
    label = "not an entity of an enum's table",
    note = "derive `DynamoEntity` on the struct and name the enum: `#[dynamo(table = Messages)]`"
)]
pub trait TableEntity: Entity {
    /// The enum that derives `DynamoTable`.
    type Table: Entity;
    /// The entity's attributes and where its keys come from.
    const SCHEMA: EntitySchema;
    /// The attribute that holds an item's expiry, if the entity has one.
    const TTL: Option<&'static str> = None;
}

/// Whose items the table of an entity holds.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntityKind {
    /// The entity's alone.
    Alone,
    /// Those of other entities too.
    OneOf {
        /// True if the table takes items of no entity.
        takes_unknown: bool,
    },
    /// It is the table itself: every entity's, and whether it takes items of none.
    Table {
        /// True if it has a variant for items of no entity.
        takes_unknown: bool,
    },
}

/// The kind of an entity of a table.
#[doc(hidden)]
#[must_use]
pub const fn one_of(table: EntityKind) -> EntityKind {
    EntityKind::OneOf { takes_unknown: matches!(table, EntityKind::Table { takes_unknown: true }) }
}

/// A type that can hold items of no entity.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "an item of no entity is kept as it is, and `{Self}` cannot hold it",
    label = "not `tablewright::Item`",
    note = "write `#[dynamo(unknown)] Other(Item)` with `tablewright::Item`"
)]
pub trait HoldsUnknown: Sized {
    /// Writes the key attributes of the table.
    fn write_key(&self, table: &TableSchema, out: &mut Encoder);

    /// Writes the attributes.
    fn write_item(&self, out: &mut Encoder);

    /// Reads an item.
    ///
    /// # Errors
    /// If it cannot be read.
    fn read_item(cursor: &mut Cursor<'_>) -> Result<Self, DecodeError>;
}

impl HoldsUnknown for Item {
    fn write_key(&self, table: &TableSchema, out: &mut Encoder) {
        let keys = [Some((table.partition_key, KeyPart::Partition)), table.sort_key.map(|key| (key, KeyPart::Sort))];
        for (key, part) in keys.into_iter().flatten() {
            match self.get(key.name) {
                Some(value) => out.key_operand(key.name, part, |out| value.encode(out)),
                None => out.fail(EncodeProblem::Refused(format!("it has no `{}`", key.name).into())),
            }
        }
    }

    fn write_item(&self, out: &mut Encoder) {
        self.encode_item(out);
    }

    fn read_item(cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        Self::decode_item(cursor)
    }
}

/// Says that a type is an entity of the table `T`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an entity of `{T}`",
    label = "not an entity of this table",
    note = "derive `DynamoEntity` on the struct and write `#[dynamo(table = {T})]` above it"
)]
pub trait EntityOf<T>: TableEntity + ItemOwned {
    /// The entity, and the attribute that holds an item's expiry.
    const MEMBER: Member = (<Self as TableEntity>::SCHEMA, <Self as TableEntity>::TTL);

    /// Writes the attributes of the primary key.
    fn write_key(&self, out: &mut Encoder) {
        self.encode_key(out);
    }

    /// Writes the attributes.
    fn write_item(&self, out: &mut Encoder) {
        self.encode_item(out);
    }

    /// Reads an item.
    ///
    /// # Errors
    /// If it cannot be read.
    fn read_item(cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        Self::decode_item(cursor)
    }
}

/// An entity of a table, and the attribute that holds an item's expiry.
pub type Member = (EntitySchema, Option<&'static str>);

/// Says that an entity can be made of an older shape of it.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be made of the older `{V}`",
    label = "items of this older shape could not be read",
    note = "write `impl From<{V}> for {Self}`, or `TryFrom` with an error that can be displayed"
)]
pub trait UpgradeFrom<V>: Sized {
    /// Makes the entity.
    ///
    /// # Errors
    /// If the older item cannot become one.
    fn upgrade_from(older: V) -> Result<Self, String>;
}

#[diagnostic::do_not_recommend]
impl<V, E: TryFrom<V, Error: Display>> UpgradeFrom<V> for E {
    fn upgrade_from(older: V) -> Result<Self, String> {
        Self::try_from(older).map_err(|error| error.to_string())
    }
}

/// Reads an item of an older shape, and makes the entity of it.
///
/// # Errors
/// If the item cannot be read, or cannot become the entity.
#[doc(hidden)]
pub fn upgrade<'a, V: FromItem<'a>, E: UpgradeFrom<V>>(cursor: &mut Cursor<'a>) -> Result<E, DecodeError> {
    let older = V::decode_item(cursor)?;
    E::upgrade_from(older).or_else(|reason| cursor.problem(DecodeProblem::Refused(reason.into())))
}

/// The paths of a table of several entities: it has no attributes of its own, so a condition, a filter or an update is one of
/// an entity.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct PathsAreOfItsEntities;

/// What is known about an index: for an entity's query of it the enum of the table says so.
#[doc(hidden)]
#[derive(Debug)]
pub struct Fact<'a, const TRUE: bool>(core::marker::PhantomData<&'a ()>);

/// Says that a fact is true.
#[doc(hidden)]
pub trait Holds {}
impl Holds for Fact<'_, true> {}

/// What the items of an index are read as: the entity where the index carries all of it.
#[doc(hidden)]
pub trait ReadsAs {
    /// The target of a read.
    type Target;
}
impl ReadsAs for Fact<'_, true> {
    type Target = Whole;
}
impl ReadsAs for Fact<'_, false> {
    type Target = Untyped;
}

/// An entity's name and how its key is made: no value of an item.
fn described(entity: &EntitySchema) -> String {
    let side = |place| match entity.key(place).map(|key| &key.source) {
        Some(KeySource::Template(template)) => Some(format!("`{}`", template.text)),
        Some(KeySource::Field { attribute, .. }) => Some(format!("attribute `{attribute}`")),
        _ => None,
    };
    let sides = [side(KeyPlace::Partition), side(KeyPlace::Sort)];
    format!("`{}` ({})", entity.name, sides.into_iter().flatten().collect::<Vec<_>>().join(" and "))
}

impl Encoder {
    /// Writes the tag of an entity, where its table has a tag attribute.
    #[doc(hidden)]
    pub fn entity_tag<E: Entity>(&mut self, tag: &'static str) {
        if let Some(attribute) = E::TABLE.tag {
            self.named(attribute, |out| out.string(tag));
        }
    }

    /// Writes a key attribute that an operand gives.
    #[doc(hidden)]
    pub fn operand<T>(&mut self, name: &'static str, part: KeyPart, value: &impl Operand<T>) {
        self.key_operand(name, part, |out| value.encode_operand(out));
    }
}

impl Cursor<'_> {
    /// Which older shape of the entity of that name the item that the cursor is before is.
    ///
    /// # Errors
    /// If the response is malformed.
    #[doc(hidden)]
    pub fn older(&self, table: &'static TableSchema, entity: &str) -> Result<Option<usize>, DecodeError> {
        Ok(match self.identify(table)? {
            Identity::Older { entity: place, upgrade }
                if table.entities.get(place).is_some_and(|found| found.name == entity) =>
            {
                Some(upgrade)
            }
            _ => None,
        })
    }

    /// The place of the item's entity among those of its table, or `None` if it is of none.
    ///
    /// # Errors
    /// If the response is malformed.
    #[doc(hidden)]
    pub fn entity(&self, table: &'static TableSchema) -> Result<Option<usize>, DecodeError> {
        Ok(match self.identify(table)? {
            Identity::Entity(entity) | Identity::Older { entity, .. } => Some(entity),
            Identity::Unknown => None,
        })
    }

    /// The error about an item of no entity.
    ///
    /// # Errors
    /// Always.
    #[doc(hidden)]
    #[cold]
    pub fn unknown_entity<T>(&self, table: &'static TableSchema) -> Result<T, DecodeError> {
        let entities = table.entities.iter().map(described).collect::<Vec<_>>().join(", ");
        self.problem(DecodeProblem::UnknownEntity { table: table.name, entities: entities.into() })
    }
}
