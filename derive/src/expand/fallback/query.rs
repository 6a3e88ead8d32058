//! The queries of a table with a mistake, as far as can be told.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::LitStr;
use syn::ext::IdentExt;

use super::key::parts;
use crate::attr::IndexAttrs;
use crate::model::naming::{index_query_method, index_query_type};

/// A query type, as far as can be told.
pub(super) struct Query<'f> {
    pub(super) ty: Ident,
    pub(super) method: TokenStream,
    /// How many attributes its partition key has.
    pub(super) partition: usize,
    pub(super) sort: Vec<&'f syn::Field>,
    pub(super) reads: Option<&'f syn::Type>,
}

impl<'f> Query<'f> {
    pub(super) fn of_index(entity: &Ident, index: &'f IndexAttrs, fields: &[&'f syn::Field]) -> Option<Self> {
        let name = index.name.as_ref().map(|name| name.value.value())?;
        if !name.contains(|c: char| c.is_ascii_alphanumeric()) || !name.is_ascii() {
            return None;
        }
        let method = index_query_method(&name);
        let named = |text: &LitStr| {
            fields.iter().find(|field| field.ident.as_ref().is_some_and(|ident| ident.unraw() == text.value()))
        };
        let sort = index.sort_key.iter().flat_map(|key| key.value.texts()).filter_map(named).copied().collect();
        Some(Self {
            ty: index_query_type(entity, &name),
            method: quote!(#method),
            partition: index.partition_key.as_ref().map_or(1, |key| parts(&key.value).len()),
            sort,
            reads: index.reads.as_ref().map(|reads| &reads.value),
        })
    }
}
