//! The table and its indexes as places to query.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::generics::{Parameters, types_of};
use super::paths::arguments_of;
use super::{docs, key};
use crate::model::tokens::fresh;
use crate::model::{Index, IndexKey, KeyPart, KeySide, Table};

/// A table or index that is queried.
pub(super) struct Place<'t> {
    pub(super) table: &'t Table,
    /// `None` for the table.
    pub(super) index: Option<&'t Index>,
    /// `SparkleQuery`.
    pub(super) query: &'t Ident,
    pub(super) partition: &'t KeySide,
    pub(super) sort: &'t KeySide,
    /// The parts of the sort key that are asked for, one after another.
    pub(super) asked: Vec<&'t IndexKey>,
    pub(super) generics: Parameters,
}

impl<'t> Place<'t> {
    /// The table, then its indexes.
    pub(super) fn all(table: &'t Table) -> impl Iterator<Item = Self> {
        let place = |index, query, partition: &'t KeySide, sort: &'t KeySide| Place {
            table,
            index,
            query,
            partition,
            sort,
            asked: sort.asked_after(partition),
            generics: Parameters::new(&table.subject.generics),
        };
        let own = place(None, &table.query_type, &table.partition_key, &table.sort_key);
        let of_index =
            move |index: &'t Index| place(Some(index), &index.query_type, &index.partition_key, &index.sort_key);
        core::iter::once(own).chain(table.indexes.iter().map(of_index))
    }

    /// The name of the first attribute of one side of the key.
    pub(super) fn name(&self, part: KeyPart) -> TokenStream {
        match self.index {
            Some(index) => key::index_attribute(self.table, index, part),
            None => key::attribute(self.table, part),
        }
    }

    /// True if the sort key is asked for part by part.
    pub(super) fn has_parts(&self) -> bool {
        self.asked.len() > 1
    }

    /// The type's parameters as it is declared, or as an `impl` for any number of fixed parts has them.
    pub(super) fn declared(&self, default: bool) -> TokenStream {
        if !self.has_parts() {
            return self.generics.declared();
        }
        let (parameters, parts) = (&self.generics.parameters, self.parts());
        let runtime = &self.table.subject.runtime;
        // The type itself is declared outside of the block where `__rt` is the runtime.
        let (runtime, default) =
            if default { (quote!(#runtime::__private), Some(quote!(= 0))) } else { (quote!(__rt), None) };
        quote!(<#parameters const #parts: #runtime::usize #default>)
    }

    /// The type with any number of fixed parts.
    pub(super) fn any(&self) -> TokenStream {
        let parts = self.parts();
        // The braces say that it is a number, where the module has a type of the name.
        self.with(&quote!({ #parts }))
    }

    /// The type with so many fixed parts.
    pub(super) fn with(&self, parts: &TokenStream) -> TokenStream {
        let (query, arguments) = (self.query, &self.generics.arguments);
        if !self.has_parts() {
            return quote!(#query #arguments);
        }
        let arguments = arguments_of(&self.table.subject.generics);
        quote!(#query::<#(#arguments,)* #parts>)
    }

    /// The type with no fixed part, which stands for the place.
    pub(super) fn itself(&self) -> TokenStream {
        let (query, arguments) = (self.query, &self.generics.arguments);
        quote!(#query #arguments)
    }

    /// The same in the type's declaration and its own `impl`s.
    pub(super) fn itself_inside(&self) -> TokenStream {
        if self.has_parts() { self.itself() } else { quote!(Self) }
    }

    /// The name of the number of fixed parts.
    fn parts(&self) -> Ident {
        fresh("PARTS", &types_of(&self.table.fields))
    }

    /// `query`, or `query_by_total`.
    pub(super) fn method(&self) -> TokenStream {
        match self.index {
            Some(Index { query_method, .. }) => quote!(#query_method),
            None => quote!(query),
        }
    }

    pub(super) fn method_doc(&self) -> String {
        match self.index {
            Some(index) => docs::index_query(index),
            None => docs::query(self.table),
        }
    }

    pub(super) fn type_doc(&self) -> String {
        match self.index {
            Some(index) => docs::index_query_type(index),
            None => docs::query_type(self.table),
        }
    }
}
