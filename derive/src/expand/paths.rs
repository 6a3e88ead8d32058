//! One path for each attribute: what the closures of expressions receive.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::ext::IdentExt;

use super::generics::{Parameters, types_of};
use super::{behaviour, docs};
use crate::model::tokens::{associated, fresh};
use crate::model::{Document, Field, Store, Subject, Table};

/// `pub struct SparklePaths<R> { pub total: KeyPath<Sparkle, u64, 3, R>, pub note: Path<Sparkle, String> }`
pub(super) fn table(table: &Table) -> TokenStream {
    let (subject, paths) = (&table.subject, &table.paths_type);
    let (vis, runtime, ident) = (&subject.vis, &subject.runtime, &subject.ident);
    let role = fresh("R", &types_of(&table.fields));
    let generics = Parameters::new(&subject.generics);
    let (parameters, arguments, bounds) = (&generics.parameters, &generics.arguments, generics.with_bounds(&[]));
    let doc = docs::paths(&ident.to_string());
    let marker = table_marker(table).map(|(declared, _)| declared);
    let groups = table.groups.iter().map(|group| {
        let (name, doc) = (&group.name, docs::group_path(group));
        let types = group.fields.iter().map(|field| &field.ty);
        quote!(#[doc = #doc] #vis #name: #runtime::__private::IndexKeyPath<#ident #arguments, (#(#types,)*)>)
    });
    let fields = table.stored().map(|field| {
        let (vis, name, doc) = (&field.vis, &field.ident, docs::path(field));
        let ty = stored_type(field, &quote!(#runtime::__private));
        let private = quote!(#runtime::__private);
        let own =
            |inner| behaviour::role(field, &private, inner).map(|role| quote!(Path<#ident #arguments, #ty, #role>));
        let path = match (field.key, table.group_of(field)) {
            (Some(key), _) => {
                let number = Literal::usize_unsuffixed(key.number);
                own(quote!(#private::KeyRole<#number, #role>))
                    .unwrap_or_else(|| quote!(KeyPath<#ident #arguments, #ty, #number, #role>))
            }
            (None, _) if field.feeds.primary => quote!(PrimaryPath<#ident #arguments, #ty>),
            (None, Some(group)) => {
                let number = Literal::usize_unsuffixed(group);
                quote!(FeedingPath<#ident #arguments, #ty, #number, #role>)
            }
            (None, None) => own(quote!(#private::Plain)).unwrap_or_else(|| quote!(Path<#ident #arguments, #ty>)),
        };
        quote!(#[doc = #doc] #vis #name: #runtime::__private::#path)
    });
    quote! {
        #[doc = #doc]
        #[allow(dead_code, deprecated, missing_debug_implementations, non_snake_case, private_interfaces)]
        #vis struct #paths<#parameters #role> #bounds { #(#fields,)* #(#groups,)* #marker }
    }
}

/// Uses the parameters of an entity's paths, where no path does: the key of a path has the role.
pub(super) fn table_marker(table: &Table) -> Option<(TokenStream, TokenStream)> {
    let has_role = |field: &Field| field.key.is_some() || (!field.feeds.primary && table.group_of(field).is_some());
    if table.stored().any(has_role) {
        return None;
    }
    let (runtime, role) = (&table.subject.runtime, fresh("R", &types_of(&table.fields)));
    let lifetimes = Parameters::new(&table.subject.generics).marker;
    let ty = quote!(#[doc(hidden)] __marker: #runtime::__private::PhantomData<(fn() -> #role, #lifetimes)>);
    Some((ty, quote!(__marker: __rt::PhantomData)))
}

/// The values of the members that set the keys of indexes.
pub(super) fn groups(table: &Table) -> TokenStream {
    let values = table.groups.iter().map(|group| {
        let (name, fields) = (&group.name, group.fields.iter().map(|field| field.ident.unraw().to_string()));
        quote!(#name: __rt::IndexKeyPath::new(&[#(#fields),*]))
    });
    quote!(#(#values,)*)
}

/// The values of the paths, inside `fn paths`.
pub(super) fn values<'f>(
    fields: impl IntoIterator<Item = &'f Field>,
    path: impl Fn(&str) -> TokenStream,
) -> TokenStream {
    let values = fields.into_iter().map(|field| {
        let (name, path) = (&field.ident, path(&field.attribute));
        quote!(#name: #path)
    });
    quote!(#(#values,)*)
}

/// `pub struct AddressPaths<E> { pub city: Path<E, String> }`, and the `Document` that gives it.
pub(super) fn document(document: &Document, fields: &[Field]) -> (TokenStream, TokenStream) {
    let (subject, paths) = (&document.subject, &document.paths_type);
    let Subject { vis, runtime, ident, generics, .. } = subject;
    let entity = fresh("E", &{
        let types = types_of(fields);
        quote!(#generics #types)
    });
    let own = Parameters::new(generics);
    let (parameters, arguments, bounds) = (&own.parameters, &own.arguments, own.with_bounds(&[]));
    let stored = || fields.iter().filter(|field| field.is_stored());
    let types = stored().map(|field| {
        let (vis, name, doc) = (&field.vis, &field.ident, docs::path(field));
        let ty = stored_type(field, &quote!(#runtime::__private));
        quote!(#[doc = #doc] #vis #name: #runtime::__private::Path<#entity, #ty>)
    });
    let needs_marker = own.marker.is_some() || stored().next().is_none();
    let (marker_type, marker_value) = if needs_marker {
        let marker = &own.marker;
        let marker = quote!(#runtime::__private::PhantomData<(fn() -> #entity, #marker)>);
        (quote!(#[doc(hidden)] __marker: #marker), quote!(__marker: __rt::PhantomData))
    } else {
        Default::default()
    };
    let doc = docs::paths(&ident.to_string());
    let values = values(stored(), |name| quote!(__rt::Path::inside(__base, #name)));
    let named: Vec<_> = arguments_of(generics);
    let declared = quote! {
        #[doc = #doc]
        #[allow(dead_code, deprecated, missing_debug_implementations, non_snake_case, private_interfaces)]
        #vis struct #paths<#parameters #entity> #bounds { #(#types,)* #marker_type }
    };
    // A document that keeps unknown attributes is read whole, so it names none.
    let keeps_all = fields.iter().any(|field| matches!(field.store, Store::Rest));
    let names =
        stored().filter(|_| !keeps_all).flat_map(|field| core::iter::once(&field.attribute).chain(&field.aliases));
    let base = if stored().next().is_some() { quote!(__base) } else { quote!(_) };
    let implemented = quote! {
        #[automatically_derived]
        impl<#parameters> __rt::Document for #ident #arguments #bounds {
            const ATTRIBUTES: &'static [&'static __rt::str] = &[#(#names),*];
            type Paths<#entity> = #paths<#(#named,)* #entity>;
            fn paths<#entity>(#base: &__rt::PathBase) -> Self::Paths<#entity> {
                #paths { #values #marker_value }
            }
        }
    };
    (declared, implemented)
}

/// The names of the parameters.
pub(super) fn arguments_of(generics: &syn::Generics) -> Vec<TokenStream> {
    generics
        .params
        .iter()
        .map(|parameter| match parameter {
            syn::GenericParam::Lifetime(parameter) => {
                let lifetime = &parameter.lifetime;
                quote!(#lifetime)
            }
            syn::GenericParam::Type(parameter) => {
                let ident = &parameter.ident;
                quote!(#ident)
            }
            syn::GenericParam::Const(parameter) => {
                let ident = &parameter.ident;
                quote!(#ident)
            }
        })
        .collect()
}

/// The type that expressions see: an adapter's stored type, or the field's own.
pub(super) fn stored_type(field: &Field, runtime: &TokenStream) -> TokenStream {
    let ty = &field.ty;
    match &field.store {
        Store::Adapter(adapter) => associated(adapter, &quote!(#runtime::AdaptField<#ty>), "Stored"),
        _ => quote!(#ty),
    }
}
