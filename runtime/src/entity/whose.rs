//! Whose items a read is for, where a table holds those of several entities.

use super::{Entity, EntityKind, Expiry, is_reservation};
use crate::codec::{Cursor, DecodeError};
use crate::schema::TableSchema;
use crate::template::Identity;

/// Whose items a read is for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Whose {
    table: &'static TableSchema,
    /// The entity that is read, or `None` for the table itself.
    entity: Option<Identity>,
    kind: EntityKind,
    skip_unknown: bool,
    /// What is left out because it has expired, where no filter can do that.
    expiry: Option<Expiry>,
}

/// What a read does with an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is read.
    Take,
    /// It is another entity's, has expired, or is no entity's but reserves a value.
    Other,
    /// It is of no entity, and left out and counted.
    Unknown,
}

impl Whose {
    /// Whose items a read of `E` is for.
    pub(crate) fn of<E: Entity>() -> Self {
        let table = E::TABLE;
        let entity = match E::KIND {
            EntityKind::OneOf { .. } => Some(place(table, E::NAME)),
            EntityKind::Alone | EntityKind::Table { .. } => None,
        };
        Self { table, entity, kind: E::KIND, skip_unknown: false, expiry: None }
    }

    /// The same, without items of no entity.
    pub(crate) const fn skip_unknown(mut self) -> Self {
        self.skip_unknown = true;
        self
    }

    /// The same, without items that have expired.
    pub(crate) const fn without(mut self, expired: Option<Expiry>) -> Self {
        self.expiry = expired;
        self
    }

    /// The table that holds the items.
    pub(crate) const fn table(&self) -> &'static TableSchema {
        self.table
    }

    /// True if items must be looked at before they are read.
    pub(crate) const fn looks(&self) -> bool {
        self.tells_apart() || self.expiry.is_some() || self.table.has_unique()
    }

    /// True if items of several entities are told apart.
    const fn tells_apart(&self) -> bool {
        match self.kind {
            EntityKind::Alone => false,
            EntityKind::OneOf { .. } => true,
            EntityKind::Table { .. } => self.skip_unknown,
        }
    }

    /// The attributes that tell an item's entity and its expiry, of those that the table or an index of it carries.
    ///
    /// A global index refuses to be asked for others. Without the tag the keys tell the entity.
    pub(crate) fn attributes(&self, index: Option<&str>) -> impl Iterator<Item = &'static str> + use<> {
        let index = index.and_then(|index| self.table.index(index));
        let told = self.tells_apart();
        let table = self.table;
        let names = [Some(table.partition_key.name), table.sort_key.map(|key| key.name), table.tag];
        let reserved = table.has_unique();
        let names =
            names.into_iter().enumerate().map(move |(place, name)| name.filter(|_| told || reserved && place == 0));
        let names = names.chain([self.expiry.map(|expiry| expiry.attribute)]).flatten();
        names.filter(move |name| index.is_none_or(|index| table.carries(index, name)))
    }

    /// What to do with the item that the cursor is before.
    pub(crate) fn verdict(&self, cursor: &Cursor<'_>) -> Result<Verdict, DecodeError> {
        if self.table.has_unique() && is_reservation(cursor.clone(), self.table)? {
            return Ok(Verdict::Other);
        }
        if let Some(expiry) = self.expiry
            && expiry.is_over_for(cursor)?
        {
            return Ok(Verdict::Other);
        }
        if !self.tells_apart() {
            return Ok(Verdict::Take);
        }
        let identity = cursor.identify(self.table)?;
        Ok(match (identity, self.entity) {
            (Identity::Unknown, _) if self.skip_unknown => Verdict::Unknown,
            (Identity::Unknown, Some(_)) => match self.kind {
                EntityKind::OneOf { takes_unknown: true } => Verdict::Other,
                _ => return cursor.unknown_entity(self.table),
            },
            (_, None) => Verdict::Take,
            (found, Some(own)) if found == own => Verdict::Take,
            (Identity::Older { entity, .. }, Some(Identity::Entity(own))) if entity == own => Verdict::Take,
            _ => Verdict::Other,
        })
    }
}

/// The place of an entity of that name, or of an older shape, in the table.
fn place(table: &TableSchema, name: &str) -> Identity {
    let entities = || table.entities.iter().enumerate();
    let current = entities().find(|(_, entity)| entity.name == name).map(|(place, _)| Identity::Entity(place));
    let older = || {
        entities().find_map(|(entity, schema)| {
            let upgrade = schema.upgrades.iter().position(|older| older.name == name)?;
            Some(Identity::Older { entity, upgrade })
        })
    };
    current.or_else(older).unwrap_or(Identity::Unknown)
}
