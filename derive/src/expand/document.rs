//! An attribute type: document, newtype, enum of names, or enum with data.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;

use super::debug::debug;
use super::entity::features;
use super::generics::{Decoded, Parameters, generic_bounds, types_of};
use super::{codec, names, paths, tagged, wrapped};
use crate::model::tokens::associated;
use crate::model::{Document, Field, Shape, Store, Subject};

/// Everything that `DynamoAttribute` writes.
pub(crate) fn document(document: &Document) -> TokenStream {
    let subject = &document.subject;
    match &document.shape {
        Shape::Fields(fields) => {
            let (declared, implemented) = paths::document(document, fields);
            let (item, attribute) = (item(subject, fields), attribute(subject, fields));
            let features = features(fields, &subject.runtime);
            let debug = debug(subject, fields);
            let code = wrapped(subject, quote!(#features #item #attribute #debug #implemented));
            quote!(#declared #code)
        }
        Shape::Newtype(ty) => wrapped(subject, newtype(subject, ty)),
        Shape::Names(variants, order) => wrapped(subject, names::names(subject, variants, *order)),
        Shape::Tagged(tag, variants) => wrapped(subject, tagged::tagged(subject, tag, variants)),
    }
}

fn item(subject: &Subject, fields: &[Field]) -> TokenStream {
    let ident = &subject.ident;
    let generics = Parameters::new(&subject.generics);
    let (declared, arguments) = (generics.declared(), &generics.arguments);
    let bounds = generics.with_bounds(&generic_bounds(subject, fields, encode_bound));
    let out = if fields.iter().all(|field| matches!(field.store, Store::Skip)) { quote!(_) } else { quote!(__o) };
    let encode = codec::encode(fields, codec::of_self);
    let decoded = Decoded::new(subject, &types_of(fields));
    let decode_bounds = generic_bounds(subject, fields, |field| decode_bound(field, &decoded));
    let (implemented, de) = (decoded.implemented(), &decoded.de);
    let (decoded_arguments, decoded_bounds) = (&decoded.with_de.arguments, decoded.with_de.with_bounds(&decode_bounds));
    let decode = codec::decode(fields, &quote!(Self), &codec::Others::default(), &decoded);
    quote! {
        #[automatically_derived]
        impl #declared __rt::ToItem for #ident #arguments #bounds {
            fn encode_item(&self, #out: &mut __rt::Encoder) {
                #encode
            }
        }
        #[automatically_derived]
        impl #implemented __rt::FromItem<#de> for #ident #decoded_arguments #decoded_bounds {
            fn decode_item(__i: &mut __rt::Cursor<#de>) -> __rt::DecodeResult<Self> {
                #decode
            }
        }
    }
}

/// A map is an attribute wherever it is an item.
pub(super) fn attribute<'f>(subject: &Subject, fields: impl IntoIterator<Item = &'f Field> + Clone) -> TokenStream {
    let ident = &subject.ident;
    let generics = Parameters::new(&subject.generics);
    let (declared, arguments) = (generics.declared(), &generics.arguments);
    let bounds = generics.with_bounds(&generic_bounds(subject, fields.clone(), encode_bound));
    let decoded = Decoded::new(subject, &types_of(fields.clone()));
    let decode_bounds = generic_bounds(subject, fields, |field| decode_bound(field, &decoded));
    let (implemented, de) = (decoded.implemented(), &decoded.de);
    let (decoded_arguments, decoded_bounds) = (&decoded.with_de.arguments, decoded.with_de.with_bounds(&decode_bounds));
    quote! {
        #[automatically_derived]
        impl #declared __rt::ToAttribute for #ident #arguments #bounds {
            type Kind = __rt::kind::M;
            type ListKind = __rt::kind::L;
            fn encode(&self, __o: &mut __rt::Encoder) { __o.document(self) }
        }
        #[automatically_derived]
        impl #implemented __rt::FromAttribute<#de> for #ident #decoded_arguments #decoded_bounds {
            fn decode(__i: &mut __rt::Cursor<#de>) -> __rt::DecodeResult<Self> { __i.document() }
        }
    }
}

