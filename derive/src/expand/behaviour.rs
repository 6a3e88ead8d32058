//! Versions, guarded attributes, and ids that are made.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};

use super::generics::Parameters;
use crate::attr::IdFormat;
use crate::model::tokens::mentions;
use crate::model::{Field, Guard, Table, Version};

/// `const __VERSION: &VersionSchema = &VersionSchema::new("version", "version_writes", 8);`
pub(super) fn version(table: &Table) -> Option<TokenStream> {
    let (field, version) = version_of(table)?;
    let (name, Version { ring, ring_attribute, starts_at, global_tables }) = (&field.attribute, version);
    let ring = proc_macro2::Literal::u8_unsuffixed(*ring);
    let first = starts_at.map(|first| {
        let first = proc_macro2::Literal::u64_unsuffixed(first);
        quote!(.starting_at(#first))
    });
    let global = global_tables.then(|| quote!(.in_global_tables()));
    let check = starts_at.is_none().then(|| {
        let (ty, span) = (&field.ty, field.type_span());
        let greatest = quote!(<#ty as __rt::VersionField>::GREATEST);
        quote_spanned!(span=> const _: () = __rt::counts_microseconds(#greatest);)
    });
    Some(quote! {
        const __VERSION: &__rt::VersionSchema = &__rt::VersionSchema::new(#name, #ring_attribute, #ring) #first #global;
        #check
    })
}

/// What the entity's schema says about versions and guarded attributes.
pub(super) fn schema(table: &Table) -> TokenStream {
    let version = version_of(table).map(|_| quote!(.with_version(__VERSION)));
    let guards: Vec<TokenStream> = guarded(table)
        .map(|(field, guard)| {
            let name = &field.attribute;
            let guard = match guard {
                Guard::Once => quote!(WriteOnce),
                Guard::Counter => quote!(Counter),
            };
            quote!(__rt::GuardSchema::new(#name, __rt::Guard::#guard))
        })
        .collect();
    let guards = (!guards.is_empty()).then(|| quote!(.with_guards(&[#(#guards),*])));
    quote!(#version #guards)
}

/// What may be done with the entity: writes without conditions, or writes of versions.
pub(super) fn marks(table: &Table) -> TokenStream {
    let generics = Parameters::new(&table.subject.generics);
    let (declared, arguments, bounds) = (generics.declared(), &generics.arguments, generics.with_bounds(&[]));
    let ident = &table.subject.ident;
    let implement = |mark: TokenStream| quote!(impl #declared __rt::#mark for #ident #arguments #bounds {});
    let version = version_of(table).map(|_| implement(quote!(Versioned)));
    let is_plain = version.is_none() && table.unique.is_empty() && guarded(table).next().is_none();
    let batch = is_plain.then(|| implement(quote!(BatchWritable)));
    quote!(#version #batch)
}

/// `let __id = <Uuid as IdField<UuidV7>>::given(&self.id, __o);` for code that writes it.
pub(super) fn id(table: &Table, code: &impl ToTokens) -> Option<TokenStream> {
    let (field, format) = table.fields.iter().find_map(|field| Some((field, field.behaviour.id?)))?;
    if !mentions(code.to_token_stream(), &|word| word == "__id") {
        return None;
    }
    let (ident, ty) = (&field.ident, &field.ty);
    let format = match format {
        IdFormat::UuidV7 => quote!(UuidV7),
        IdFormat::Ulid => quote!(Ulid),
    };
    Some(quote!(let __id = <#ty as __rt::IdField<__rt::#format>>::given(&self.#ident, __o);))
}

/// The pattern of attributes that are not kept by a `rest` field, with that of the ids of writes.
pub(super) fn with_writes(table: &Table, made: Option<TokenStream>) -> Option<TokenStream> {
    let Some((_, Version { ring_attribute, .. })) = version_of(table) else { return made };
    Some(match made {
        None => quote!(#ring_attribute),
        Some(made) => quote!(#ring_attribute => __i.skip(), #made),
    })
}

/// The role of an attribute that does something by itself; `inner` is its role without that.
pub(super) fn role(field: &Field, runtime: &TokenStream, inner: TokenStream) -> Option<TokenStream> {
    Some(match (&field.behaviour.version, field.behaviour.guard) {
        (Some(_), _) => quote!(#runtime::VersionNumber),
        (None, Some(Guard::Once)) => quote!(#runtime::WriteOnce<#inner>),
        (None, Some(Guard::Counter)) => quote!(#runtime::Counter<#inner>),
        (None, None) => return None,
    })
}

fn version_of(table: &Table) -> Option<(&Field, &Version)> {
    table.fields.iter().find_map(|field| Some((field, field.behaviour.version.as_ref()?)))
}

fn guarded(table: &Table) -> impl Iterator<Item = (&Field, Guard)> {
    table.fields.iter().filter_map(|field| Some((field, field.behaviour.guard?)))
}
