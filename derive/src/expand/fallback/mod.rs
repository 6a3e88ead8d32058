//! What is written after a mistake: the same types and impls with bodies that cannot fail to compile.
//!
//! Code that uses the type then has nothing to complain about, and only the mistake itself is shown.

mod document;
mod entities;
mod key;
mod query;
mod table;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Data, DeriveInput};

pub(crate) use document::document;
pub(crate) use entities::entities;
pub(crate) use table::table;

use super::generics::Parameters;
use crate::model::Subject;
use crate::model::naming::paths_type;
use crate::model::tokens::fresh;

/// Items without attributes.
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
