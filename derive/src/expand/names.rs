//! An enum of names: a string as an attribute, and a part of keys.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use super::generics::{Decoded, Parameters};
use crate::model::{Subject, UnitVariant, VariantOrder};

/// The enum as an attribute and as a part of key templates.
pub(super) fn names(subject: &Subject, variants: &[UnitVariant], order: VariantOrder) -> TokenStream {
    let ident = &subject.ident;
    let generics = Parameters::new(&subject.generics);
    let (declared, arguments, bounds) = (generics.declared(), &generics.arguments, generics.with_bounds(&[]));
    let decoded = Decoded::new(subject, &TokenStream::new());
    let (implemented, de) = (decoded.implemented(), &decoded.de);
    let (decoded_arguments, decoded_bounds) = (&decoded.with_de.arguments, decoded.with_de.with_bounds(&[]));
    let (idents, names): (Vec<_>, Vec<_>) = variants.iter().map(|variant| (&variant.ident, &variant.name)).unzip();
    let segment = match order {
        VariantOrder::Names => by_name(),
        VariantOrder::Declared => by_number(subject, variants),
    };
    quote! {
        #[automatically_derived]
        impl #declared __rt::NamedVariant for #ident #arguments #bounds {
            const NAMES: &'static [&'static __rt::str] = &[#(#names),*];
            fn name(&self) -> &'static __rt::str {
                match self { #(Self::#idents => #names,)* }
            }
            fn named(__n: &__rt::str) -> __rt::Option<Self> {
                match __n {
                    #(#names => __rt::Some(Self::#idents),)*
                    _ => __rt::None,
                }
            }
        }
        #[automatically_derived]
        impl #declared __rt::ToAttribute for #ident #arguments #bounds {
            type Kind = __rt::kind::S;
            type ListKind = __rt::kind::L;
            fn encode(&self, __o: &mut __rt::Encoder) { __o.string(__rt::NamedVariant::name(self)); }
        }
        #[automatically_derived]
        impl #implemented __rt::FromAttribute<#de> for #ident #decoded_arguments #decoded_bounds {
            fn decode(__i: &mut __rt::Cursor<#de>) -> __rt::DecodeResult<Self> { __i.variant() }
        }
        #[automatically_derived]
        impl #declared __rt::KeySegment for #ident #arguments #bounds {
            #segment
        }
    }
}

/// In keys as in attributes: the name.
fn by_name() -> TokenStream {
    quote! {
        const FORM: __rt::SegmentForm = __rt::SegmentForm::Text;
        fn write_segment(&self, __o: &mut __rt::SegmentText) -> __rt::SegmentResult<()> { __o.variant(self) }
        fn parse_segment(__text: &__rt::str) -> __rt::SegmentResult<Self> { __rt::variant(__text) }
    }
}

/// In keys as digits; in raw templates by name.
fn by_number(subject: &Subject, variants: &[UnitVariant]) -> TokenStream {
    let idents: Vec<_> = variants.iter().map(|variant| &variant.ident).collect();
    // The place of a message about a discriminant is the enum.
    let place = Span::call_site().located_at(subject.ident.span());
    let form = quote_spanned!(place=> __rt::ordered_form(&[#(Self::#idents as __rt::i128),*]));
    quote! {
        const FORM: __rt::SegmentForm = #form;
        const RAW_FORM: __rt::SegmentForm = __rt::SegmentForm::Text;
        fn write_segment(&self, __o: &mut __rt::SegmentText) -> __rt::SegmentResult<()> {
            __o.ordinal(match self { #(Self::#idents => Self::#idents as __rt::i128,)* }, Self::FORM)
        }
        fn parse_segment(__text: &__rt::str) -> __rt::SegmentResult<Self> {
            __rt::ordinal(__text, [#((Self::#idents as __rt::i128, Self::#idents)),*])
        }
        fn write_raw(&self, __o: &mut __rt::SegmentText) -> __rt::SegmentResult<()> { __o.variant(self) }
        fn parse_raw(__text: &__rt::str) -> __rt::SegmentResult<Self> { __rt::variant(__text) }
    }
}
