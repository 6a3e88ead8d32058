//! The methods of access patterns, and what the schema says about them.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use syn::ext::IdentExt;

use super::docs;
use super::place::Place;
use crate::model::{Access, GivenPart, Table};

/// `pub fn recent(user: impl Operand<u64>, since: impl Operand<EpochSeconds>) -> AccessPattern<…> { … }`
pub(super) fn methods(table: &Table) -> TokenStream {
    table.access.iter().filter_map(|access| method(table, access)).collect()
}

/// `.with_access(&[AccessPatternSchema::new("recent", Some("by-recent"), &["user"]).with_doc("…")])`
pub(super) fn schema(table: &Table) -> Option<TokenStream> {
    let patterns = table.access.iter().map(|access| pattern(table, access));
    (!table.access.is_empty()).then(|| quote!(.with_access(&[#(#patterns),*])))
}

fn method(table: &Table, access: &Access) -> Option<TokenStream> {
    let place = Place::all(table).nth(access.index.map_or(0, |index| index + 1))?;
    let (vis, entity, name) = (&table.subject.vis, &table.subject.ident, &access.name);
    let (arguments, itself, start) = (&place.generics.arguments, place.itself(), place.method());
    let mut parts: Vec<_> = access.partition.iter().chain(&access.sort).filter(|part| part.value.is_none()).collect();
    parts.sort_by_key(|part| part.position);
    let parameters = parts.into_iter().map(|part| {
        let (name, ty) = (&part.key.ident, &part.key.value_type);
        let in_partition = place.partition.parts().iter().any(|key| key.ident == part.key.ident);
        let bounds = place.bounds(name, ty, if in_partition { place.partition } else { place.sort });
        quote!(#name: impl #bounds)
    });
    let (bounds, range) = match &access.range {
        Some(range) => {
            let (field, ty, names) = (&range.field, &range.key.value_type, &range.parameters);
            let operator = syn::Ident::new(range.operator.names().1, field.span());
            let operand =
                format_ident!("{}", if place.sort.template().is_some() { "SegmentOperand" } else { "Operand" });
            (quote!(#(#names: impl __rt::#operand<#ty>),*), quote!(.#field().#operator(#(#names),*)))
        }
        None => Default::default(),
    };
    let partition = access.partition.iter().map(value);
    let sort = access.sort.iter().map(|part| {
        let (field, value) = (&part.field, value(part));
        quote!(.#field().eq(#value))
    });
    let reads = match &access.reads {
        Some(ty) => quote!(__rt::As<#ty>),
        None => quote!(<#itself as __rt::Index<Self>>::Reads),
    };
    let descending = access.descending.then(|| quote!(.descending()));
    let take = access.take.map(|items| {
        let items = Literal::usize_unsuffixed(items);
        quote!(.take(#items))
    });
    let read_as = access.reads.as_ref().map(|ty| quote!(.read_as::<#ty>()));
    let doc = docs::access(access);
    Some(quote! {
        #[doc = #doc]
        #vis fn #name(#(#parameters,)* #bounds) -> __rt::AccessPattern<#entity #arguments, #itself, #reads> {
            __rt::AccessPattern::new(Self::#start(#(#partition),*) #(#sort)* #range) #descending #take #read_as
        }
    })
}

/// The parameter, or the value.
fn value(part: &GivenPart) -> TokenStream {
    match &part.value {
        Some(value) => value.clone(),
        None => {
            let name = &part.key.ident;
            quote!(#name)
        }
    }
}

fn pattern(table: &Table, access: &Access) -> TokenStream {
    let name = access.name.unraw().to_string();
    let index = match access.index.and_then(|index| table.indexes.get(index)) {
        Some(index) => {
            let name = &index.name;
            quote!(__rt::Some(#name))
        }
        None => quote!(__rt::None),
    };
    let names = |parts: &[GivenPart]| parts.iter().map(|part| part.key.ident.unraw().to_string()).collect::<Vec<_>>();
    let (partition, sort) = (names(&access.partition), names(&access.sort));
    let doc = (!access.doc.is_empty()).then(|| {
        let doc = &access.doc;
        quote!(.with_doc(#doc))
    });
    let fixed = (!sort.is_empty()).then(|| quote!(.with_fixed(&[#(#sort),*])));
    let range = access.range.as_ref().map(|range| {
        let (field, operator) = (range.key.ident.unraw().to_string(), range.operator.names().0);
        quote!(.with_range(#field, #operator))
    });
    let descending = access.descending.then(|| quote!(.with_descending()));
    let take = access.take.map(|items| {
        let items = Literal::usize_unsuffixed(items);
        quote!(.with_take(#items))
    });
    let constants: Vec<_> = access
        .partition
        .iter()
        .chain(&access.sort)
        .filter_map(|part| {
            let (field, value) = (part.key.ident.unraw().to_string(), part.value.as_ref()?.to_string());
            Some(quote!((#field, #value)))
        })
        .collect();
    let constants = (!constants.is_empty()).then(|| quote!(.with_constants(&[#(#constants),*])));
    let attributes = access.reads.as_ref().map(|ty| quote!(.with_attributes(<#ty as __rt::Document>::ATTRIBUTES)));
    quote! {
        __rt::AccessPatternSchema::new(#name, #index, &[#(#partition),*])
            #doc #fixed #range #descending #take #constants #attributes
    }
}
