//! The fields in a primary key that is already written: what an update's key says about the keys of indexes.

use core::fmt;

use super::{SegmentCodec, SegmentError, SegmentText, WriteSegment};
use crate::codec::{Cursor, DecodeError, DecodeProblem};
use crate::schema::{
    EntityKey, EntitySchema, KeyPlace, KeySource, KeyTemplate, SegmentSchema, TableSchema, TemplateMode,
};

/// The fields in the primary key of an item, for templates of indexes that need them too.
#[doc(hidden)]
#[derive(Debug, Clone, Default)]
pub struct PrimaryParts {
    parts: Vec<(&'static str, PrimaryPart)>,
}

/// A field in a primary key.
#[derive(Clone)]
struct PrimaryPart {
    codec: SegmentCodec,
    /// The mode of the template that the text is from, or `None` for an attribute's JSON.
    mode: Option<TemplateMode>,
    text: Box<str>,
}

impl PrimaryParts {
    /// The fields in a key, which is DynamoDB's JSON of the key attributes.
    ///
    /// # Errors
    /// If the key is not of the entity's templates.
    pub fn read(table: &TableSchema, entity: &EntitySchema, key: &str) -> Result<Self, DecodeError> {
        let mut found = Self::default();
        let mut cursor = Cursor::over(key);
        cursor.expect(b'{', "expected a key")?;
        let mut first = true;
        while let Some(name) = cursor.member(&mut first)? {
            let place = if name == table.partition_key.name { KeyPlace::Partition } else { KeyPlace::Sort };
            match entity.keys.iter().find(|key| key.place == place) {
                Some(key) => found.add(&mut cursor, entity, key)?,
                None => cursor.skip()?,
            }
        }
        Ok(found)
    }

    /// The values, for the rendering of a template.
    #[must_use]
    pub fn values(&self) -> Vec<(&'static str, &dyn WriteSegment)> {
        self.parts.iter().map(|(field, part)| (*field, part as &dyn WriteSegment)).collect()
    }

    /// Adds the fields of the key attribute whose value the cursor is at.
    fn add(&mut self, cursor: &mut Cursor<'_>, entity: &EntitySchema, key: &EntityKey) -> Result<(), DecodeError> {
        match &key.source {
            KeySource::Template(template) => {
                let text = cursor.text()?;
                match template.parse(&text) {
                    Ok(parsed) => self.parts.extend(template.parts().filter_map(|part| {
                        let text = parsed.get(part.field)?.into();
                        Some((part.field, PrimaryPart { codec: part.codec, mode: Some(template.mode), text }))
                    })),
                    Err(mismatch) => return cursor.problem(DecodeProblem::Key(mismatch)),
                }
            }
            KeySource::Field { field, .. } => {
                let start = cursor.offset();
                cursor.skip()?;
                let text = cursor.slice(start, cursor.offset()).into();
                let codec = entity.part(field).map(|part| part.codec);
                self.parts.extend(codec.map(|codec| (*field, PrimaryPart { codec, mode: None, text })));
            }
            KeySource::TablePartitionKey | KeySource::TableSortKey => cursor.skip()?,
        }
        Ok(())
    }
}

impl EntitySchema {
    /// The first placeholder of a field in the entity's templates.
    fn part(&self, field: &str) -> Option<&'static SegmentSchema> {
        self.keys.iter().filter_map(EntityKey::template).flat_map(KeyTemplate::parts).find(|p| p.field == field)
    }
}

impl WriteSegment for PrimaryPart {
    fn write(&self, mode: TemplateMode, out: &mut SegmentText) -> Result<bool, SegmentError> {
        match self.mode {
            Some(from) => self.codec.respell(&self.text, from, mode, out)?,
            None => self.codec.of_stored(&self.text, mode, out)?,
        }
        Ok(true)
    }
}

impl fmt::Debug for PrimaryPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PrimaryPart").finish_non_exhaustive()
    }
}
