//! A table's entity.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;

use super::debug::debug;
use super::generics::{Decoded, Parameters, types_of};
use super::streamed::streamed;
use super::{behaviour, codec, index, key, paths, query, schema, shard, wrapped};
use crate::model::tokens::{at, fresh};
use crate::model::unique::text_key;
use crate::model::{Belongs, Field, Guard, Home, Store, Subject, Table};

/// Everything that `DynamoTable` writes.
pub(crate) fn table(table: &Table) -> TokenStream {
    let subject = &table.subject;
    let (paths, queries) = (paths::table(table), query::types(table));
    let (entity, item, marks, methods) = (entity(table), item(table), index::marks(table), query::methods(table));
    let obligations = obligations(table);
    let (features, debug) = (features(&table.fields, &subject.runtime), debug(subject, &table.fields));
    let (streamed, register) = match &table.home {
        Home::Alone(_, settings) => {
            (streamed(subject, &quote!(<Self as __rt::Entity>::TABLE), settings.stream), Some(register(subject)))
        }
        Home::Enum(_) => (None, None),
    };
    let code = wrapped(subject, quote!(#features #entity #item #debug #streamed #marks #methods #obligations));
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
    let (marker, groups) = (paths::table_marker(table).map(|(_, value)| value), paths::groups(table));
    let encode_key = key::encode_primary(table);
    let kind = match &table.home {
        Home::Alone(..) => quote!(
            type Items = Self;
        ),
        Home::Enum(Belongs { table, .. }) => quote! {
            const KIND: __rt::EntityKind = __rt::one_of(<#table as __rt::Entity>::KIND);
            type Items = #table;
        },
    };
    let (of_table, keys) = (of_table(table), schema::keys(table));
    let stamps = stamps(table);
    let id_of_key = behaviour::id(table, &encode_key);
    let (version, marks) = (behaviour::version(table), behaviour::marks(table));
    quote! {
        #version
        #parts
        #[automatically_derived]
        impl #declared __rt::Entity for #ident #arguments #bounds {
            const TABLE: &'static __rt::TableSchema = #schema;
            const NAME: &'static __rt::str = #name;
            #keys
            #kind
            type Paths<#role> = #paths_type<#(#named,)* #role>;
            fn paths<#role>() -> Self::Paths<#role> {
                #paths_type { #paths #groups #marker }
            }
            fn encode_key(&self, __o: &mut __rt::Encoder) {
                #id_of_key
                #encode_key
            }
            #stamps
        }
        #of_table
        #marks
    }
}

/// How an entity belongs to the enum of its table:
///
/// ```text
/// impl TableEntity for Message { type Table = Messages; const SCHEMA: EntitySchema = __ENTITY; }
/// const _: () = check_home::<Message>();
/// ```
fn of_table(table: &Table) -> Option<TokenStream> {
    let Home::Enum(belongs) = &table.home else { return None };
    let generics = Parameters::new(&table.subject.generics);
    let (declared, arguments, bounds) = (generics.declared(), &generics.arguments, generics.with_bounds(&[]));
    let (ident, enumeration) = (&table.subject.ident, &belongs.table);
    let ttl = table.fields.iter().find(|field| field.ttl).map(|field| {
        let name = &field.attribute;
        quote!(const TTL: __rt::Option<&'static __rt::str> = __rt::Some(#name);)
    });
    let span = Span::call_site().located_at(enumeration.span());
    let check = at(quote!(__rt::check_home::<#ident>()), span);
    let indexes: TokenStream = table
        .indexes
        .iter()
        .map(|index| {
            let name = &index.name;
            let check = at(quote!(__rt::check_index::<#ident>(#name)), index.span);
            quote!(const _: () = #check;)
        })
        .collect();
    Some(quote! {
        #[automatically_derived]
        impl #declared __rt::TableEntity for #ident #arguments #bounds {
            type Table = #enumeration;
            const SCHEMA: __rt::EntitySchema = __ENTITY;
            #ttl
        }
        impl #declared __rt::EntityOf<#enumeration> for #ident #arguments #bounds {}
        const _: () = #check;
        #indexes
    })
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
    let (keys, key_names) = key::arms(table);
    let rest = table.fields.iter().any(|field| matches!(field.store, Store::Rest));
    let known = if rest { behaviour::with_writes(table, key::made_attributes(table)) } else { None };
    let others = codec::Others { keys: &keys, known };
    let decode = codec::decode(&table.fields, &quote!(Self), &others, &decoded);
    let (indexes, key_names) = (key::encode_indexes(table), schema::of_static(&table.subject, key_names));
    let (tag, upgrades) = (tag(table), upgrades(table, &decoded));
    let id = behaviour::id(table, &quote!(#encode #indexes));
    let (primary, shard) = (shard::write_primary(table), shard::check(table));
    quote! {
        #key_names
        #[automatically_derived]
        impl #declared __rt::ToItem for #ident #arguments #bounds {
            fn encode_item(&self, __o: &mut __rt::Encoder) {
                #primary
                #id
                #encode
                #indexes
                #tag
            }
        }
        #[automatically_derived]
        impl #implemented __rt::FromItem<#de> for #ident #decoded_arguments #decoded_bounds {
            fn decode_item(__i: &mut __rt::Cursor<#de>) -> __rt::DecodeResult<Self> {
                #upgrades
                #shard
                #decode
            }
        }
    }
}

/// Writes the tag, where the table has one.
fn tag(table: &Table) -> Option<TokenStream> {
    let Home::Enum(Belongs { tag, .. }) = &table.home else { return None };
    Some(quote!(__o.entity_tag::<Self>(#tag);))
}

/// Reads an item of an older shape as that, and makes this entity of it.
fn upgrades(table: &Table, decoded: &Decoded) -> Option<TokenStream> {
    let Home::Enum(belongs) = &table.home else { return None };
    if belongs.upgrades.is_empty() {
        return None;
    }
    let arms = belongs.upgrades.iter().enumerate().map(|(number, older)| {
        let (number, older) = (proc_macro2::Literal::usize_unsuffixed(number), decoded.replaced(older));
        let span = Span::call_site().located_at(older.span());
        let upgrade = at(quote!(__rt::upgrade::<#older, Self>(__i)), span);
        quote!(__rt::Some(#number) => return #upgrade,)
    });
    Some(quote! {
        match __i.older(<Self as __rt::Entity>::TABLE, <Self as __rt::Entity>::NAME)? {
            #(#arms)*
            _ => {}
        }
    })
}

/// What the compiler checks about types and no call above does.
fn obligations(table: &Table) -> TokenStream {
    let unique = table.unique.iter().flat_map(|unique| &unique.fields).filter_map(|name| {
        let field = table.fields.iter().find(|field| field.ident == *name)?;
        let ty = paths::stored_type(field, &quote!(__rt));
        Some(at(quote!(const _: () = __rt::unique::<#ty>();), field.type_span()))
    });
    let text_key = text_key(table).map(|(ty, span)| at(quote!(const _: () = __rt::reserves_values::<#ty>();), span));
    let check = |field: &Field| {
        let check = match field.behaviour.guard {
            _ if field.ttl => quote!(time_to_live),
            Some(Guard::Counter) => quote!(counter),
            _ => return None,
        };
        let ty = paths::stored_type(field, &quote!(__rt));
        Some(quote!(const _: () = __rt::#check::<#ty>();))
    };
    table.fields.iter().filter_map(check).chain(unique).chain(text_key).collect()
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
pub(super) fn register(subject: &Subject) -> TokenStream {
    let (runtime, entity) = (&subject.runtime, subject.of_static());
    quote!(#runtime::__register!(#entity);)
}
