//! Attributes whose values are unique.

use proc_macro2::{Ident, Span};
use syn::Type;
use syn::ext::IdentExt;

use super::Field;
use crate::attr::{FieldAttrs, Key, Set, UniqueAttr};
use crate::errors::Errors;
use crate::nearest::suggestion;

/// An attribute whose value no other item of the entity has.
pub(crate) struct Unique {
    pub(crate) attribute: String,
    /// The attributes with whose values it is unique together.
    pub(crate) scope: Vec<String>,
    /// The fields of all of them, whose types are to be looked at.
    pub(crate) fields: Vec<Ident>,
    /// Where `unique` is written.
    pub(crate) span: Span,
}

impl Unique {
    /// The unique attributes of an entity, without those whose scope is a mistake.
    pub(super) fn all(entity: &Ident, fields: &[(Field, FieldAttrs)], errors: &mut Errors) -> Vec<Self> {
        let ttl = fields.iter().find_map(|(_, attrs)| attrs.ttl.as_ref());
        let marked = || fields.iter().filter_map(|(field, attrs)| Some((field, attrs.unique.as_ref()?)));
        if let Some((ttl, (_, unique))) = ttl.zip(marked().next()) {
            let message = "an item that expires is deleted without its reserved values, which then nobody could have again; remove \
                           `ttl` or `unique`, and delete such items yourself";
            errors.conflict(&ttl.key, "`ttl` is here", &unique.key, message);
        }
        marked()
            .filter(|(field, _)| field.is_stored())
            .filter_map(|(field, unique)| Self::new(entity, field, unique, fields, errors))
            .collect()
    }

    fn new(
        entity: &Ident,
        field: &Field,
        unique: &Set<UniqueAttr>,
        fields: &[(Field, FieldAttrs)],
        errors: &mut Errors,
    ) -> Option<Self> {
        let mut scope: Vec<&Field> = Vec::new();
        let mut right = true;
        for written in unique.value.scope.iter().flat_map(|scope| &scope.value) {
            let name = written.unraw().to_string();
            let found = fields.iter().map(|(field, _)| field).find(|field| field.is_stored() && field.name() == name);
            let message = match found {
                Some(found) if found.ident == field.ident => {
                    format!(
                        "`{name}` is the unique field itself; name the fields within whose values it is to be unique"
                    )
                }
                Some(found) if scope.iter().any(|other| other.ident == found.ident) => {
                    format!("`{name}` is in the scope twice; remove one")
                }
                Some(found) => {
                    scope.push(found);
                    continue;
                }
                None => {
                    let names: Vec<String> = fields
                        .iter()
                        .map(|(field, _)| field)
                        .filter(|field| field.is_stored())
                        .map(Field::name)
                        .collect();
                    let names: Vec<&str> = names.iter().map(String::as_str).collect();
                    format!(
                        "`{entity}` has no field `{name}` with an attribute; {}",
                        suggestion(&name, "its fields are", &names)
                    )
                }
            };
            errors.at(written, message);
            right = false;
        }
        right.then(|| Self {
            attribute: field.attribute.clone(),
            scope: scope.iter().map(|field| field.attribute.clone()).collect(),
            fields: core::iter::once(field).chain(scope).map(|field| field.ident.clone()).collect(),
            span: Key::span(&unique.key),
        })
    }
}

/// The type of a partition key that is a field by itself, where it has to be text.
pub(crate) fn text_key(table: &super::Table) -> Option<(&Type, Span)> {
    let unique = table.unique.first()?;
    match table.partition_key.fields() {
        [key] if table.partition_key.template().is_none() => Some((&key.ty, unique.span)),
        _ => None,
    }
}
