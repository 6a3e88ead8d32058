//! `Debug` of a struct with sensitive fields.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;

use super::generics::{Parameters, generic_bounds};
use crate::model::{Field, Subject};

/// `Debug` that prints every field but the sensitive ones; nothing where none is sensitive.
///
/// A `#[derive(Debug)]` beside it is a second `impl`, which the compiler refuses.
pub(super) fn debug(subject: &Subject, fields: &[Field]) -> Option<TokenStream> {
    if !fields.iter().any(|field| field.sensitive) {
        return None;
    }
    let (ident, name) = (&subject.ident, subject.ident.unraw().to_string());
    let generics = Parameters::new(&subject.generics);
    let (declared, arguments) = (generics.declared(), &generics.arguments);
    let bounds = generics.with_bounds(&generic_bounds(subject, fields, |field| {
        let ty = &field.ty;
        (!field.sensitive).then(|| quote!(#ty: __rt::Debug))
    }));
    let fields = fields.iter().map(|field| {
        let (ident, name, span) = (&field.ident, field.name(), field.type_span());
        match field.sensitive {
            true => quote!(.field(#name, &__rt::Redacted)),
            false => quote_spanned!(span=> .field(#name, &self.#ident)),
        }
    });
    Some(quote! {
        #[automatically_derived]
        impl #declared __rt::Debug for #ident #arguments #bounds {
            fn fmt(&self, __f: &mut __rt::Formatter<'_>) -> __rt::FmtResult {
                __f.debug_struct(#name) #(#fields)* .finish()
            }
        }
    })
}
