//! Attributes whose values are unique.

use super::{EntitySchema, TableSchema};

/// An attribute of an entity whose value no other item of the entity has, in the table or within a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct UniqueSchema {
    /// The attribute's name.
    pub attribute: &'static str,
    /// The attributes with whose values the value is unique together.
    pub scope: &'static [&'static str],
}

impl UniqueSchema {
    /// That attribute, within that scope.
    #[must_use]
    pub const fn new(attribute: &'static str, scope: &'static [&'static str]) -> Self {
        Self { attribute, scope }
    }

    /// The attribute, and those of its scope.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = &'static str> + use<> {
        core::iter::once(self.attribute).chain(self.scope.iter().copied())
    }
}

impl EntitySchema {
    /// The same entity with these unique attributes.
    #[must_use]
    pub const fn with_unique(mut self, unique: &'static [UniqueSchema]) -> Self {
        self.unique = unique;
        self
    }
}

impl TableSchema {
    /// True if an entity of the table has a unique attribute, so that the table holds items that reserve values.
    #[must_use]
    pub const fn has_unique(&self) -> bool {
        let mut entities = self.entities;
        while let [entity, rest @ ..] = entities {
            if !entity.unique.is_empty() {
                return true;
            }
            entities = rest;
        }
        false
    }
}
