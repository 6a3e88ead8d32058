//! What the compiler knows about the table and its indexes as places to query.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};

use super::docs;
use super::generics::Parameters;
use super::place::Place;
use crate::attr::IndexWord;
use crate::model::{Group, Index, KeyPart, Projection, Table};

/// The marks of the table and of each index, and of the keys that an update may set.
pub(super) fn marks(table: &Table) -> TokenStream {
    let places = Place::all(table).map(|place| place.marks());
    let generics = Parameters::new(&table.subject.generics);
    let (declared, arguments, bounds) = (generics.declared(), &generics.arguments, generics.with_bounds(&[]));
    let entity = &table.subject.ident;
    let updatable = table.fields.iter().filter_map(|field| Some((field, field.key?))).filter(|(_, key)| !key.table);
    let updatable = updatable.map(|(field, key)| {
        let number = Literal::usize_unsuffixed(key.number);
        let part = (key.part == KeyPart::Sort).then(|| {
            quote!(
                const PART: __rt::KeyPart = __rt::KeyPart::Sort;
            )
        });
        match table.group_of(field) {
            Some(group) => alone(table, group, &quote!(IndexOnlyKey<#number>), part.as_ref()),
            None => quote!(impl #declared __rt::IndexOnlyKey<#number> for #entity #arguments #bounds { #part }),
        }
    });
    let groups = table.groups.iter().enumerate().map(|(number, group)| self::group(table, number, group));
    let of_indexes = table.indexes.iter().filter_map(|index| Some((&*index.name, index.reads.as_ref()?)));
    let of_patterns = table.access.iter().filter_map(|access| {
        let index = table.indexes.get(access.index?)?;
        Some((&*index.name, access.reads.as_ref()?))
    });
    let reads = of_indexes.chain(of_patterns).map(|(index, ty)| reads(table, index, ty));
    quote!(#(#places)* #(#updatable)* #(#groups)* #(#reads)*)
}

/// The message for a field of a group that is set by itself:
///
/// ```text
/// #[diagnostic::on_unimplemented(message = "…")]
/// pub trait __Alone0 {}
/// impl<'__a> SetAlone<0> for Message where &'__a (): __Alone0 {}
/// ```
///
/// The bound holds nowhere. It has a lifetime, because a bound without any parameter would be a mistake of its own.
fn group(table: &Table, number: usize, group: &Group) -> TokenStream {
    let (name, (message, label, note)) = (format_ident!("__Alone{number}"), docs::alone(group));
    let literal = Literal::usize_unsuffixed(number);
    let implemented = alone(table, number, &quote!(SetAlone<#literal>), None);
    quote! {
        #[diagnostic::on_unimplemented(message = #message, label = #label, note = #note)]
        pub trait #name {}
        #implemented
    }
}

fn alone(table: &Table, group: usize, mark: &TokenStream, inside: Option<&TokenStream>) -> TokenStream {
    let generics = Parameters::new(&table.subject.generics);
    let (parameters, arguments, own) = (&generics.parameters, &generics.arguments, &generics.bounds);
    let (entity, name) = (&table.subject.ident, format_ident!("__Alone{group}"));
    quote!(impl<'__a, #parameters> __rt::#mark for #entity #arguments where &'__a (): #name, #own { #inside })
}

/// `const _: () = <Sparkle as Entity>::TABLE.check_reads("by-team", <TeamEntry as Document>::ATTRIBUTES);`
fn reads(table: &Table, index: &str, ty: &syn::Type) -> TokenStream {
    let span = Span::call_site().located_at(syn::spanned::Spanned::span(ty));
    let entity = table.subject.of_static();
    quote_spanned!(span=>
        const _: () = <#entity as __rt::Entity>::TABLE.check_reads(#index, <#ty as __rt::Document>::ATTRIBUTES);
    )
}

impl Place<'_> {
    /// What the enum of the entity's table says about the index: `{ is_local::<Message>("by-recent") }`
    fn fact(&self, question: &str) -> TokenStream {
        let Some(Index { name, .. }) = self.index else { return quote!(true) };
        let (question, entity) = (format_ident!("{question}"), self.table.subject.of_static());
        quote!({ __rt::#question::<#entity>(#name) })
    }

    fn marks(&self) -> TokenStream {
        let generics = &self.generics;
        let (declared, arguments, bounds) = (generics.declared(), &generics.arguments, generics.with_bounds(&[]));
        let (itself, any, for_any) = (self.itself(), self.any(), self.declared(false));
        let entity = &self.table.subject.ident;
        let name = self.index.map(|Index { name, .. }| quote!(const NAME: __rt::IndexName = __rt::Some(#name);));
        let consistent = match self.index.map(|index| index.word) {
            Some(IndexWord::Global) => TokenStream::new(),
            None | Some(IndexWord::Local) => quote!(impl #declared __rt::ConsistentReads for #itself #bounds {}),
            Some(IndexWord::OfTable) => {
                let (fact, own) = (self.fact("is_local"), &generics.bounds);
                quote! {
                    #[diagnostic::do_not_recommend]
                    impl #declared __rt::ConsistentReads for #itself where for<'__a> __rt::Fact<'__a, #fact>: __rt::Holds, #own {}
                }
            }
        };
        let reads = match self.index {
            Some(Index { reads: Some(ty), .. }) => quote!(__rt::As<#ty>),
            Some(Index { word: IndexWord::OfTable, .. }) => {
                let fact = self.fact("is_whole");
                quote!(__rt::ReadsIf<#fact>)
            }
            Some(Index { projection: Projection::KeysOnly | Projection::Include(_), .. }) => quote!(__rt::Untyped),
            _ => quote!(__rt::Whole),
        };
        let keys = || self.partition.fields().iter().chain(self.sort.fields());
        let is_key = |ident: &Ident| keys().any(|key| key.ident == *ident);
        let fields = self.table.fields.iter().filter(|field| !is_key(&field.ident));
        let filters = fields.filter_map(|field| field.key).map(|key| {
            let number = Literal::usize_unsuffixed(key.number);
            quote!(impl #declared __rt::FilterOnKey<#number> for #itself #bounds {})
        });
        let index = self.itself_inside();
        quote! {
            impl #for_any __rt::DerivedQuery for #any #bounds {
                type Entity = #entity #arguments;
                #name
                type Reads = #reads;
                type Index = #index;
                fn into_query(self) -> __rt::Query<#entity #arguments, #index> { self.0 }
            }
            #consistent
            #(#filters)*
        }
    }
}
