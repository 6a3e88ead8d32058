//! The key builder, and one query type for the table and for each index.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::Type;
use syn::ext::IdentExt;

use super::generics::Parameters;
use super::place::Place;
use super::{access, docs, key};
use crate::model::{IndexKey, KeyPart, KeySide, Table, Template};

/// `pub struct SparkleQuery(Query<Sparkle, Self>);` and those of the indexes.
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
    /// `pub struct SparkleQuery(Query<Sparkle, Self>);`, with the number of fixed parts where it has parts.
    fn type_(&self) -> TokenStream {
        let (vis, runtime, entity) = (&self.table.subject.vis, &self.table.subject.runtime, &self.table.subject.ident);
        let (query, doc) = (self.query, self.type_doc());
        let itself = self.itself_inside();
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
        let parameters = self.partition.parts().into_iter().map(|IndexKey { ident, value_type, .. }| {
            let bounds = self.bounds(ident, value_type, self.partition);
            quote!(#ident: impl #bounds)
        });
        let (partition, sort) = match self.made_parts() {
            Some(values) => (quote!(__rt::Query::of_keys(&[#values])), None),
            None => (self.partition_condition(), self.sort_condition()),
        };
        quote! {
            #[doc = #doc]
            #vis fn #method(#(#parameters),*) -> #itself {
                #query(#partition #sort)
            }
        }
    }

    /// What a value for a part of that side can be: an operand of an attribute, of a part of a template, or of both.
    pub(super) fn bounds(&self, part: &Ident, ty: &Type, side: &KeySide) -> TokenStream {
        let mut templates = [self.partition, self.sort].into_iter().filter_map(KeySide::template);
        let segment = templates.any(|template| template.has(part));
        match (side.template().is_none(), segment) {
            (true, true) => quote!(__rt::Operand<#ty> + __rt::SegmentOperand<#ty>),
            (false, _) => quote!(__rt::SegmentOperand<#ty>),
            (true, false) => quote!(__rt::Operand<#ty>),
        }
    }

    /// The values that a caller gives, where templates make all of the key: the schema of the keys says the rest.
    fn made_parts(&self) -> Option<TokenStream> {
        let partition = match self.partition {
            KeySide::Template(template) => template,
            KeySide::Fields(_) | KeySide::Own(..) => return None,
        };
        let sorts = matches!(self.sort, KeySide::Template(_)) || self.sort.is_none();
        sorts.then(|| key::operands(partition.parts()))
    }

    fn partition_condition(&self) -> TokenStream {
        if let Some(template) = self.partition.template() {
            let (name, values, template) =
                (self.name(KeyPart::Partition), key::operands(template.parts()), key::name(template));
            return quote!(__rt::Query::text_partition(#name, &#template, &[#values]));
        }
        let fields = self.partition.fields().iter().enumerate();
        fields
            .map(|(place, IndexKey { ident, attribute, value_type, .. })| {
                let call = if place == 0 { quote!(__rt::Query::partition) } else { quote!(.and_partition) };
                quote!(#call::<#value_type>(#attribute, &#ident))
            })
            .collect()
    }

    /// `.text_sort("sk", &__T1, &[])`, with the parts that the partition key says.
    fn sort_condition(&self) -> Option<TokenStream> {
        let template = self.sort.template()?;
        let said = template.parts().filter(|part| !self.asked.iter().any(|asked| asked.ident == part.key.ident));
        let (name, values, template) = (self.name(KeyPart::Sort), key::operands(said), key::name(template));
        Some(quote!(.text_sort(#name, &#template, &[#values])))
    }

    /// The methods of the sort key or of its parts:
    ///
    /// ```text
    /// impl SparkleQuery { pub fn handle(self) -> SortKey<Sparkle, Self, String> { self.0.sort_key("handle") } }
    /// ```
    fn sort_keys(&self) -> TokenStream {
        if self.asked.is_empty() {
            return TokenStream::new();
        }
        let (declared, any, bounds) = (self.declared(false), self.any(), self.generics.with_bounds(&[]));
        let asked = || self.asked.iter().enumerate();
        let turns = asked().filter(|_| self.has_parts()).map(|(place, _)| self.turn(place));
        let methods = asked().map(|(place, key)| self.sort_key(place, key));
        quote! {
            #(#turns)*
            impl #declared #any #bounds { #(#methods)* }
        }
    }

    fn sort_key(&self, place: usize, key: &IndexKey) -> TokenStream {
        let (vis, entity) = (&self.table.subject.vis, &self.table.subject.ident);
        let (arguments, itself) = (&self.generics.arguments, self.itself_inside());
        let IndexKey { ident: method, attribute, value_type: ty, .. } = key;
        let next = (place + 1 < self.asked.len()).then(|| {
            let next = self.with(&Literal::usize_unsuffixed(place + 1).to_token_stream());
            quote!(, #next)
        });
        let field = method.unraw().to_string();
        let raw = |template: &Template| template.raw && !template.has_width(method);
        let (result, call, name) = match (self.sort.template(), &next) {
            (None, None) => ("SortKey", "sort_key", attribute),
            (None, Some(_)) => ("SortKey", "sort_key_then", attribute),
            (Some(_), None) => ("SortPart", "part", &field),
            (Some(template), Some(_)) if raw(template) => ("RawSortPart", "raw_part_then", &field),
            (Some(_), Some(_)) => ("SortPart", "part_then", &field),
        };
        let (result, call, doc) = (format_ident!("{result}"), format_ident!("{call}"), docs::sort_key(name));
        let turn = self.has_parts().then(|| {
            let turn = self.turn_name(place);
            quote!(where Self: #turn)
        });
        quote! {
            #[doc = #doc]
            #vis fn #method(self) -> __rt::#result<#entity #arguments, #itself, #ty #next> #turn {
                self.0.#call(#name #next)
            }
        }
    }

    /// One of several sort-key attributes can be asked for when those before it are fixed, and only then:
    ///
    /// ```text
    /// #[diagnostic::on_unimplemented(message = "`placed` comes after `status` …")]
    /// pub trait __OrderByStatusQueryPart1 {}
    /// impl __OrderByStatusQueryPart1 for OrderByStatusQuery<1> {}
    /// impl<const PARTS: usize> OrderByStatusQuery<PARTS> {
    ///     pub fn placed(self) -> SortKey<…, OrderByStatusQuery<2>> where Self: __OrderByStatusQueryPart1 { … }
    /// }
    /// ```
    fn turn(&self, place: usize) -> TokenStream {
        let here = self.with(&Literal::usize_unsuffixed(place).to_token_stream());
        let names: Vec<String> = self.asked.iter().map(|key| key.ident.unraw().to_string()).collect();
        let text = self.sort.template().map(|template| template.text.value());
        let (message, label, note) = docs::out_of_order(&names, place, text.as_deref());
        let (declared, bounds, turn) =
            (self.generics.declared(), self.generics.with_bounds(&[]), self.turn_name(place));
        quote! {
            #[diagnostic::on_unimplemented(message = #message, label = #label, note = #note)]
            pub trait #turn {}
            impl #declared #turn for #here #bounds {}
        }
    }

    fn turn_name(&self, place: usize) -> Ident {
        format_ident!("__{}Part{}", self.query, place)
    }
}
