//! The derived type with every question answered: `expand` looks nothing up and cannot fail.

mod access;
mod behaviour;
mod conflict;
mod document;
mod entities;
mod entity_index;
mod field;
mod given;
mod group;
mod home;
mod index;
mod index_key;
mod key;
mod name;
pub(crate) mod naming;
mod projection;
mod setting;
mod shard;
mod table;
mod table_key;
mod template;
mod template_text;
pub(crate) mod tokens;
pub(crate) mod unique;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{Attribute, DeriveInput, Expr, ExprLit, Generics, Lifetime, Lit, Meta, Path, Type, Visibility, parse_quote};

pub(crate) use access::{Access, GivenPart};
pub(crate) use behaviour::{Behaviour, Guard, Version};
pub(crate) use document::{Document, Shape, TaggedVariant, UnitVariant, VariantOrder, VariantShape};
pub(crate) use entities::{Entities, EntityVariant};
pub(crate) use entity_index::TableIndex;
pub(crate) use field::{Absence, Field, KeyPart, KeyRole, Stamp, Store};
pub(crate) use group::Group;
pub(crate) use home::{Belongs, Home};
pub(crate) use index::Index;
pub(crate) use key::{IndexKey, KeySide};
pub(crate) use projection::Projection;
pub(crate) use setting::{Billing, Capacity, Recovery, Settings};
pub(crate) use table::Table;
pub(crate) use template::{Format, Part, Segment, Template};
pub(crate) use template_text::placeholders;
pub(crate) use unique::Unique;

use crate::attr::Set;

/// The type that the derive stands on.
pub(crate) struct Subject {
    /// Where `tablewright` is found.
    pub(crate) runtime: Path,
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    pub(crate) generics: Generics,
    /// The first paragraph of its documentation.
    pub(crate) doc: String,
}

impl Subject {
    pub(crate) fn new(input: &DeriveInput, runtime: Option<&Set<Path>>) -> Self {
        Self {
            runtime: runtime.map_or_else(|| parse_quote!(::tablewright), |path| path.value.clone()),
            ident: input.ident.clone(),
            vis: input.vis.clone(),
            generics: input.generics.clone(),
            doc: first_paragraph(&input.attrs),
        }
    }

    /// The type with `'static` for each lifetime, for constants and for the registry.
    pub(crate) fn of_static(&self) -> TokenStream {
        let ident = &self.ident;
        let lifetimes: Vec<_> =
            self.generics.lifetimes().map(|_| Lifetime::new("'static", Span::call_site())).collect();
        if lifetimes.is_empty() { quote!(#ident) } else { quote!(#ident<#(#lifetimes),*>) }
    }

    /// The type as it is named inside its own declaration: `Self` in a field's type means this.
    fn self_type(&self) -> Type {
        let (ident, (_, generics, _)) = (&self.ident, self.generics.split_for_impl());
        parse_quote!(#ident #generics)
    }
}

/// The lines of documentation up to the first empty one.
pub(crate) fn first_paragraph(attributes: &[Attribute]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("doc")) {
        let Meta::NameValue(meta) = &attribute.meta else { continue };
        let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &meta.value else { continue };
        for line in text.value().lines().chain(text.value().is_empty().then_some("")) {
            match line.trim() {
                "" if lines.is_empty() => {}
                "" => return lines.join(" "),
                line => lines.push(line.to_owned()),
            }
        }
    }
    lines.join(" ")
}
