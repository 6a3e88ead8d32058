//! What is written for a table with one entity, or an entity of an enum's table, after a mistake in it.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::DeriveInput;

use super::key::{Keys, parts};
use super::query::Query;
use super::{fields, items, paths, types};
use crate::attr::{AccessAttrs, Set, TableAttrs};
use crate::expand::generics::Parameters;
use crate::expand::paths::arguments_of;
use crate::expand::schema::of_static;
use crate::expand::streamed::streamed;
use crate::expand::wrapped;
use crate::model::Subject;
use crate::model::naming::{index_query_type, query_type};
use crate::model::tokens::{fresh, inside_option};

/// Instead of a table.
pub(crate) fn table(input: &DeriveInput, attrs: &TableAttrs) -> TokenStream {
    let subject = Subject::new(input, attrs.runtime.as_ref());
    let (ident, vis, runtime) = (&subject.ident, &subject.vis, &subject.runtime);
    let generics = Parameters::new(&subject.generics);
    let (declared, arguments, bounds) = (generics.declared(), &generics.arguments, generics.with_bounds(&[]));
    let fields = fields(input);
    let keys = Keys::new(&fields);
    let (paths_type, paths) = paths(&subject, &fields, Some(&quote!(#ident #arguments)));
    let role = fresh("R", &types(&fields));
    let named = arguments_of(&subject.generics);
    let mut queries = vec![Query {
        ty: query_type(ident),
        method: quote!(query),
        partition: attrs.partition_key.as_ref().map_or(1, |key| parts(&key.value).len()),
        sort: keys.sort.into_iter().collect(),
        reads: None,
    }];
    queries.extend(attrs.indexes.iter().filter_map(|index| Query::of_index(ident, index, &fields)));
    let mut seen = BTreeSet::new();
    queries.retain(|query| seen.insert(query.ty.to_string()));
    let types = queries.iter().map(|Query { ty, .. }| {
        quote! {
            #[doc(hidden)]
            #[allow(dead_code, missing_debug_implementations)]
            #vis struct #ty #declared (#runtime::__private::Query<#ident #arguments, #ty #arguments>) #bounds;
        }
    });
    let starts = queries.iter().map(|Query { ty, method, partition, .. }| {
        let parts = (0..*partition).map(|_| quote!(_: impl __rt::Sized));
        quote!(#[doc(hidden)] #vis fn #method(#(#parts),*) -> #ty #arguments { loop {} })
    });
    let mut methods: BTreeSet<String> = queries.iter().map(|query| query.method.to_string()).collect();
    methods.insert("key".to_owned());
    let patterns = attrs
        .access
        .iter()
        .filter(|access| access.name.as_ref().is_some_and(|name| methods.insert(name.value.value())));
    let patterns = patterns.filter_map(|access| pattern(access, &subject, &queries));
    let marks = queries.iter().map(|Query { ty, sort, reads, .. }| {
        // A condition on one of several leaves the query as it is, so that the next one can follow.
        let next = (sort.len() > 1).then(|| quote!(, Self));
        let sort = sort.iter().map(|field| {
            let (method, value) = (&field.ident, inside_option(&field.ty).unwrap_or(&field.ty));
            quote! {
                #[doc(hidden)]
                #vis fn #method(self) -> __rt::SortKey<#ident #arguments, Self, #value #next> { loop {} }
            }
        });
        let reads = reads.map_or_else(|| quote!(__rt::Whole), |reads| quote!(__rt::As<#reads>));
        quote! {
            impl #declared __rt::DerivedQuery for #ty #arguments #bounds {
                type Entity = #ident #arguments;
                type Reads = #reads;
                type Index = Self;
                fn into_query(self) -> __rt::Query<Self::Entity, Self> { self.0 }
            }
            impl #declared __rt::ConsistentReads for #ty #arguments #bounds {}
            impl #declared #ty #arguments #bounds { #(#sort)* }
        }
    });
    let key = (0..keys.parts(attrs)).map(|_| quote!(_: impl __rt::Sized));
    let items = items(&subject);
    let of = attrs.table_type.as_ref().map_or_else(|| quote!(Self), |table| table.value.to_token_stream());
    let (checks, belongs) = (of_static(&subject, keys.checks()), belongs(&subject, attrs));
    let stream = attrs.settings.stream.as_ref().map(|stream| stream.value);
    let streamed = streamed(&subject, &quote!(<Self as __rt::Entity>::TABLE), stream);
    let code = wrapped(
        &subject,
        quote! {
            #items
            impl #declared __rt::Entity for #ident #arguments #bounds {
                const TABLE: &'static __rt::TableSchema =
                    &__rt::TableSchema::new("", __rt::KeySchema::new("", __rt::KeyType::S), __rt::None);
                const NAME: &'static __rt::str = "";
                type Items = #of;
                type Paths<#role> = #paths_type<#(#named,)* #role>;
                fn paths<#role>() -> Self::Paths<#role> { loop {} }
                fn encode_key(&self, _: &mut __rt::Encoder) {}
            }
            impl #declared __rt::BatchWritable for #ident #arguments #bounds {}
            impl #declared __rt::Versioned for #ident #arguments #bounds {}
            impl #declared #ident #arguments #bounds {
                #[doc(hidden)]
                #vis fn key(#(#key),*) -> __rt::Key<Self> { loop {} }
                #(#starts)*
                #(#patterns)*
            }
            #(#marks)*
            #streamed
            #belongs
            #checks
        },
    );
    quote!(#paths #(#types)* #code)
}

/// How an entity of an enum's table belongs to it, as far as can be told. It has no keys, which no other entity has.
fn belongs(subject: &Subject, attrs: &TableAttrs) -> Option<TokenStream> {
    let (ident, table) = (&subject.ident, &attrs.table_type.as_ref()?.value);
    let generics = Parameters::new(&subject.generics);
    let (declared, arguments, bounds) = (generics.declared(), &generics.arguments, generics.with_bounds(&[]));
    Some(quote! {
        impl #declared __rt::TableEntity for #ident #arguments #bounds {
            type Table = #table;
            const SCHEMA: __rt::EntitySchema = __rt::EntitySchema::new("", "", &[]);
        }
        impl #declared __rt::EntityOf<#table> for #ident #arguments #bounds {}
    })
}

/// The method of an access pattern, as far as can be told.
fn pattern(access: &AccessAttrs, subject: &Subject, queries: &[Query<'_>]) -> Option<TokenStream> {
    let name = syn::parse_str::<Ident>(&access.name.as_ref()?.value.value()).ok()?;
    let query = match &access.index {
        Some(index) => index_query_type(&subject.ident, &index.value.value()),
        None => query_type(&subject.ident),
    };
    let query = &queries.iter().find(|known| known.ty == query)?.ty;
    let parts = access.partition.iter().chain(&access.sort).flat_map(|parts| &parts.value);
    let range = access.range.iter().flat_map(|range| &range.value.parameters);
    let parameters = parts.chain(range).map(|_| quote!(_: impl __rt::Sized));
    let (vis, ident, arguments) = (&subject.vis, &subject.ident, Parameters::new(&subject.generics).arguments);
    let reads = match &access.reads {
        Some(Set { value, .. }) => quote!(__rt::As<#value>),
        None => quote!(__rt::Whole),
    };
    Some(quote! {
        #[doc(hidden)]
        #vis fn #name(#(#parameters),*) -> __rt::AccessPattern<#ident #arguments, #query #arguments, #reads> { loop {} }
    })
}
