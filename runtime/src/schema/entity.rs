//! The Rust types that are stored as items of a table.

use super::{AccessPatternSchema, EntityKey, GuardSchema, UniqueSchema, VersionSchema};

/// A Rust type stored as items of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct EntitySchema {
    /// The Rust type's name without its module.
    pub name: &'static str,
    /// The first paragraph of the type's documentation.
    pub doc: &'static str,
    /// The attributes, in the order of the fields.
    pub attributes: &'static [AttributeSchema],
    /// Where the entity's key attributes come from: the table's, then those of the indexes that it is in.
    ///
    /// It is empty for a schema that was written by hand, which says nothing about keys.
    pub keys: &'static [EntityKey],
    /// The entity's value of the table's tag attribute.
    pub tag: Option<&'static str>,
    /// Older shapes of the entity, whose items are read as this one.
    pub upgrades: &'static [EntitySchema],
    /// The named access patterns.
    pub access: &'static [AccessPatternSchema],
    /// The attributes whose values are unique.
    pub unique: &'static [UniqueSchema],
    /// The version that every write counts up, if the items have one.
    pub version: Option<&'static VersionSchema>,
    /// The attributes that a write of a whole item does not change.
    pub guards: &'static [GuardSchema],
}

/// One attribute of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct AttributeSchema {
    /// The attribute's name in DynamoDB.
    pub name: &'static str,
    /// The Rust field that holds it.
    pub field: &'static str,
    /// DynamoDB's name of its type (`"S"`, `"N"`, `"SS"` …), or `"*"` where the value decides.
    pub attribute_type: &'static str,
    /// True if an item may lack the attribute.
    pub optional: bool,
    /// Older names of the attribute, under which it is read where an item has none of this name.
    pub aliases: &'static [&'static str],
    /// True if its value is to be printed nowhere.
    pub sensitive: bool,
}

impl EntitySchema {
    /// An entity of that name, documentation and attributes.
    #[must_use]
    pub const fn new(name: &'static str, doc: &'static str, attributes: &'static [AttributeSchema]) -> Self {
        Self {
            name,
            doc,
            attributes,
            keys: &[],
            tag: None,
            upgrades: &[],
            access: &[],
            version: None,
            guards: &[],
            unique: &[],
        }
    }

    /// The same entity with keys from these places.
    #[must_use]
    pub const fn with_keys(mut self, keys: &'static [EntityKey]) -> Self {
        self.keys = keys;
        self
    }

    /// The same entity with this value of the table's tag attribute.
    #[must_use]
    pub const fn with_tag(mut self, tag: &'static str) -> Self {
        self.tag = Some(tag);
        self
    }

    /// The same entity, as which items of these older shapes are read.
    #[must_use]
    pub const fn with_upgrades(mut self, upgrades: &'static [Self]) -> Self {
        self.upgrades = upgrades;
        self
    }

    /// The same entity with these access patterns.
    #[must_use]
    pub const fn with_access(mut self, access: &'static [AccessPatternSchema]) -> Self {
        self.access = access;
        self
    }

    /// The same entity with this version.
    #[must_use]
    pub const fn with_version(mut self, version: &'static VersionSchema) -> Self {
        self.version = Some(version);
        self
    }

    /// The same entity with these guarded attributes.
    #[must_use]
    pub const fn with_guards(mut self, guards: &'static [GuardSchema]) -> Self {
        self.guards = guards;
        self
    }

    /// The key at that place, if the entity has one there.
    #[must_use]
    pub fn key(&self, place: super::KeyPlace) -> Option<&'static EntityKey> {
        self.keys.iter().find(|key| key.place == place)
    }
}

impl AttributeSchema {
    /// An attribute of that name, held by that field, of that type.
    #[must_use]
    pub const fn new(name: &'static str, field: &'static str, attribute_type: &'static str, optional: bool) -> Self {
        Self { name, field, attribute_type, optional, aliases: &[], sensitive: false }
    }

    /// The same attribute with a value that is to be printed nowhere.
    #[must_use]
    pub const fn with_sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    /// The same attribute with these older names.
    #[must_use]
    pub const fn with_aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }
}