/// What a field's type must be, to be written.
pub(super) fn encode_bound(field: &Field) -> Option<TokenStream> {
    let ty = &field.ty;
    match &field.store {
        Store::Plain => Some(quote!(#ty: __rt::ToAttribute)),
        Store::Adapter(adapter) => Some(quote!(#adapter: __rt::Adapter<#ty>)),
        Store::Serde(_) => Some(quote!(#ty: __rt::SerializeField)),
        Store::Rest => Some(quote!(#ty: for<'rest> __rt::RestField<'rest>)),
        Store::Skip | Store::KeyOnly => None,
    }
}

/// What a field's type must be, to be read.
pub(super) fn decode_bound(field: &Field, decoded: &Decoded) -> Option<TokenStream> {
    let (ty, de) = (decoded.replaced(&field.ty), &decoded.de);
    match &field.store {
        Store::Plain => Some(quote!(#ty: __rt::FromAttribute<#de>)),
        Store::Adapter(adapter) => {
            let adapter = decoded.replaced(adapter);
            Some(quote!(#adapter: __rt::Adapter<#ty>))
        }
        Store::Serde(_) => Some(quote!(#ty: __rt::DeserializeField)),
        Store::Rest => Some(quote!(#ty: __rt::RestField<#de>)),
        Store::Skip => Some(quote!(#ty: __rt::Default)),
        Store::KeyOnly => None,
    }
}

fn newtype(subject: &Subject, ty: &Type) -> TokenStream {
    let ident = &subject.ident;
    let generics = Parameters::new(&subject.generics);
    let (declared, arguments) = (generics.declared(), &generics.arguments);
    let generic = subject.generics.type_params().next().is_some();
    let encode_bound: Vec<_> = generic.then(|| quote!(#ty: __rt::ToAttribute)).into_iter().collect();
    let (plain, bounds) = (generics.with_bounds(&[]), generics.with_bounds(&encode_bound));
    let decoded = Decoded::new(subject, &quote!(#ty));
    let (inner, de) = (decoded.replaced(ty), &decoded.de);
    let decode_bound: Vec<_> = generic.then(|| quote!(#inner: __rt::FromAttribute<#de>)).into_iter().collect();
    let (implemented, decoded_arguments) = (decoded.implemented(), &decoded.with_de.arguments);
    let decoded_bounds = decoded.with_de.with_bounds(&decode_bound);
    // Each line names one trait at the type, so that a type that is no attribute is reported once.
    let kind = associated(ty, &quote!(__rt::ToAttribute), "Kind");
    let encode = quote!(<#ty as __rt::ToAttribute>::encode(&self.0, __o));
    let is_absent = quote!(<#ty as __rt::ToAttribute>::is_absent(&self.0));
    let decode = quote!(<#inner as __rt::FromAttribute<#de>>::decode(__i));
    let absent = quote!(<#inner as __rt::FromAttribute<#de>>::absent());
    quote! {
        #[automatically_derived]
        impl #declared __rt::ToAttribute for #ident #arguments #bounds {
            type Kind = #kind;
            type ListKind = __rt::kind::L;
            fn encode(&self, __o: &mut __rt::Encoder) { #encode }
            fn is_absent(&self) -> __rt::bool { #is_absent }
        }
        #[automatically_derived]
        impl #implemented __rt::FromAttribute<#de> for #ident #decoded_arguments #decoded_bounds {
            fn decode(__i: &mut __rt::Cursor<#de>) -> __rt::DecodeResult<Self> { #decode.map(Self) }
            fn absent() -> __rt::Option<Self> { #absent.map(Self) }
        }
        #[automatically_derived]
        impl #declared __rt::SegmentNewtype for #ident #arguments #plain {
            type Inner = #ty;
            fn inner(&self) -> &#ty { &self.0 }
            fn wrap(__inner: #ty) -> Self { Self(__inner) }
        }
    }
}
