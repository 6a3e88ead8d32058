//! The key builder, and one query type for the table and for each index.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::generics::Parameters;
use super::place::Place;
use super::{access, docs, key};
use crate::model::{IndexKey, Table};

/// `pub struct SparkleQuery(Query<Sparkle, SparkleQuery>);` and those of the indexes.
pub(super) fn types(table: &Table) -> TokenStream {
    Place::all(table).map(|place| place.type_()).collect()
}

/// `key`, `query` and `query_…` of the entity, and the sort keys of the query types.
pub(super) fn methods(table: &Table) -> TokenStream {
    let entity = &table.subject.ident;
    let generics = Parameters::new(&table.subject.generics);
    let (declared, arguments, bounds) = (generics.declared(), &generics.arguments, generics.with_bounds(&[]));
    let key = key::method(table);
    let starts = Place::all(table).map(|place| place.start());
    let patterns = access::methods(table);
    let sorts = Place::all(table).map(|place| place.sort_keys());
    quote! {
        impl #declared #entity #arguments #bounds {
            #key
            #(#starts)*
            #patterns
        }
        #(#sorts)*
    }
}

impl Place<'_> {
    /// `pub struct SparkleQuery(Query<Sparkle, SparkleQuery>);`, with the number of fixed parts where it has parts.
    fn type_(&self) -> TokenStream {
        let (vis, runtime, entity) = (&self.table.subject.vis, &self.table.subject.runtime, &self.table.subject.ident);
        let (query, itself, doc) = (self.query, self.itself(), self.type_doc());
        let (arguments, bounds) = (&self.generics.arguments, self.generics.with_bounds(&[]));
        let declared = self.declared(true);
        quote! {
            #[doc = #doc]
            #[must_use = "it is for `db.query(…)`"]
            #[allow(dead_code, missing_debug_implementations)]
            #vis struct #query #declared (#runtime::__private::Query<#entity #arguments, #itself>) #bounds;
        }
    }

    /// `pub fn query(server: impl Operand<u64>) -> SparkleQuery { SparkleQuery(Query::partition::<u64>("server", &server)) }`
    fn start(&self) -> TokenStream {
        let (vis, query) = (&self.table.subject.vis, self.query);
        let (method, itself, doc) = (self.method(), self.itself(), self.method_doc());
        let parameters = self
            .partition
            .iter()
            .map(|IndexKey { ident, value_type, .. }| quote!(#ident: impl __rt::Operand<#value_type>));
        let equal = self.partition.iter().enumerate().map(|(place, IndexKey { ident, attribute, value_type, .. })| {
            let call = if place == 0 { quote!(__rt::Query::partition) } else { quote!(.and_partition) };
            quote!(#call::<#value_type>(#attribute, &#ident))
        });
        if let Some(template) = self.partition_side().template() {
            let parameters = template.parts().map(|part| {
                let (ident, ty) = (&part.key.ident, &part.key.value_type);
                quote!(#ident: impl __rt::SegmentOperand<#ty>)
            });
            let (name, values) = (self.partition_name(), key::operands(template));
            let template = key::name(template);
            return quote! {
                #[doc = #doc]
                #vis fn #method(#(#parameters),*) -> #itself {
                    #query(__rt::Query::text_partition(#name, &#template, &[#values]))
                }
            };
        }
        quote! {
            #[doc = #doc]
            #vis fn #method(#(#parameters),*) -> #itself {
                #query(#(#equal)*)
            }
        }
    }

    /// The methods of the sort key's attributes.
    fn sort_keys(&self) -> TokenStream {
        match self.sort {
            [] => TokenStream::new(),
            [only] => {
                let (method, attribute, ty) = (&only.ident, &only.attribute, &only.value_type);
                let call = quote!(__rt::Query::sort_key::<#ty>(self.0, #attribute));
                self.sort_key(method, attribute, ty, None, &call)
            }
            several => {
                let parts = several.iter().enumerate().map(|(place, key)| self.part(place, key));
                quote!(#(#parts)*)
            }
        }
    }

    /// `pub fn handle(self) -> SortKey<Sparkle, SparkleQuery, String> { Query::sort_key::<String>(self.0, "handle") }`
    fn sort_key(
        &self,
        method: &Ident,
        attribute: &str,
        ty: &syn::Type,
        next: Option<(&TokenStream, &Ident)>,
        call: &TokenStream,
    ) -> TokenStream {
        let (vis, entity) = (&self.table.subject.vis, &self.table.subject.ident);
        let (arguments, itself, any) = (&self.generics.arguments, self.itself(), self.any());
        let (declared, bounds) = (self.declared(false), self.generics.with_bounds(&[]));
        let doc = docs::sort_key(attribute);
        let (next, at) = match next {
            Some((next, at)) => (quote!(, #next), quote!(where Self: #at)),
            None => Default::default(),
        };
        quote! {
            impl #declared #any #bounds {
                #[doc = #doc]
                #vis fn #method(self) -> __rt::SortKey<#entity #arguments, #itself, #ty #next> #at { #call }
            }
        }
    }

    /// One of several sort-key attributes, which can be asked for when those before it are fixed, and only then:
    ///
    /// ```text
    /// #[diagnostic::on_unimplemented(message = "`placed` comes after `status` …")]
    /// pub trait __ByStatusPart1 {}
    /// impl __ByStatusPart1 for OrderByStatusQuery<1> {}
    /// impl<const PARTS: usize> OrderByStatusQuery<PARTS> {
    ///     pub fn placed(self) -> SortKey<…, OrderByStatusQuery<2>> where Self: __ByStatusPart1 { … }
    /// }
    /// ```
    fn part(&self, place: usize, key: &IndexKey) -> TokenStream {
        let (method, attribute, ty) = (&key.ident, &key.attribute, &key.value_type);
        let (here, next) = (Literal::usize_unsuffixed(place), Literal::usize_unsuffixed(place + 1));
        let (here, entity) = (self.with(&quote!(#here)), &self.table.subject.ident);
        let is_last = place + 1 == self.sort.len();
        let (next, call) = if is_last {
            let (arguments, itself) = (&self.generics.arguments, self.itself());
            (quote!(__rt::Query<#entity #arguments, #itself>), quote!(__rt::Query::sort_key::<#ty>(self.0, #attribute)))
        } else {
            let next = self.with(&quote!(#next));
            (next.clone(), quote!(__rt::Query::sort_key_then::<#ty, _>(self.0, #attribute, #next)))
        };
        let at = format_ident!("__{}Part{}", self.query, place);
        let names: Vec<String> = self.sort.iter().map(|key| key.ident.to_string()).collect();
        let (message, label, note) = docs::out_of_order(&names, place);
        let (declared, bounds) = (self.generics.declared(), self.generics.with_bounds(&[]));
        let method = self.sort_key(method, attribute, ty, Some((&next, &at)), &call);
        quote! {
            #[diagnostic::on_unimplemented(message = #message, label = #label, note = #note)]
            pub trait #at {}
            impl #declared #at for #here #bounds {}
            #method
        }
    }
}
