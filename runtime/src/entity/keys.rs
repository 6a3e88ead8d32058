//! The key attributes of an item that templates make, and their short forms in generated code.

use super::Entity;
use crate::codec::{Encoder, KeyPart};
use crate::key::Key;
use crate::schema::{EntityKey, KeyPlace, KeySource, KeyTemplate, TableSchema};
use crate::template::SegmentValues;

impl KeyTemplate {
    /// The table's partition key is made so.
    #[doc(hidden)]
    #[must_use]
    pub const fn partition(self) -> EntityKey {
        KeySource::Template(self).partition()
    }

    /// The table's sort key is made so.
    #[doc(hidden)]
    #[must_use]
    pub const fn sort(self) -> EntityKey {
        KeySource::Template(self).sort()
    }

    /// The partition key of an index is made so.
    #[doc(hidden)]
    #[must_use]
    pub const fn index_partition(self, index: &'static str) -> EntityKey {
        KeySource::Template(self).index_partition(index, 0)
    }

    /// The sort key of an index is made so.
    #[doc(hidden)]
    #[must_use]
    pub const fn index_sort(self, index: &'static str) -> EntityKey {
        KeySource::Template(self).index_sort(index, 0)
    }
}

impl KeySource {
    /// The table's partition key, from there.
    #[doc(hidden)]
    #[must_use]
    pub const fn partition(self) -> EntityKey {
        EntityKey::new(KeyPlace::Partition, self)
    }

    /// The table's sort key, from there.
    #[doc(hidden)]
    #[must_use]
    pub const fn sort(self) -> EntityKey {
        EntityKey::new(KeyPlace::Sort, self)
    }

    /// An attribute of an index's partition key, from there.
    #[doc(hidden)]
    #[must_use]
    pub const fn index_partition(self, index: &'static str, position: u8) -> EntityKey {
        EntityKey::new(KeyPlace::IndexPartition { index, position }, self)
    }

    /// An attribute of an index's sort key, from there.
    #[doc(hidden)]
    #[must_use]
    pub const fn index_sort(self, index: &'static str, position: u8) -> EntityKey {
        EntityKey::new(KeyPlace::IndexSort { index, position }, self)
    }
}

impl TableSchema {
    /// The name of a key attribute, and which part of a key it is.
    pub(crate) fn attribute_at(&self, place: KeyPlace) -> Option<(&'static str, KeyPart)> {
        Some(match place {
            KeyPlace::Partition => (self.partition_key.name, KeyPart::Partition),
            KeyPlace::Sort => (self.sort_key?.name, KeyPart::Sort),
            KeyPlace::IndexPartition { index, position } => {
                (self.index(index)?.partition_key.get(usize::from(position))?.name, KeyPart::Partition)
            }
            KeyPlace::IndexSort { index, position } => {
                (self.index(index)?.sort_key.get(usize::from(position))?.name, KeyPart::Sort)
            }
        })
    }
}

impl Encoder {
    /// Writes the attributes of the primary key that templates make.
    #[doc(hidden)]
    pub fn primary_key<E: Entity>(&mut self, values: SegmentValues<'_>) {
        self.keys(E::TABLE, E::KEYS, |place| matches!(place, KeyPlace::Partition | KeyPlace::Sort), values);
    }

    /// Writes the key attributes of indexes that templates make; one that several indexes share is written once.
    #[doc(hidden)]
    pub fn index_keys<E: Entity>(&mut self, values: SegmentValues<'_>) {
        self.keys(E::TABLE, E::KEYS, |place| !matches!(place, KeyPlace::Partition | KeyPlace::Sort), values);
    }

    fn keys(
        &mut self,
        table: &TableSchema,
        keys: &[EntityKey],
        is_meant: fn(&KeyPlace) -> bool,
        values: SegmentValues<'_>,
    ) {
        let mut written: Vec<&'static str> = Vec::new();
        for key in keys.iter().filter(|key| is_meant(&key.place)) {
            let (Some(template), Some((name, part))) = (key.template(), table.attribute_at(key.place)) else {
                continue;
            };
            if !written.contains(&name) {
                written.push(name);
                self.template(name, part, template, values);
            }
        }
    }
}

impl<E: Entity> Key<E> {
    /// The key that templates make of these parts.
    #[doc(hidden)]
    pub fn of_parts(values: SegmentValues<'_>) -> Self {
        Self::made(|out| out.primary_key::<E>(values))
    }
}
