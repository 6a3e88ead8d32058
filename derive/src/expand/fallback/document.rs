//! What is written for an attribute type after a mistake in it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{Data, DeriveInput, Fields};

use super::{fields, items, paths, types};
use crate::attr::DocumentAttrs;
use crate::expand::generics::Parameters;
use crate::expand::paths::arguments_of;
use crate::expand::wrapped;
use crate::model::Subject;
use crate::model::tokens::fresh;

/// Instead of an attribute type.
pub(crate) fn document(input: &DeriveInput, attrs: &DocumentAttrs) -> TokenStream {
    let subject = Subject::new(input, attrs.runtime.as_ref());
    let ident = &subject.ident;
    let generics = Parameters::new(&subject.generics);
    let (declared, arguments, bounds) = (generics.declared(), &generics.arguments, generics.with_bounds(&[]));
    let (parameters, fields) = (&generics.parameters, fields(input));
    let (paths_type, paths) = paths(&subject, &fields, None);
    let entity = fresh("E", &types(&fields));
    let named = arguments_of(&subject.generics);
    let kind = match &input.data {
        Data::Enum(_) if attrs.tag.is_none() => "S",
        Data::Struct(data) if !matches!(data.fields, Fields::Named(_)) => "S",
        _ => "M",
    };
    let items = items(&subject);
    let is_map = kind == "M";
    let kind = Ident::new(kind, Span::call_site());
    let segment = (!is_map).then(|| {
        quote! {
            impl #declared __rt::KeySegment for #ident #arguments #bounds {
                const FORM: __rt::SegmentForm = __rt::SegmentForm::Text;
                fn write_segment(&self, _: &mut __rt::SegmentText) -> __rt::SegmentResult<()> { loop {} }
                fn parse_segment(_: &__rt::str) -> __rt::SegmentResult<Self> { loop {} }
            }
        }
    });
    let code = wrapped(
        &subject,
        quote! {
            #items
            #segment
            impl #declared __rt::ToAttribute for #ident #arguments #bounds {
                type Kind = __rt::kind::#kind;
                type ListKind = __rt::kind::L;
                fn encode(&self, _: &mut __rt::Encoder) {}
            }
            impl<'__de, #parameters> __rt::FromAttribute<'__de> for #ident #arguments #bounds {
                fn decode(_: &mut __rt::Cursor<'__de>) -> __rt::DecodeResult<Self> { loop {} }
            }
            impl #declared __rt::Document for #ident #arguments #bounds {
                const ATTRIBUTES: &'static [&'static __rt::str] = &[];
                type Paths<#entity> = #paths_type<#(#named,)* #entity>;
                fn paths<#entity>(_: &__rt::PathBase) -> Self::Paths<#entity> { loop {} }
            }
        },
    );
    quote!(#paths #code)
}
