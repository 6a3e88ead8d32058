//! Updates of the fields that make the keys of indexes: the fields and every key that one of them is in.

use crate::codec::{EncodeError, Encoder, KeyPart, canonical_key};
use crate::entity::Entity;
use crate::expr::{Action, FieldValue, NULL, Node, SetValue, Updates, Value, encoded};
use crate::schema::{EntitySchema, KeyPlace, KeyTemplate, TableSchema};
use crate::template::{PrimaryParts, SegmentValues};

/// An item's entity, by its table and name.
#[derive(Clone, Copy)]
pub(super) struct Whose {
    pub(super) table: &'static TableSchema,
    pub(super) name: &'static str,
}

impl Whose {
    pub(super) const fn of<E: Entity>() -> Self {
        Self { table: E::TABLE, name: E::NAME }
    }

    pub(super) fn schema(self) -> Option<&'static EntitySchema> {
        self.table.entity(self.name)
    }

    /// Sets the fields, and each index key that one of them is in.
    pub(super) fn set(
        self,
        updates: &mut Updates,
        key: Result<&str, EncodeError>,
        fields: &'static [&'static str],
        values: &[&dyn FieldValue],
    ) {
        let Some(schema) = self.schema() else { return };
        for (field, value) in fields.iter().zip(values) {
            if let Some(attribute) = schema.attributes.iter().find(|attribute| attribute.field == *field) {
                let node = Node::attribute(attribute.name);
                let action = match self.index_part(attribute.name) {
                    _ if is_none(&node, *value) => Action::Remove,
                    Some(part) => Action::Set(SetValue::Value(key_value(&node, part, *value))),
                    None => Action::Set(SetValue::Value(encoded(&node, |out| value.encode(out)))),
                };
                updates.push(node, action);
            }
        }
        let given: Vec<_> =
            fields.iter().zip(values).filter_map(|(field, value)| Some((*field, value.segment()?))).collect();
        let is_fed = |template: &KeyTemplate| template.parts().any(|part| fields.contains(&part.field));
        self.keys(updates, key, &given, is_fed);
    }

    /// Sets the index keys that the primary key alone makes, for an item that may be a new one.
    pub(super) fn set_constant(self, updates: &mut Updates, key: Result<&str, EncodeError>) {
        let Some(schema) = self.schema() else { return };
        let primary = |field: &str| {
            let own = |place| matches!(place, KeyPlace::Partition | KeyPlace::Sort);
            schema.keys.iter().filter(|key| own(key.place)).any(|key| key.has(field))
        };
        self.keys(updates, key, &[], |template| template.parts().all(|part| primary(part.field)));
    }

    /// Sets the index keys that templates of a kind make of these values and of the primary key.
    fn keys(
        self,
        updates: &mut Updates,
        key: Result<&str, EncodeError>,
        given: SegmentValues<'_>,
        of_kind: impl Fn(&KeyTemplate) -> bool,
    ) {
        let Some(schema) = self.schema() else { return };
        // A key that cannot be sent is reported as such.
        let Ok(key) = key else { return };
        let primary = PrimaryParts::read(self.table, schema, key);
        let of_shard = canonical_key(key, self.table).ok();
        for entity_key in schema.keys {
            let Some((attribute, part)) = self.attribute(entity_key.place) else { continue };
            let Some(template) = entity_key.template().filter(|template| of_kind(template)) else { continue };
            if updates.names(attribute) {
                continue;
            }
            let node = Node::attribute(attribute);
            let text = match &primary {
                Ok(primary) => {
                    let values: Vec<_> = given.iter().copied().chain(primary.values()).collect();
                    template.text_of(&values, part, template.shard_of(of_shard.as_deref()))
                }
                Err(_) => Err(EncodeError::refused("the primary key is not one of the entity's")),
            };
            let action = match text {
                Ok(Some(text)) => Action::Set(SetValue::Value(encoded(&node, |out| out.string(&text)))),
                Ok(None) => Action::Remove,
                Err(error) => Action::Set(SetValue::Value(Err(error))),
            };
            updates.push(node, action);
        }
    }

    /// The name of the attribute at that place of an index.
    fn attribute(self, place: KeyPlace) -> Option<(&'static str, KeyPart)> {
        let (index, position, part) = match place {
            KeyPlace::Partition | KeyPlace::Sort => return None,
            KeyPlace::IndexPartition { index, position } => (index, position, KeyPart::Partition),
            KeyPlace::IndexSort { index, position } => (index, position, KeyPart::Sort),
        };
        let index = self.table.index(index)?;
        let keys = if part == KeyPart::Sort { index.sort_key } else { index.partition_key };
        keys.get(usize::from(position)).map(|key| (key.name, part))
    }

    /// The narrowest part of an index's key that an attribute is itself.
    fn index_part(self, attribute: &str) -> Option<KeyPart> {
        let is = |key: &crate::schema::KeySchema| key.name == attribute;
        let any = |side: fn(&crate::schema::IndexSchema) -> &'static [crate::schema::KeySchema]| {
            self.table.indexes.iter().any(|index| side(index).iter().any(is))
        };
        if any(|index| index.sort_key) {
            Some(KeyPart::Sort)
        } else {
            any(|index| index.partition_key).then_some(KeyPart::Partition)
        }
    }
}

fn is_none(node: &Node, value: &dyn FieldValue) -> bool {
    matches!(encoded(node, |out| value.encode(out)), Ok(json) if &*json == NULL)
}

pub(super) fn key_value(node: &Node, part: KeyPart, value: &dyn FieldValue) -> Value {
    let mut out = Encoder::new();
    out.key_value(node.to_string(), part, |out| value.encode(out));
    out.finish().map(crate::key::into_text)
}
