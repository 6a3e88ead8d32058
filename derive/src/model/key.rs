//! What a key is made of.

use proc_macro2::Ident;
use syn::Type;

use super::{Field, KeyPart, Template};

/// A field in its role as a key, or as a part of one.
#[derive(Clone)]
pub(crate) struct IndexKey {
    pub(crate) ident: Ident,
    pub(crate) attribute: String,
    /// The type of the field.
    pub(crate) ty: Type,
    /// The type of one value: inside of an `Option`.
    pub(crate) value_type: Type,
}

/// One side of a key: what the partition key or the sort key of a table or index is made of.
#[derive(Clone)]
pub(crate) enum KeySide {
    /// Fields' own attributes: one, several of a global index, or none where there is no sort key.
    Fields(Vec<IndexKey>),
    /// Text made of fields.
    Template(Template),
    /// The key of an index that is the table's own, and what that is made of.
    Own(KeyPart, Box<KeySide>),
}

impl IndexKey {
    pub(crate) fn new(field: &Field) -> Self {
        Self {
            ident: field.ident.clone(),
            attribute: field.attribute.clone(),
            ty: field.ty.clone(),
            value_type: field.value_type().clone(),
        }
    }
}

impl KeySide {
    /// No sort key.
    pub(crate) const fn none() -> Self {
        Self::Fields(Vec::new())
    }

    pub(crate) fn is_none(&self) -> bool {
        matches!(self, Self::Fields(fields) if fields.is_empty())
    }

    /// The fields whose attributes are the key.
    pub(crate) fn fields(&self) -> &[IndexKey] {
        match self {
            Self::Fields(fields) => fields,
            Self::Template(_) => &[],
            Self::Own(_, side) => side.fields(),
        }
    }

    /// The template that makes the key.
    pub(crate) fn template(&self) -> Option<&Template> {
        match self {
            Self::Fields(_) => None,
            Self::Template(template) => Some(template),
            Self::Own(_, side) => side.template(),
        }
    }

    /// The fields that a caller gives for this side when those of the other are given.
    pub(crate) fn asked_after(&self, other: &Self) -> Vec<&IndexKey> {
        let given = other.parts();
        self.parts().into_iter().filter(|part| !given.iter().any(|before| before.ident == part.ident)).collect()
    }

    /// The fields that a caller gives, in order: those whose attributes are the key, or those in the template.
    pub(crate) fn parts(&self) -> Vec<&IndexKey> {
        match self.template() {
            Some(template) => template.parts().map(|part| &part.key).collect(),
            None => self.fields().iter().collect(),
        }
    }
}
