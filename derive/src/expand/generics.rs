//! The parameters of a type, for its `impl` blocks.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::{GenericParam, Generics, Lifetime};

use crate::model::tokens::{fresh, mentions, replace_lifetimes};
use crate::model::{Field, Store, Subject};

/// How a type is named in an `impl`: `impl<#parameters> Trait for Type<#arguments> where #bounds`.
pub(super) struct Parameters {
    pub(super) parameters: TokenStream,
    pub(super) arguments: TokenStream,
    pub(super) bounds: TokenStream,
    /// Uses every parameter, for types that would not otherwise.
    pub(super) marker: Option<TokenStream>,
}

/// The parameters of a type that is read from a response.
///
/// Every lifetime of the type is the response's, so that it can borrow from it.
pub(super) struct Decoded {
    pub(super) de: Lifetime,
    pub(super) with_de: Parameters,
    lifetimes: Vec<String>,
    de_name: Ident,
}

impl Parameters {
    pub(super) fn new(generics: &Generics) -> Self {
        let parameters = generics.params.iter().map(without_default);
        let arguments = generics.params.iter().map(|parameter| match parameter {
            GenericParam::Lifetime(parameter) => parameter.lifetime.to_token_stream(),
            GenericParam::Type(parameter) => parameter.ident.to_token_stream(),
            GenericParam::Const(parameter) => parameter.ident.to_token_stream(),
        });
        Self {
            parameters: quote!(#(#parameters,)*),
            arguments: if generics.params.is_empty() { TokenStream::new() } else { quote!(<#(#arguments),*>) },
            bounds: bounds(generics),
            marker: marker(generics),
        }
    }

    /// `where …` with these bounds after the type's own.
    pub(super) fn with_bounds(&self, more: &[TokenStream]) -> TokenStream {
        let own = &self.bounds;
        if own.is_empty() && more.is_empty() { TokenStream::new() } else { quote!(where #own #(#more,)*) }
    }

    /// `<…>` around the parameters, or nothing.
    pub(super) fn declared(&self) -> TokenStream {
        let parameters = &self.parameters;
        if parameters.is_empty() { TokenStream::new() } else { quote!(<#parameters>) }
    }
}

impl Decoded {
    pub(super) fn new(subject: &Subject, types: &TokenStream) -> Self {
        let generics = &subject.generics;
        let de_name = fresh("de", &quote!(#generics #types));
        let de = Lifetime { apostrophe: de_name.span(), ident: de_name.clone() };
        let lifetimes: Vec<String> =
            generics.lifetimes().map(|parameter| parameter.lifetime.ident.unraw().to_string()).collect();
        let replaced = |tokens: TokenStream| replace_lifetimes(tokens, &lifetimes, &de_name);
        let others = generics.params.iter().filter(|parameter| !matches!(parameter, GenericParam::Lifetime(_)));
        let parameters = others.map(|parameter| replaced(without_default(parameter)));
        let plain = Parameters::new(generics);
        let with_de = Parameters {
            parameters: quote!(#de, #(#parameters,)*),
            arguments: replaced(plain.arguments),
            bounds: replaced(plain.bounds),
            marker: plain.marker.map(replaced),
        };
        Self { de, with_de, lifetimes, de_name }
    }

    /// Tokens of the type's declaration with its lifetimes replaced by the response's.
    pub(super) fn replaced(&self, tokens: impl ToTokens) -> TokenStream {
        let tokens = tokens.to_token_stream();
        if self.lifetimes.is_empty() { tokens } else { replace_lifetimes(tokens, &self.lifetimes, &self.de_name) }
    }

    /// `<'de, …>` with `'de` even where the type has no lifetime.
    pub(super) fn implemented(&self) -> TokenStream {
        self.with_de.declared()
    }
}

/// The types of the fields, to choose names that they do not use.
pub(super) fn types_of<'f>(fields: impl IntoIterator<Item = &'f Field>) -> TokenStream {
    fields
        .into_iter()
        .map(|field| {
            let ty = &field.ty;
            match &field.store {
                Store::Adapter(adapter) => quote!(#ty, #adapter,),
                _ => quote!(#ty,),
            }
        })
        .collect()
}

/// The bounds for the fields whose types mention a type parameter.
pub(super) fn generic_bounds<'f>(
    subject: &Subject,
    fields: impl IntoIterator<Item = &'f Field>,
    bound: impl Fn(&Field) -> Option<TokenStream>,
) -> Vec<TokenStream> {
    let parameters: Vec<&Ident> = subject.generics.type_params().map(|parameter| &parameter.ident).collect();
    if parameters.is_empty() {
        return Vec::new();
    }
    let generic = |field: &&Field| mentions(types_of([*field]), &|word| parameters.contains(&word));
    fields.into_iter().filter(generic).filter_map(bound).collect()
}

fn without_default(parameter: &GenericParam) -> TokenStream {
    match parameter {
        GenericParam::Lifetime(parameter) => {
            let (lifetime, colon, bounds) = (&parameter.lifetime, &parameter.colon_token, &parameter.bounds);
            quote!(#lifetime #colon #bounds)
        }
        GenericParam::Type(parameter) => {
            let (ident, colon, bounds) = (&parameter.ident, &parameter.colon_token, &parameter.bounds);
            quote!(#ident #colon #bounds)
        }
        GenericParam::Const(parameter) => {
            let (ident, ty) = (&parameter.ident, &parameter.ty);
            quote!(const #ident: #ty)
        }
    }
}

/// The predicates of the `where` clause, each with a comma after it.
fn bounds(generics: &Generics) -> TokenStream {
    let predicates = generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    quote!(#(#predicates,)*)
}

/// A tuple of pointers that mentions each lifetime and type.
fn marker(generics: &Generics) -> Option<TokenStream> {
    let mentioned: Vec<TokenStream> = generics
        .params
        .iter()
        .filter_map(|parameter| match parameter {
            GenericParam::Lifetime(parameter) => {
                let lifetime = &parameter.lifetime;
                Some(quote!(& #lifetime ()))
            }
            GenericParam::Type(parameter) => {
                let ident = &parameter.ident;
                Some(quote!(*const #ident))
            }
            GenericParam::Const(_) => None,
        })
        .collect();
    (!mentioned.is_empty()).then(|| quote!((#(#mentioned,)*)))
}
