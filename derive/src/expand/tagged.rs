//! An enum with data: a map in which one attribute names the variant.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::document::{attribute, decode_bound, encode_bound};
use super::entity::features;
use super::generics::{Decoded, Parameters, generic_bounds};
use super::{codec, member};
use crate::model::{Field, Store, Subject, TaggedVariant, VariantShape};

pub(super) fn tagged(subject: &Subject, tag: &str, variants: &[TaggedVariant]) -> TokenStream {
    let fields: Vec<&Field> = variants.iter().flat_map(fields).collect();
    let fields = fields.iter().copied();
    let ident = &subject.ident;
    let generics = Parameters::new(&subject.generics);
    let (declared, arguments) = (generics.declared(), &generics.arguments);
    let bounds = generics.with_bounds(&generic_bounds(subject, fields.clone(), encode_bound));
    let types = variants.iter().map(types).collect();
    let decoded = Decoded::new(subject, &types);
    let decode_bounds = generic_bounds(subject, fields.clone(), |field| decode_bound(field, &decoded));
    let (implemented, de) = (decoded.implemented(), &decoded.de);
    let (decoded_arguments, decoded_bounds) = (&decoded.with_de.arguments, decoded.with_de.with_bounds(&decode_bounds));
    let encode = variants.iter().map(|variant| encode(variant, &member(tag)));
    let decode = variants.iter().map(|variant| decode(variant, tag, &decoded));
    let names = variants.iter().map(|variant| &variant.name);
    let features = features(fields.clone(), &subject.runtime);
    let attribute = attribute(subject, fields);
    quote! {
        #features
        #[automatically_derived]
        impl #declared __rt::ToItem for #ident #arguments #bounds {
            fn encode_item(&self, __o: &mut __rt::Encoder) {
                match self { #(#encode)* }
            }
        }
        #[automatically_derived]
        impl #implemented __rt::FromItem<#de> for #ident #decoded_arguments #decoded_bounds {
            fn decode_item(__i: &mut __rt::Cursor<#de>) -> __rt::DecodeResult<Self> {
                match &*__i.tag(#tag)? {
                    #(#decode)*
                    _ => __rt::Err(__i.unknown_variant(&[#(#names),*])),
                }
            }
        }
        #attribute
    }
}

fn fields(variant: &TaggedVariant) -> &[Field] {
    match &variant.shape {
        VariantShape::Fields(fields) => fields,
        VariantShape::Unit => &[],
    }
}

fn types(variant: &TaggedVariant) -> TokenStream {
    match &variant.shape {
        VariantShape::Unit => TokenStream::new(),
        VariantShape::Fields(fields) => super::generics::types_of(fields),
    }
}

fn encode(variant: &TaggedVariant, tag: &str) -> TokenStream {
    let (ident, name) = (&variant.ident, &variant.name);
    let write_tag = quote!(__o.attribute(#tag, #name););
    match &variant.shape {
        VariantShape::Unit => quote!(Self::#ident => { #write_tag }),
        VariantShape::Fields(fields) => {
            let written = || fields.iter().filter(|field| !matches!(field.store, Store::Skip));
            let bindings = written().zip(0_usize..).map(|(field, number)| {
                let (ident, binding) = (&field.ident, quote::format_ident!("f{number}"));
                quote!(#ident: #binding)
            });
            let encode = written().zip(0_usize..).map(|(field, number)| {
                let binding = quote::format_ident!("f{number}", span = field.type_span());
                codec::encode([field], |field| quote_spanned!(field.type_span()=> #binding))
            });
            quote!(Self::#ident { #(#bindings,)* .. } => { #write_tag #(#encode)* })
        }
    }
}

fn decode(variant: &TaggedVariant, tag: &str, decoded: &Decoded) -> TokenStream {
    let (ident, name) = (&variant.ident, &variant.name);
    match &variant.shape {
        VariantShape::Unit => quote!(#name => { __i.skip()?; __rt::Ok(Self::#ident) }),
        VariantShape::Fields(fields) => {
            let others = codec::Others { keys: &[], known: Some(quote!(#tag)) };
            let body = codec::decode(fields, &quote!(Self::#ident), &others, decoded);
            quote!(#name => { #body })
        }
    }
}
