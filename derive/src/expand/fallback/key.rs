//! The key of a table with a mistake, as far as can be told.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use syn::LitStr;
use syn::ext::IdentExt;

use crate::attr::{FieldAttrs, KeyAttr, Owner, TableAttrs};
use crate::errors::Errors;
use crate::model::placeholders;
use crate::model::tokens::inside_option;

/// The fields that are marked as keys, as far as can be told.
pub(super) struct Keys<'f> {
    pub(super) partition: Option<&'f syn::Field>,
    pub(super) sort: Option<&'f syn::Field>,
    plain: Vec<&'f syn::Field>,
    /// The keys whose types can be checked.
    checked: Vec<&'f syn::Field>,
}

impl<'f> Keys<'f> {
    pub(super) fn new(fields: &[&'f syn::Field]) -> Self {
        let mut keys = Self { partition: None, sort: None, plain: Vec::new(), checked: Vec::new() };
        for field in fields {
            let attrs = FieldAttrs::parse(&field.attrs, Owner::Table, &mut Errors::default());
            let plain = attrs.skip.or(attrs.serde).or(attrs.rest).or(attrs.key_only).is_none() && attrs.with.is_none();
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

    /// How many values `key(…)` takes.
    pub(super) fn parts(&self, attrs: &TableAttrs) -> usize {
        let side = |written: Option<&KeyAttr>, marked: Option<&syn::Field>, otherwise: usize| match (written, marked) {
            // Above the struct text without a placeholder is a constant.
            (Some(KeyAttr::Texts(texts)), _) => texts.iter().flat_map(|text| placeholders(&text.value())).collect(),
            (Some(written), _) => parts(written),
            (None, Some(field)) => field.ident.iter().map(|ident| ident.unraw().to_string()).collect(),
            (None, None) => (0..otherwise).map(|_| String::new()).collect::<BTreeSet<_>>(),
        };
        let partition = side(attrs.partition_key.as_ref().map(|key| &key.value), self.partition, 1);
        let sort = side(attrs.sort_key.as_ref().map(|key| &key.value), self.sort, 0);
        partition.union(&sort).count()
    }

    /// The checks of types that the table would have had, so that their mistakes show in the same compile.
    pub(super) fn checks(&self) -> TokenStream {
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

/// What a caller gives for a key: the names in a template, or of fields. A name that is twice among them is there once.
pub(super) fn parts(key: &KeyAttr) -> BTreeSet<String> {
    match (key.template(), key) {
        (Some(template), _) => placeholders(&template.value()).into_iter().collect(),
        (None, KeyAttr::Own(word)) => BTreeSet::from([word.to_string()]),
        (None, key) => key.texts().iter().map(LitStr::value).collect(),
    }
}
