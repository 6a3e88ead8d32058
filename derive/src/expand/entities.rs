//! A table of several entities.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;

use super::streamed::streamed;
use super::{docs, entity, setting, wrapped};
use crate::model::tokens::at;
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
/// const __ENTITIES: &[EntitySchema] = &[<Message as EntityOf<Messages>>::SCHEMA];
/// const __INDEXES: &[IndexSchema] = &[global_index("by-recent", &[shared_key("gsi1pk", __ENTITIES, …)], …)];
/// ```
fn constants(table: &Entities) -> TokenStream {
    let ident = &table.subject.ident;
    let schemas = table.variants.iter().map(|EntityVariant { ty, .. }| quote!(<#ty as __rt::EntityOf<#ident>>::SCHEMA));
    let indexes = table.indexes.iter().map(index);
    quote! {
        const __ENTITIES: &[__rt::EntitySchema] = &[#(#schemas),*];
        const __INDEXES: &[__rt::IndexSchema] = &[#(#indexes),*];
    }
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
    let variants = table
        .variants
        .iter()
        .map(|EntityVariant { ident, .. }| quote!(Self::#ident(item) => __rt::Entity::encode_key(item, out),));
    let held = table.variants.iter().map(|variant| &variant.ty);
    let unknown = table
        .unknown
        .as_ref()
        .map(|(variant, _)| quote!(Self::#variant(item) => out.key_of(item, <Self as __rt::Entity>::TABLE),));
    quote! {
        #[automatically_derived]
        impl __rt::Entity for #ident {
            const TABLE: &'static __rt::TableSchema = &__rt::TableSchema::new(#name, #partition_key, #sort_key)
                #with_indexes #tag #settings
                .with_expiry(__TTL)
                .with_entities(__ENTITIES)
                .with_source(#runtime::__source!());
            const NAME: &'static __rt::str = #rust_name;
            const KIND: __rt::EntityKind = __rt::EntityKind::Table { takes_unknown: #takes_unknown };
            type Paths<R> = ();
            fn paths<R>() -> Self::Paths<R> {}
            fn encode_key(&self, out: &mut __rt::Encoder) {
                match self { #(#variants)* #unknown }
            }
        }
        #[automatically_derived]
        impl<'__b> __rt::BatchWritable for #ident where #(#held: __rt::BatchMember<'__b>,)* {}
    }
}

fn item(table: &Entities) -> TokenStream {
    let ident = &table.subject.ident;
    let unknown = table.unknown.as_ref();
    let variants = table.variants.iter().map(|variant| &variant.ident).chain(unknown.map(|(ident, _)| ident));
    let reads = table.variants.iter().enumerate().map(|(place, EntityVariant { ident, .. })| {
        let place = Literal::usize_unsuffixed(place);
        quote!(__rt::Some(#place) => cursor.entity_variant(Self::#ident),)
    });
    let otherwise = match unknown {
        Some((ident, _)) => quote!(cursor.entity_variant(Self::#ident)),
        None => quote!(cursor.unknown_entity(<Self as __rt::Entity>::TABLE)),
    };
    quote! {
        #[automatically_derived]
        impl __rt::ToItem for #ident {
            fn encode_item(&self, out: &mut __rt::Encoder) {
                match self { #(Self::#variants(item) => __rt::ToItem::encode_item(item, out),)* }
            }
        }
        #[automatically_derived]
        impl<'de> __rt::FromItem<'de> for #ident {
            fn decode_item(cursor: &mut __rt::Cursor<'de>) -> __rt::DecodeResult<Self> {
                match cursor.entity(<Self as __rt::Entity>::TABLE)? {
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
                fn from(item: #ty) -> Self { Self::#variant(item) }
            }
        )*
    }
}

/// What the entities together must be, each check where the later entity is written.
fn checks(table: &Entities) -> TokenStream {
    let ident = &table.subject.ident;
    let of_table = quote!(<#ident as __rt::Entity>::TABLE);
    let mut checks = TokenStream::new();
    for (place, variant) in table.variants.iter().enumerate() {
        let schema = schema(table, variant);
        let mut check = quote!(__rt::entity_has_keys(#of_table, &#schema); __rt::check_entity(#of_table, &#schema););
        for earlier in table.variants.iter().take(place) {
            let earlier = self::schema(table, earlier);
            check.extend(quote! {
                __rt::entities_have_names(&#earlier, &#schema);
                __rt::check_entities(#of_table, &#earlier, &#schema);
            });
        }
        let check = at(check, variant.span());
        checks.extend(quote!(const _: () = { #check };));
    }
    for index in &table.indexes {
        let name = &index.name;
        let check = at(quote!(__rt::index_is_used(#name, __ENTITIES);), index.span);
        checks.extend(quote!(const _: () = { #check };));
    }
    let expiries = table.variants.iter().map(|variant| {
        let (ty, name) = (&variant.ty, variant.ident.unraw().to_string());
        quote!((#name, <#ty as __rt::EntityOf<#ident>>::TTL))
    });
    quote! {
        const __TTL: __rt::Option<&'static __rt::str> = __rt::shared_ttl(&[#(#expiries),*]);
        #checks
    }
}

fn schema(table: &Entities, variant: &EntityVariant) -> TokenStream {
    let (ident, ty) = (&table.subject.ident, &variant.ty);
    quote!(<#ty as __rt::EntityOf<#ident>>::SCHEMA)
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
    let (variants, fields): (Vec<_>, Vec<&proc_macro2::Ident>) = fields.into_iter().unzip();
    quote! {
        #[automatically_derived]
        impl __rt::Default for #grouped {
            fn default() -> Self { Self { #(#fields: __rt::Vec::new()),* } }
        }
        #[automatically_derived]
        impl __rt::Extend<#ident> for #grouped {
            fn extend<T: __rt::IntoIterator<Item = #ident>>(&mut self, items: T) {
                for item in items {
                    match item { #(#ident::#variants(item) => self.#fields.push(item),)* }
                }
            }
        }
        #[automatically_derived]
        impl __rt::FromIterator<#ident> for #grouped {
            fn from_iter<T: __rt::IntoIterator<Item = #ident>>(items: T) -> Self {
                let mut grouped = <Self as __rt::Default>::default();
                __rt::Extend::extend(&mut grouped, items);
                grouped
            }
        }
    }
}
