//! What is written after a mistake: the same types and impls with bodies that cannot fail to compile.
//!
//! Code that uses the type then has nothing to complain about, and only the mistake itself is shown.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::{Data, DeriveInput, Fields};

use super::generics::Parameters;
use super::paths::arguments_of;
use super::streamed::streamed;
use super::wrapped;
use crate::attr::{DocumentAttrs, FieldAttrs, Owner, TableAttrs};
use crate::errors::Errors;
use crate::model::Subject;
use crate::model::naming::{index_query_method, index_query_type, paths_type, query_type};
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
    let mut queries = vec![(query_type(ident), quote!(query), keys.sort)];
    for index in &attrs.indexes {
        let Some(name) = index.name.as_ref().map(|name| name.value.value()) else { continue };
        if !name.contains(|c: char| c.is_ascii_alphanumeric()) || !name.is_ascii() {
            continue;
        }
        let method = index_query_method(&name);
        let sort = index.sort_key.as_ref().and_then(|sort| {
            fields.iter().find(|field| field.ident.as_ref().is_some_and(|ident| ident.unraw() == sort.value.value()))
        });
        queries.push((index_query_type(ident, &name), quote!(#method), sort.copied()));
    }
    let mut seen = BTreeSet::new();
    queries.retain(|(query, ..)| seen.insert(query.to_string()));
    let types = queries.iter().map(|(query, ..)| {
        quote! {
            #[doc(hidden)]
            #[allow(dead_code, missing_debug_implementations)]
            #vis struct #query #declared (#runtime::__private::Query<#ident #arguments, #query #arguments>) #bounds;
        }
    });
    let starts = queries.iter().map(|(query, method, _)| {
        quote!(#[doc(hidden)] #vis fn #method(_: impl __rt::Sized) -> #query #arguments { loop {} })
    });
    let marks = queries.iter().map(|(query, _, sort)| {
        let sort = sort.map(|field| {
            let (method, ty) = (&field.ident, inside_option(&field.ty).unwrap_or(&field.ty));
            quote! {
                impl #declared #query #arguments #bounds {
                    #[doc(hidden)]
                    #vis fn #method(self) -> __rt::SortKey<#ident #arguments, Self, #ty> { loop {} }
                }
            }
        });
        quote! {
            impl #declared __rt::DerivedQuery for #query #arguments #bounds {
                type Entity = #ident #arguments;
                type Reads = __rt::Whole;
                fn into_query(self) -> __rt::Query<Self::Entity, Self> { self.0 }
            }
            impl #declared __rt::ConsistentReads for #query #arguments #bounds {}
            #sort
        }
    });
    let key = keys.sort.map(|_| quote!(, _: impl __rt::Sized));
    let items = items(&subject);
    let checks = keys.checks();
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
                type Paths<#role> = #paths_type<#(#named,)* #role>;
                fn paths<#role>() -> Self::Paths<#role> { loop {} }
                fn encode_key(&self, _: &mut __rt::Encoder) {}
            }
            impl #declared #ident #arguments #bounds {
                #[doc(hidden)]
                #vis fn key(_: impl __rt::Sized #key) -> __rt::Key<Self> { loop {} }
                #(#starts)*
            }
            #(#marks)*
            #streamed
            #checks
        },
    );
    quote!(#paths #(#types)* #code)
}

/// Instead of an attribute type.
pub(crate) fn document(input: &DeriveInput, attrs: &DocumentAttrs) -> TokenStream {
    let subject = Subject::new(input, attrs.runtime.as_ref());
    let ident = &subject.ident;
    let generics = Parameters::new(&subject.generics);
    let (declared, arguments, bounds) = (generics.declared(), &generics.arguments, generics.with_bounds(&[]));
    let (parameters, fields) = (&generics.parameters, fields(input));
    let (paths_type, paths) = paths(&subject, &fields, None);
    let entity = fresh("E", &types(&fields));
    let named = arguments_of(&subject.generics);
    let kind = match &input.data {
        Data::Enum(_) if attrs.tag.is_none() => quote!(S),
        Data::Struct(data) if !matches!(data.fields, Fields::Named(_)) => quote!(S),
        _ => quote!(M),
    };
    let items = items(&subject);
    let code = wrapped(
        &subject,
        quote! {
            #items
            impl #declared __rt::ToAttribute for #ident #arguments #bounds {
                type Kind = __rt::kind::#kind;
                type ListKind = __rt::kind::L;
                fn encode(&self, _: &mut __rt::Encoder) {}
            }
            impl<'__de, #parameters> __rt::FromAttribute<'__de> for #ident #arguments #bounds {
                fn decode(_: &mut __rt::Cursor<'__de>) -> __rt::DecodeResult<Self> { loop {} }
            }
            impl #declared __rt::Document for #ident #arguments #bounds {
                const ATTRIBUTES: &'static [&'static __rt::str] = &[];
                type Paths<#entity> = #paths_type<#(#named,)* #entity>;
                fn paths<#entity>(_: &__rt::PathBase) -> Self::Paths<#entity> { loop {} }
            }
        },
    );
    quote!(#paths #code)
}

