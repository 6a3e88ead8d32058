//! What the compiler knows about the table and its indexes as places to query.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::generics::Parameters;
use crate::model::{Index, IndexKey, KeyPart, Projection, Table};

/// A table or index that is queried.
struct Place<'t> {
    query: &'t Ident,
    /// `None` for the table.
    index: Option<&'t Index>,
    keys: [Option<&'t IndexKey>; 2],
}

/// The marks of the table and of each index, and of the keys that an update may set.
pub(super) fn marks(table: &Table) -> TokenStream {
    let own =
        Place { query: &table.query_type, index: None, keys: [Some(&table.partition_key), table.sort_key.as_ref()] };
    let indexes = table.indexes.iter().map(|index| Place {
        query: &index.query_type,
        index: Some(index),
        keys: [Some(&index.partition_key), index.sort_key.as_ref()],
    });
    let places = std::iter::once(own).chain(indexes).map(|place| place.marks(table));
    let generics = Parameters::new(&table.subject.generics);
    let (declared, arguments, bounds) = (generics.declared(), &generics.arguments, generics.with_bounds(&[]));
    let entity = &table.subject.ident;
    let updatable = table.fields.iter().filter_map(|field| field.key).filter(|key| !key.table).map(|key| {
        let number = Literal::usize_unsuffixed(key.number);
        let part = (key.part == KeyPart::Sort).then(|| {
            quote!(
                const PART: __rt::KeyPart = __rt::KeyPart::Sort;
            )
        });
        quote!(impl #declared __rt::IndexOnlyKey<#number> for #entity #arguments #bounds { #part })
    });
    quote!(#(#places)* #(#updatable)*)
}

impl Place<'_> {
    fn marks(&self, table: &Table) -> TokenStream {
        let generics = Parameters::new(&table.subject.generics);
        let (declared, arguments, bounds) = (generics.declared(), &generics.arguments, generics.with_bounds(&[]));
        let (query, entity) = (self.query, &table.subject.ident);
        let name = self.index.map(|Index { name, .. }| quote!(const NAME: __rt::IndexName = __rt::Some(#name);));
        let consistent = self.index.is_none_or(|index| !index.global);
        let consistent =
            consistent.then(|| quote!(impl #declared __rt::ConsistentReads for #query #arguments #bounds {}));
        let all = self.index.is_none_or(|index| matches!(index.projection, Projection::All));
        let reads = if all { quote!(__rt::Whole) } else { quote!(__rt::Untyped) };
        let is_key = |ident: &Ident| self.keys.iter().flatten().any(|key| key.ident == *ident);
        let filters =
            table.fields.iter().filter(|field| !is_key(&field.ident)).filter_map(|field| field.key).map(|key| {
                let number = Literal::usize_unsuffixed(key.number);
                quote!(impl #declared __rt::FilterOnKey<#number> for #query #arguments #bounds {})
            });
        quote! {
            impl #declared __rt::DerivedQuery for #query #arguments #bounds {
                type Entity = #entity #arguments;
                #name
                type Reads = #reads;
                fn into_query(self) -> __rt::Query<Self::Entity, Self> { self.0 }
            }
            #consistent
            #(#filters)*
        }
    }
}
