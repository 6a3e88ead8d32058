//! What an index carries besides its keys.

use proc_macro2::Ident;
use syn::{LitStr, Type};

use super::index::Surroundings;
use super::{Field, KeySide, name};
use crate::attr::{IndexAttrs, IndexWord, ProjectionAttr};
use crate::errors::Errors;

/// Attributes that one index can carry by name.
const INCLUDED: usize = 20;

/// What an index carries; the names are of attributes.
pub(crate) enum Projection {
    All,
    KeysOnly,
    Include(Vec<String>),
}

/// Checks how many attributes an index carries by name.
pub(super) fn check_count(word: &Ident, included: &[LitStr], errors: &mut Errors) {
    if included.is_empty() {
        errors.at(word, "`include` needs at least one field; to carry the keys alone write `projection = keys_only`");
    }
    if let Some(first_too_many) = included.get(INCLUDED) {
        let message = format!(
            "an index includes at most {INCLUDED} attributes by name, and this one is number {} of {}; carry them all with \
             `projection = all`",
            INCLUDED + 1,
            included.len()
        );
        errors.at(first_too_many, message);
    }
}

impl<'t> Surroundings<'t> {
    pub(super) fn projection(&self, attrs: &IndexAttrs, keys: &[&KeySide], errors: &mut Errors) -> Projection {
        let (word, included) = match attrs.projection.as_ref().map(|projection| &projection.value) {
            None | Some(ProjectionAttr::All) => return Projection::All,
            Some(ProjectionAttr::KeysOnly) => return Projection::KeysOnly,
            Some(ProjectionAttr::Include(word, included)) => (word, included),
        };
        check_count(word, included, errors);
        let mut attributes = Vec::new();
        for (place, written) in included.iter().enumerate() {
            let twice = included.iter().take(place).find(|other| other.value() == written.value());
            if let Some(first) = twice {
                let message = format!("`{}` is included twice; remove one", written.value());
                errors.conflict(first, "it is first included here", written, message);
            } else if let Some(field) = self.included(written, keys, errors) {
                attributes.push(field.attribute.clone());
            }
        }
        Projection::Include(attributes)
    }

    /// The type that the items of a narrow index are read as.
    pub(super) fn reads(&self, attrs: &IndexAttrs, errors: &mut Errors) -> Option<Type> {
        let reads = attrs.reads.as_ref()?;
        match attrs.projection.as_ref().map(|projection| &projection.value) {
            // What an index of an enum's table carries is written there.
            _ if attrs.word == IndexWord::OfTable => Some(reads.value.clone()),
            None | Some(ProjectionAttr::All) => {
                errors.at(
                    &reads.key,
                    format!(
                        "the index carries every attribute, so its items are read as `{}`; remove `reads`, or carry fewer with \
                         `projection = keys_only` or `include(…)`",
                        self.entity
                    ),
                );
                None
            }
            Some(_) => Some(reads.value.clone()),
        }
    }

    /// A field that the index carries by name.
    fn included(&self, written: &LitStr, keys: &[&KeySide], errors: &mut Errors) -> Option<&'t Field> {
        let field = self.field(written, errors)?;
        let name = field.name();
        if keys.iter().flat_map(|side| side.fields()).any(|key| key.ident == field.ident) {
            errors.at(
                written,
                format!("`{name}` is a key, and an index carries its keys and the table's anyway; remove it"),
            );
            return None;
        }
        if !field.is_stored() {
            errors
                .at(written, format!("`{name}` is not an attribute of the item, so no index can carry it; remove it"));
            return None;
        }
        name::check_key("a projected attribute", &field.attribute, &field.named_at, errors);
        Some(field)
    }
}