fn items(subject: &Subject) -> TokenStream {
    let ident = &subject.ident;
    let generics = Parameters::new(&subject.generics);
    let (parameters, declared) = (&generics.parameters, generics.declared());
    let (arguments, bounds) = (&generics.arguments, generics.with_bounds(&[]));
    quote! {
        impl #declared __rt::ToItem for #ident #arguments #bounds {
            fn encode_item(&self, _: &mut __rt::Encoder) {}
        }
        impl<'__de, #parameters> __rt::FromItem<'__de> for #ident #arguments #bounds {
            fn decode_item(_: &mut __rt::Cursor<'__de>) -> __rt::DecodeResult<Self> { loop {} }
        }
    }
}

/// Every field as an attribute that is no key.
fn paths(subject: &Subject, fields: &[&syn::Field], entity: Option<&TokenStream>) -> (Ident, TokenStream) {
    let (paths, vis, runtime) = (paths_type(&subject.ident), &subject.vis, &subject.runtime);
    let generics = Parameters::new(&subject.generics);
    let (parameters, bounds, marker) = (&generics.parameters, generics.with_bounds(&[]), &generics.marker);
    let parameter = fresh(if entity.is_some() { "R" } else { "E" }, &types(fields));
    let of = entity.cloned().unwrap_or_else(|| quote!(#parameter));
    let fields = fields.iter().map(|field| {
        let (vis, name, ty) = (&field.vis, &field.ident, &field.ty);
        quote!(#[doc(hidden)] #vis #name: #runtime::__private::Path<#of, #ty>)
    });
    let declared = quote! {
        #[doc(hidden)]
        #[allow(dead_code, deprecated, missing_debug_implementations, non_snake_case, private_interfaces)]
        #vis struct #paths<#parameters #parameter> #bounds {
            #(#fields,)*
            __marker: #runtime::__private::PhantomData<(fn() -> #parameter, #marker)>,
        }
    };
    (paths, declared)
}

fn types(fields: &[&syn::Field]) -> TokenStream {
    let types = fields.iter().map(|field| &field.ty);
    quote!(#(#types,)*)
}

/// The fields that have names.
fn fields(input: &DeriveInput) -> Vec<&syn::Field> {
    match &input.data {
        Data::Struct(data) => data.fields.iter().filter(|field| field.ident.is_some()).collect(),
        Data::Enum(_) | Data::Union(_) => Vec::new(),
    }
}

/// The fields that are marked as keys, as far as can be told.
struct Keys<'f> {
    partition: Option<&'f syn::Field>,
    sort: Option<&'f syn::Field>,
    plain: Vec<&'f syn::Field>,
    /// The keys whose types can be checked.
    checked: Vec<&'f syn::Field>,
}

impl<'f> Keys<'f> {
    fn new(fields: &[&'f syn::Field]) -> Self {
        let mut keys = Self { partition: None, sort: None, plain: Vec::new(), checked: Vec::new() };
        for field in fields {
            let attrs = FieldAttrs::parse(&field.attrs, Owner::Table, &mut Errors::default());
            let plain = attrs.skip.or(attrs.serde).or(attrs.rest).is_none() && attrs.with.is_none();
            if attrs.partition_key.is_some() {
                keys.partition.get_or_insert(field);
            } else if attrs.sort_key.is_some() {
                keys.sort.get_or_insert(field);
            } else if plain {
                keys.plain.push(field);
            }
            if plain && attrs.partition_key.or(attrs.sort_key).is_some() && inside_option(&field.ty).is_none() {
                keys.checked.push(field);
            }
        }
        keys
    }

    /// The checks of types that the table would have had, so that their mistakes show in the same compile.
    fn checks(&self) -> TokenStream {
        let keys = self.checked.iter().map(|field| &field.ty);
        let plain = self.plain.iter().map(|field| &field.ty);
        quote! {
            const _: () = {
                #(let _ = <#keys as __rt::KeyAttribute>::TYPE;)*
                #(let _ = <#plain as __rt::WriteField>::TYPE;)*
            };
        }
    }
}
