//! The key builder, and one query type for the table and for each index.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::docs;
use super::generics::Parameters;
use crate::model::{Index, IndexKey, Table};

/// `pub struct SparkleQuery(Query<Sparkle, SparkleQuery>);` and those of the indexes.
pub(super) fn types(table: &Table) -> TokenStream {
    let own = declared(table, &table.query_type, &docs::query_type(table));
    let indexes = table.indexes.iter().map(|index| declared(table, &index.query_type, &docs::index_query_type(index)));
    quote!(#own #(#indexes)*)
}

fn declared(table: &Table, query: &Ident, doc: &str) -> TokenStream {
    let (vis, runtime, entity) = (&table.subject.vis, &table.subject.runtime, &table.subject.ident);
    let generics = Parameters::new(&table.subject.generics);
    let (declared, arguments, bounds) = (generics.declared(), &generics.arguments, generics.with_bounds(&[]));
    quote! {
        #[doc = #doc]
        #[must_use = "it is for `db.query(…)`"]
        #[allow(dead_code, missing_debug_implementations)]
        #vis struct #query #declared (#runtime::__private::Query<#entity #arguments, Self>) #bounds;
    }
}

/// `key`, `query` and `query_…` of the entity, and the sort keys of the query types.
pub(super) fn methods(table: &Table) -> TokenStream {
    let entity = &table.subject.ident;
    let generics = Parameters::new(&table.subject.generics);
    let (declared, arguments, bounds) = (generics.declared(), &generics.arguments, generics.with_bounds(&[]));
    let key = key(table);
    let doc = docs::query(&table.partition_key.attribute);
    let query = start(table, &table.query_type, &quote!(query), &table.partition_key, &doc);
    let index_queries = table.indexes.iter().map(|index| {
        let method = &index.query_method;
        start(table, &index.query_type, &quote!(#method), &index.partition_key, &docs::index_query(index))
    });
    let own_sort = table.sort_key.as_ref().map(|sort| sort_key(table, &table.query_type, sort));
    let index_sorts = table
        .indexes
        .iter()
        .filter_map(|Index { query_type, sort_key: key, .. }| key.as_ref().map(|key| sort_key(table, query_type, key)));
    quote! {
        impl #declared #entity #arguments #bounds {
            #key
            #query
            #(#index_queries)*
        }
        #own_sort
        #(#index_sorts)*
    }
}

fn key(table: &Table) -> TokenStream {
    let (vis, doc) = (&table.subject.vis, docs::key(table));
    let (partition, partition_type) = (&table.partition_key.ident, &table.partition_key.ty);
    match &table.sort_key {
        Some(IndexKey { ident: sort, ty: sort_type, .. }) => quote! {
            #[doc = #doc]
            #vis fn key(
                #partition: impl __rt::Operand<#partition_type>,
                #sort: impl __rt::Operand<#sort_type>,
            ) -> __rt::Key<Self> {
                __rt::Key::partition_and_sort::<#partition_type, #sort_type>(&#partition, &#sort)
            }
        },
        None => quote! {
            #[doc = #doc]
            #vis fn key(#partition: impl __rt::Operand<#partition_type>) -> __rt::Key<Self> {
                __rt::Key::partition::<#partition_type>(&#partition)
            }
        },
    }
}

/// `pub fn query(server: impl Operand<u64>) -> SparkleQuery { SparkleQuery(Query::partition::<u64>("server", &server)) }`
fn start(table: &Table, query: &Ident, method: &TokenStream, key: &IndexKey, doc: &str) -> TokenStream {
    let vis = &table.subject.vis;
    let arguments = Parameters::new(&table.subject.generics).arguments;
    let (argument, name, ty) = (&key.ident, &key.attribute, &key.value_type);
    quote! {
        #[doc = #doc]
        #vis fn #method(#argument: impl __rt::Operand<#ty>) -> #query #arguments {
            #query(__rt::Query::partition::<#ty>(#name, &#argument))
        }
    }
}

/// `pub fn handle(self) -> SortKey<Sparkle, Self, String> { Query::sort_key::<String>(self.0, "handle") }`
fn sort_key(table: &Table, query: &Ident, key: &IndexKey) -> TokenStream {
    let (vis, entity) = (&table.subject.vis, &table.subject.ident);
    let generics = Parameters::new(&table.subject.generics);
    let (declared, arguments, bounds) = (generics.declared(), &generics.arguments, generics.with_bounds(&[]));
    let (method, name, ty, doc) = (&key.ident, &key.attribute, &key.value_type, docs::sort_key(&key.attribute));
    quote! {
        impl #declared #query #arguments #bounds {
            #[doc = #doc]
            #vis fn #method(self) -> __rt::SortKey<#entity #arguments, Self, #ty> {
                __rt::Query::sort_key::<#ty>(self.0, #name)
            }
        }
    }
}
