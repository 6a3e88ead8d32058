//! Which entity an item is.

use std::borrow::Cow;

use crate::codec::{Cursor, DecodeError};
use crate::schema::{EntitySchema, KeyPlace, KeySource, KeyType, TableSchema};

/// Which of a table's entities an item is.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identity {
    /// The entity at that place of the table's entities.
    Entity(usize),
    /// An older shape of the entity at that place.
    Older {
        /// The place among the table's entities.
        entity: usize,
        /// The place among the entity's older shapes.
        upgrade: usize,
    },
    /// None of them.
    Unknown,
}

/// A key attribute of an item: its type, and its text.
type Key<'a> = Option<(&'static str, Cow<'a, str>)>;

/// What tells the entity of an item.
#[derive(Default)]
struct Marks<'a> {
    partition: Key<'a>,
    sort: Key<'a>,
    tag: Key<'a>,
}

impl Cursor<'_> {
    /// Which entity the item that the cursor is before is, without moving: by the table's tag attribute, or else by the
    /// templates of the primary keys.
    ///
    /// # Errors
    /// If the response is malformed.
    #[doc(hidden)]
    pub fn identify(&self, table: &TableSchema) -> Result<Identity, DecodeError> {
        let marks = Marks::read(self.clone(), table)?;
        Ok(match &marks.tag {
            Some((_, tag)) => table.entity_that(|entity| entity.tag == Some(tag)),
            None => table.entity_that(|entity| marks.are_of(entity)),
        })
    }
}

impl<'a> Marks<'a> {
    fn read(mut cursor: Cursor<'a>, table: &TableSchema) -> Result<Self, DecodeError> {
        let mut marks = Self::default();
        cursor.expect(b'{', "expected an item")?;
        let mut first = true;
        while let Some(name) = cursor.member(&mut first)? {
            let place = match &*name {
                name if name == table.partition_key.name => &mut marks.partition,
                name if table.sort_key.is_some_and(|key| key.name == name) => &mut marks.sort,
                name if table.tag == Some(name) => &mut marks.tag,
                _ => {
                    cursor.skip()?;
                    continue;
                }
            };
            let mut inside = cursor.clone();
            let kind = inside.open_any()?;
            if matches!(kind, "S" | "N" | "B") {
                *place = Some((kind, inside.string()?));
            }
            cursor.skip()?;
        }
        Ok(marks)
    }

    fn are_of(&self, entity: &EntitySchema) -> bool {
        entity.keys.iter().all(|key| {
            let found = match key.place {
                KeyPlace::Partition => &self.partition,
                KeyPlace::Sort => &self.sort,
                KeyPlace::IndexPartition { .. } | KeyPlace::IndexSort { .. } => return true,
            };
            match (found, &key.source) {
                (Some((kind, text)), KeySource::Template(template)) => {
                    *kind == KeyType::S.as_str() && template.matches(text)
                }
                (Some((kind, _)), KeySource::Field { key_type, .. }) => *kind == key_type.as_str(),
                _ => false,
            }
        })
    }
}

impl TableSchema {
    fn entity_that(&self, is: impl Fn(&EntitySchema) -> bool) -> Identity {
        let current = self.entities.iter().position(&is).map(Identity::Entity);
        let older = || {
            self.entities.iter().enumerate().find_map(|(entity, schema)| {
                let upgrade = schema.upgrades.iter().position(&is)?;
                Some(Identity::Older { entity, upgrade })
            })
        };
        current.or_else(older).unwrap_or(Identity::Unknown)
    }
}
