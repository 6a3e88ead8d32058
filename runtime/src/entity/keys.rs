//! The key attributes of an item that templates make, and their short forms in generated code.

use super::Entity;
use crate::codec::{EncodeError, EncodeProblem, Encoder, KeyPart, canonical_key};
use crate::key::Key;
use crate::schema::{EntityKey, KeyPlace, KeySource, KeyTemplate, TableSchema};
use crate::template::{SegmentValues, table_shards};

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
        let of_shard = match sort_text(E::KEYS, values) {
            Ok(text) => text,
            Err(error) => return self.fail_with(error),
        };
        let is_primary = |place: &KeyPlace| matches!(place, KeyPlace::Partition | KeyPlace::Sort);
        self.keys(E::TABLE, E::KEYS, is_primary, values, of_shard.as_deref());
    }

    /// Writes the key attributes of indexes that templates make; one that several indexes share is written once.
    #[doc(hidden)]
    pub fn index_keys<E: Entity>(&mut self, values: SegmentValues<'_>) {
        let of_shard = match has_index_shards(E::KEYS).then(|| canonical_key(&self.primary(), E::TABLE)).transpose() {
            Ok(text) => text,
            // A primary key that cannot be written is reported already.
            Err(_) => return self.fail(EncodeProblem::Refused("its primary key is not known".into())),
        };
        let is_of_index = |place: &KeyPlace| !matches!(place, KeyPlace::Partition | KeyPlace::Sort);
        self.keys(E::TABLE, E::KEYS, is_of_index, values, of_shard.as_deref());
    }

    /// Writes those keys; the text decides in which shard the item is.
    fn keys(
        &mut self,
        table: &TableSchema,
        keys: &[EntityKey],
        is_meant: fn(&KeyPlace) -> bool,
        values: SegmentValues<'_>,
        of_shard: Option<&str>,
    ) {
        let mut written: Vec<&'static str> = Vec::new();
        for key in keys.iter().filter(|key| is_meant(&key.place)) {
            let (Some(template), Some((name, part))) = (key.template(), table.attribute_at(key.place)) else {
                continue;
            };
            if !written.contains(&name) {
                written.push(name);
                self.template_in(name, part, template, values, template.shard_of(of_shard));
            }
        }
    }
}

/// The text of the table's sort key, where it decides in which shard an item is.
fn sort_text(keys: &[EntityKey], values: SegmentValues<'_>) -> Result<Option<String>, EncodeError> {
    if table_shards(keys).is_none() {
        return Ok(None);
    }
    let sort = keys.iter().find(|key| key.place == KeyPlace::Sort).and_then(EntityKey::template);
    sort.map_or(Ok(None), |sort| sort.text_of(values, KeyPart::Sort, None))
}

/// True if the primary key decides in which shard of an index an item is.
fn has_index_shards(keys: &[EntityKey]) -> bool {
    let of_index = |key: &&EntityKey| matches!(key.place, KeyPlace::IndexPartition { .. });
    keys.iter().filter(of_index).filter_map(EntityKey::template).any(|template| template.shards().is_some())
}

impl<E: Entity> Key<E> {
    /// The key that templates make of these parts.
    #[doc(hidden)]
    pub fn of_parts(values: SegmentValues<'_>) -> Self {
        Self::made(|out| out.primary_key::<E>(values))
    }
}
