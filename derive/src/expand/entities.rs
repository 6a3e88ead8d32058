//! A table of several entities.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};
use syn::Type;
use syn::ext::IdentExt;

use super::streamed::streamed;
use super::{docs, entity, setting, wrapped};
use crate::model::tokens::{associated, at};
use crate::model::{Entities, EntityVariant, TableIndex};

/// Everything that `DynamoTable` writes for an enum.
pub(crate) fn entities(table: &Entities) -> TokenStream {
    let subject = &table.subject;
    let (consts, entity, item, grouped) = (constants(table), implemented(table), item(table), grouped(table));
    let checks = checks(table);
    let from = from(table);
    let streamed = streamed(subject, &quote!(<Self as __rt::Entity>::TABLE), table.settings.stream);
    let code = wrapped(subject, quote!(#consts #entity #item #streamed #from #checks #grouped));
    let (declared, register) = (grouped_type(table), entity::register(subject));
    quote!(#declared #code #register)
}

/// The schemas of the entities, and the indexes that they are in:
///
/// ```text
/// const __MEMBERS: [Member; 1] = [<Message as EntityOf<Messages>>::MEMBER];
/// const __ENTITIES: &[EntitySchema] = &schemas(__MEMBERS);
/// const __INDEXES: &[IndexSchema] = &[global_index("by-recent", &[shared_key("gsi1pk", __ENTITIES, …)], …)];
/// ```
fn constants(table: &Entities) -> TokenStream {
    let ident = &table.subject.ident;
    let members = table.variants.iter().map(|EntityVariant { ty, .. }| of(ty, ident, "MEMBER"));
    let indexes = table.indexes.iter().map(index);
    let count = Literal::usize_unsuffixed(table.variants.len());
    quote! {
        const __MEMBERS: &[__rt::Member; #count] = &[#(#members),*];
        const __ENTITIES: &[__rt::EntitySchema] = &__rt::schemas(__MEMBERS);
        const __INDEXES: &[__rt::IndexSchema] = &[#(#indexes),*];
    }
}

/// `<Message as EntityOf<Messages>>::MEMBER`, as if it stood where the type is written.
fn of(ty: &Type, table: &Ident, item: &str) -> TokenStream {
    associated(ty, &quote!(__rt::EntityOf<#table>), item)
}

/// The same of the type for items of no entity.
fn unknown(ty: &Type, item: &str) -> TokenStream {
    associated(ty, &quote!(__rt::HoldsUnknown), item)
}

fn index(index: &TableIndex) -> TokenStream {
    let name = &index.name;
    let kind = if index.global { quote!(global_index) } else { quote!(local_index) };
    let keys = |names: &[String], place: TokenStream| -> Vec<TokenStream> {
        let keys = names.iter().enumerate().map(|(position, attribute)| {
            let position = Literal::usize_unsuffixed(position);
            let place = quote!(__rt::KeyPlace::#place { index: #name, position: #position });
            quote!(__rt::shared_key(#attribute, __ENTITIES, #place))
        });
        keys.collect()
    };
    let partition_key = match index.global {
        true => keys(&index.partition_key, quote!(IndexPartition)),
        false => {
            let own = &index.partition_key;
            vec![quote!(#(__rt::shared_key(#own, __ENTITIES, __rt::KeyPlace::Partition)),*)]
        }
    };
    let sort_key = keys(&index.sort_key, quote!(IndexSort));
    let projection = setting::projection(&index.projection);
    let capacity = index.capacity.map(setting::with_capacity);
    quote! {
        __rt::#kind(
            #name,
            &[#(#partition_key),*],
            &[#(#sort_key),*],
            #projection,
            __rt::shared_sparse(#name, __ENTITIES),
        ) #capacity
    }
}

fn implemented(table: &Entities) -> TokenStream {
    let (ident, runtime, name) = (&table.subject.ident, &table.subject.runtime, &table.name);
    let rust_name = ident.unraw().to_string();
    let partition_key = &table.partition_key;
    let partition_key = quote!(__rt::shared_key(#partition_key, __ENTITIES, __rt::KeyPlace::Partition));
    let sort_key = match &table.sort_key {
        Some(name) => quote!(__rt::Some(__rt::shared_key(#name, __ENTITIES, __rt::KeyPlace::Sort))),
        None => quote!(__rt::None),
    };
    let with_indexes = (!table.indexes.is_empty()).then(|| quote!(.with_indexes(__INDEXES)));
    let settings = setting::with_settings(&table.settings);
    let tag = table.tag.as_ref().map(|tag| quote!(.with_tag(#tag)));
    let takes_unknown = table.unknown.is_some();
    let variants = table.variants.iter().map(|EntityVariant { ident: variant, ty, .. }| {
        let write = of(ty, ident, "write_key");
        quote!(Self::#variant(__item) => #write(__item, __o),)
    });
    let unknown = table.unknown.as_ref().map(|(variant, ty)| {
        let write = unknown(ty, "write_key");
        quote!(Self::#variant(__item) => #write(__item, <Self as __rt::Entity>::TABLE, __o),)
    });
    let held = table.variants.iter().map(|variant| &variant.ty);
    quote! {
        #[automatically_derived]
        impl __rt::Entity for #ident {
            const TABLE: &'static __rt::TableSchema = &__rt::TableSchema::new(#name, #partition_key, #sort_key)
                #with_indexes #tag #settings
                .with_expiry(__rt::shared_ttl(__MEMBERS))
                .with_entities(__ENTITIES)
                .with_source(#runtime::__source!());
            const NAME: &'static __rt::str = #rust_name;
            const KIND: __rt::EntityKind = __rt::EntityKind::Table { takes_unknown: #takes_unknown };
            type Items = Self;
            type Paths<R> = __rt::PathsAreOfItsEntities;
            fn paths<R>() -> Self::Paths<R> { __rt::PathsAreOfItsEntities }
            fn encode_key(&self, __o: &mut __rt::Encoder) {
                match self { #(#variants)* #unknown }
            }
        }
        #[automatically_derived]
        impl<'__b> __rt::BatchWritable for #ident where #(#held: __rt::BatchMember<'__b>,)* {}
    }
}

fn item(table: &Entities) -> TokenStream {
    let ident = &table.subject.ident;
    let writes = table.variants.iter().map(|EntityVariant { ident: variant, ty, .. }| {
        let write = of(ty, ident, "write_item");
        quote!(Self::#variant(__item) => #write(__item, __o),)
    });
    let write_unknown = table.unknown.as_ref().map(|(variant, ty)| {
        let write = unknown(ty, "write_item");
        quote!(Self::#variant(__item) => #write(__item, __o),)
    });
    let reads = table.variants.iter().enumerate().map(|(place, EntityVariant { ident: variant, ty, .. })| {
        let (place, read) = (Literal::usize_unsuffixed(place), of(ty, ident, "read_item"));
        quote!(__rt::Some(#place) => __rt::Ok(Self::#variant(#read(__i)?)),)
    });
    let otherwise = match &table.unknown {
        Some((variant, ty)) => {
            let read = unknown(ty, "read_item");
            quote!(__rt::Ok(Self::#variant(#read(__i)?)))
        }
        None => quote!(__i.unknown_entity(<Self as __rt::Entity>::TABLE)),
    };
    quote! {
        #[automatically_derived]
        impl __rt::ToItem for #ident {
            fn encode_item(&self, __o: &mut __rt::Encoder) {
                match self { #(#writes)* #write_unknown }
            }
        }
        #[automatically_derived]
        impl<'de> __rt::FromItem<'de> for #ident {
            fn decode_item(__i: &mut __rt::Cursor<'de>) -> __rt::DecodeResult<Self> {
                match __i.entity(<Self as __rt::Entity>::TABLE)? {
                    #(#reads)*
                    _ => #otherwise,
                }
            }
        }
    }
}

fn from(table: &Entities) -> TokenStream {
    let ident = &table.subject.ident;
    let (variant, ty): (Vec<_>, Vec<_>) = table.variants.iter().map(|variant| (&variant.ident, &variant.ty)).unzip();
    quote! {
        #(
            #[automatically_derived]
            impl __rt::From<#ty> for #ident {
                fn from(__item: #ty) -> Self { Self::#variant(__item) }
            }
        )*
    }
}

/// What the entities together must be, each check where the later entity is written.
fn checks(table: &Entities) -> TokenStream {
    let ident = &table.subject.ident;
    let members = table.variants.iter().enumerate().map(|(place, variant)| {
        let place = Literal::usize_unsuffixed(place);
        let check = quote!(__rt::check_member(<#ident as __rt::Entity>::TABLE, __MEMBERS, #place););
        let check = at(check, variant.span());
        quote!(const _: () = { #check };)
    });
    let indexes = table.indexes.iter().map(|index| {
        let name = &index.name;
        let check = at(quote!(__rt::index_is_used(#name, __ENTITIES);), index.span);
        quote!(const _: () = { #check };)
    });
    quote!(#(#members)* #(#indexes)*)
}

/// `pub struct MessagesByEntity { pub message: Vec<Message>, … }`
fn grouped_type(table: &Entities) -> TokenStream {
    let (vis, grouped, runtime) = (&table.subject.vis, &table.grouped_type, &table.subject.runtime);
    let doc = docs::grouped(&table.subject.ident.unraw().to_string());
    let fields = table.variants.iter().map(|EntityVariant { ident, ty, field }| {
        let doc = docs::group(&ident.unraw().to_string());
        quote!(#[doc = #doc] pub #field: #runtime::__private::Vec<#ty>)
    });
    let unknown = table.unknown.as_ref().map(|(_, ty)| {
        let doc = docs::unknown_group();
        quote!(#[doc = #doc] pub unknown: #runtime::__private::Vec<#ty>)
    });
    let fields: Vec<_> = fields.chain(unknown.map(ToTokens::into_token_stream)).collect();
    quote! {
        #[doc = #doc]
        #[allow(dead_code, missing_debug_implementations, private_interfaces)]
        #vis struct #grouped { #(#fields),* }
    }
}

fn grouped(table: &Entities) -> TokenStream {
    let (ident, grouped) = (&table.subject.ident, &table.grouped_type);
    let unknown = syn::parse_quote!(unknown);
    let fields: Vec<_> = table
        .variants
        .iter()
        .map(|variant| (&variant.ident, &variant.field))
        .chain(table.unknown.as_ref().map(|(ident, _)| (ident, &unknown)))
        .collect();
    let (variants, fields): (Vec<_>, Vec<&Ident>) = fields.into_iter().unzip();
    quote! {
        #[automatically_derived]
        impl __rt::Default for #grouped {
            fn default() -> Self { Self { #(#fields: __rt::Vec::new()),* } }
        }
        #[automatically_derived]
        impl __rt::Extend<#ident> for #grouped {
            fn extend<__T: __rt::IntoIterator<Item = #ident>>(&mut self, __items: __T) {
                for __item in __items {
                    match __item { #(#ident::#variants(__item) => self.#fields.push(__item),)* }
                }
            }
        }
        #[automatically_derived]
        impl __rt::FromIterator<#ident> for #grouped {
            fn from_iter<__T: __rt::IntoIterator<Item = #ident>>(__items: __T) -> Self {
                let mut __grouped = <Self as __rt::Default>::default();
                __rt::Extend::extend(&mut __grouped, __items);
                __grouped
            }
        }
    }
}
