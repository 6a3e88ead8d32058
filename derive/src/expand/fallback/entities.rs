//! What is written for the enum of a table after a mistake in it.

use std::collections::BTreeSet;

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::ext::IdentExt;
use syn::{DataEnum, DeriveInput, Fields};

use super::items;
use crate::attr::TableAttrs;
use crate::expand::generics::Parameters;
use crate::expand::wrapped;
use crate::model::Subject;

/// Instead of a table of several entities.
pub(crate) fn entities(input: &DeriveInput, data: &DataEnum, attrs: &TableAttrs) -> TokenStream {
    let subject = Subject::new(input, attrs.runtime.as_ref());
    let (ident, vis) = (&subject.ident, &subject.vis);
    let generics = Parameters::new(&subject.generics);
    let (declared, arguments, bounds) = (generics.declared(), &generics.arguments, generics.with_bounds(&[]));
    let grouped = format_ident!("{}ByEntity", ident.unraw(), span = Span::call_site());
    let items = items(&subject);
    let mut seen = BTreeSet::new();
    let from = data.variants.iter().filter_map(|variant| {
        let Fields::Unnamed(fields) = &variant.fields else { return None };
        let ty = &fields.unnamed.first().filter(|_| fields.unnamed.len() == 1)?.ty;
        let new = seen.insert(quote!(#ty).to_string());
        new.then(|| {
            quote! {
                impl #declared __rt::From<#ty> for #ident #arguments #bounds {
                    fn from(_: #ty) -> Self { loop {} }
                }
            }
        })
    });
    let code = wrapped(
        &subject,
        quote! {
            #items
            impl #declared __rt::Entity for #ident #arguments #bounds {
                const TABLE: &'static __rt::TableSchema =
                    &__rt::TableSchema::new("", __rt::KeySchema::new("", __rt::KeyType::S), __rt::None);
                const NAME: &'static __rt::str = "";
                type Items = Self;
                type Paths<__R> = ();
                fn paths<__R>() -> Self::Paths<__R> {}
                fn encode_key(&self, _: &mut __rt::Encoder) {}
            }
            impl #declared __rt::BatchWritable for #ident #arguments #bounds {}
            impl #declared __rt::Streamed for #ident #arguments #bounds {
                const TABLE: &'static __rt::TableSchema = <Self as __rt::Entity>::TABLE;
                type New = Self;
                type Old = Self;
            }
            #(#from)*
            impl #declared __rt::FromIterator<#ident #arguments> for #grouped #bounds {
                fn from_iter<__T: __rt::IntoIterator<Item = #ident #arguments>>(_: __T) -> Self { loop {} }
            }
        },
    );
    quote! {
        #[doc(hidden)]
        #[allow(dead_code, missing_debug_implementations)]
        #vis struct #grouped;
        #code
    }
}
