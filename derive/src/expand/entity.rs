//! A table's entity.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{GenericParam, Lifetime};

use super::generics::{Decoded, Parameters, types_of};
use super::streamed::streamed;
use super::{codec, index, paths, query, schema, wrapped};
use crate::model::tokens::fresh;
use crate::model::{Field, Store, Table};

/// Everything that `DynamoTable` writes.
pub(crate) fn table(table: &Table) -> TokenStream {
    let subject = &table.subject;
    let (paths, queries) = (paths::table(table), query::types(table));
    let (entity, item, marks, methods) = (entity(table), item(table), index::marks(table), query::methods(table));
    let obligations = obligations(&table.fields);
    let features = features(&table.fields, &subject.runtime);
    let streamed = streamed(subject, &quote!(<Self as __rt::Entity>::TABLE), table.settings.stream);
    let code = wrapped(subject, quote!(#features #entity #item #streamed #marks #methods #obligations));
    let register = register(table);
    quote!(#paths #queries #code #register)
}

fn entity(table: &Table) -> TokenStream {
    let generics = Parameters::new(&table.subject.generics);
    let (declared, arguments, bounds) = (generics.declared(), &generics.arguments, generics.with_bounds(&[]));
    let (ident, paths_type, name) = (&table.subject.ident, &table.paths_type, table.subject.ident.unraw().to_string());
    let (parts, schema) = schema::table(table);
    let named = paths::arguments_of(&table.subject.generics);
    let role = fresh("R", &types_of(&table.fields));
    let paths = paths::values(table.stored(), |name| quote!(__rt::Path::attribute(#name)));
    let keys = table.fields.iter().filter(|field| field.key.is_some_and(|key| key.table));
    let encode_key = codec::encode(keys, codec::of_self);
    let stamps = stamps(table);
    quote! {
        #parts
        #[automatically_derived]
        impl #declared __rt::Entity for #ident #arguments #bounds {
            const TABLE: &'static __rt::TableSchema = #schema;
            const NAME: &'static __rt::str = #name;
            type Paths<#role> = #paths_type<#(#named,)* #role>;
            fn paths<#role>() -> Self::Paths<#role> {
                #paths_type { #paths }
            }
            fn encode_key(&self, out: &mut __rt::Encoder) {
                #encode_key
            }
            #stamps
        }
    }
}

/// The attributes that every update sets by itself.
fn stamps(table: &Table) -> Option<TokenStream> {
    let stamps: Vec<_> = table
        .fields
        .iter()
        .filter_map(|field| {
            let (name, ty, stamp) = (&field.attribute, &field.ty, codec::stamp(field.stamp?));
            let encode = quote!(<#ty as __rt::StampField>::stamp);
            Some(quote!(__rt::StampSchema { attribute: #name, stamp: #stamp, encode: #encode }))
        })
        .collect();
    (!stamps.is_empty()).then(|| {
        quote! {
            fn stamps() -> &'static [__rt::StampSchema] {
                const { &[#(#stamps),*] }
            }
        }
    })
}

fn item(table: &Table) -> TokenStream {
    let generics = Parameters::new(&table.subject.generics);
    let (declared, arguments, bounds) = (generics.declared(), &generics.arguments, generics.with_bounds(&[]));
    let ident = &table.subject.ident;
    let others = table.fields.iter().filter(|field| !field.key.is_some_and(|key| key.table));
    let encode = codec::encode(others, codec::of_self);
    let decoded = Decoded::new(&table.subject, &types_of(&table.fields));
    let (implemented, de) = (decoded.implemented(), &decoded.de);
    let (decoded_arguments, decoded_bounds) = (&decoded.with_de.arguments, decoded.with_de.with_bounds(&[]));
    let decode = codec::decode(&table.fields, &quote!(Self), None, &decoded, &[]);
    quote! {
        #[automatically_derived]
        impl #declared __rt::ToItem for #ident #arguments #bounds {
            fn encode_item(&self, out: &mut __rt::Encoder) {
                __rt::Entity::encode_key(self, out);
                #encode
            }
        }
        #[automatically_derived]
        impl #implemented __rt::FromItem<#de> for #ident #decoded_arguments #decoded_bounds {
            fn decode_item(cursor: &mut __rt::Cursor<#de>) -> __rt::DecodeResult<Self> {
                #decode
            }
        }
    }
}

/// What the compiler checks about types and no call above does.
fn obligations(fields: &[Field]) -> TokenStream {
    fields
        .iter()
        .filter(|field| field.ttl)
        .map(|field| {
            let ty = paths::stored_type(field, &quote!(__rt));
            quote!(const _: () = __rt::time_to_live::<#ty>();)
        })
        .collect()
}

/// The features that fields need, so that a missing one is said at the field.
pub(super) fn features<'f>(fields: impl IntoIterator<Item = &'f Field>, runtime: &syn::Path) -> TokenStream {
    fields
        .into_iter()
        .filter_map(|field| match field.store {
            Store::Serde(span) => Some(quote_spanned!(span=> #runtime::__serde!();)),
            _ => None,
        })
        .collect()
}

/// `::tablewright::__register!(Sparkle);`
fn register(table: &Table) -> TokenStream {
    let (runtime, ident) = (&table.subject.runtime, &table.subject.ident);
    let arguments: Vec<_> = table
        .subject
        .generics
        .params
        .iter()
        .filter(|parameter| matches!(parameter, GenericParam::Lifetime(_)))
        .map(|_| Lifetime::new("'static", proc_macro2::Span::call_site()))
        .collect();
    let arguments = (!arguments.is_empty()).then(|| quote!(<#(#arguments),*>));
    quote!(#runtime::__register!(#ident #arguments);)
}
