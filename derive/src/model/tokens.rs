//! Looking at and replacing words in the tokens of types.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::{GenericArgument, PathArguments, Type};

/// The tokens with `Self` replaced.
pub(crate) fn replace_self(tokens: impl ToTokens, by: &Type) -> TokenStream {
    replace(tokens.to_token_stream(), &|word| (word == "Self").then(|| by.to_token_stream()))
}

/// The tokens with each of these lifetimes replaced by one other. Names are without the apostrophe.
pub(crate) fn replace_lifetimes(tokens: TokenStream, lifetimes: &[String], by: &Ident) -> TokenStream {
    let mut replaced = TokenStream::new();
    let mut after_apostrophe = false;
    for token in tokens {
        let apostrophe = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '\'');
        match token {
            TokenTree::Ident(word) if after_apostrophe && lifetimes.iter().any(|lifetime| word == lifetime) => {
                replaced.extend([TokenTree::Ident(Ident::new(&by.to_string(), word.span()))]);
            }
            TokenTree::Group(group) => {
                let inner = replace_lifetimes(group.stream(), lifetimes, by);
                replaced.extend([TokenTree::Group(regroup(&group, inner))]);
            }
            token => replaced.extend([token]),
        }
        after_apostrophe = apostrophe;
    }
    replaced
}

/// The tokens as if they stood at that place.
pub(crate) fn at(tokens: TokenStream, span: Span) -> TokenStream {
    tokens
        .into_iter()
        .map(|mut token| {
            if let TokenTree::Group(group) = &token {
                token = TokenTree::Group(regroup(group, at(group.stream(), span)));
            }
            token.set_span(span);
            token
        })
        .collect()
}

fn replace(tokens: TokenStream, by: &dyn Fn(&Ident) -> Option<TokenStream>) -> TokenStream {
    tokens
        .into_iter()
        .map(|token| match token {
            TokenTree::Ident(word) => by(&word).unwrap_or_else(|| word.into_token_stream()),
            TokenTree::Group(group) => regroup(&group, replace(group.stream(), by)).into_token_stream(),
            token => token.into_token_stream(),
        })
        .collect()
}

fn regroup(group: &Group, stream: TokenStream) -> Group {
    let mut regrouped = Group::new(group.delimiter(), stream);
    regrouped.set_span(group.span());
    regrouped
}

/// True if one of the words is among the tokens.
pub(crate) fn mentions(tokens: TokenStream, words: &dyn Fn(&Ident) -> bool) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(word) => words(&word),
        TokenTree::Group(group) => mentions(group.stream(), words),
        _ => false,
    })
}

/// A name that none of the tokens contain: the wanted one, or that with underscores after it.
pub(crate) fn fresh(wanted: &str, tokens: &TokenStream) -> Ident {
    let mut name = wanted.to_owned();
    while mentions(tokens.clone(), &|word| *word == name) {
        name.push('_');
    }
    Ident::new(&name, Span::call_site())
}

/// The type inside of an `Option<…>`. This is the one judgement by a type's name.
pub(crate) fn inside_option(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|segment| segment.ident == "Option")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first() {
        Some(GenericArgument::Type(inner)) if arguments.args.len() == 1 => Some(inner),
        _ => None,
    }
}

/// The item of a trait for a type, `<u64 as ToAttribute>::Kind`, as if the whole stood where the type is written.
///
/// A type without the trait is then reported there, and at the same place as by any other code that names both.
pub(crate) fn associated(ty: &impl ToTokens, implemented: &TokenStream, item: &str) -> TokenStream {
    let tokens: Vec<TokenTree> = ty.to_token_stream().into_iter().collect();
    let span = |token: Option<&TokenTree>| token.map_or_else(Span::call_site, TokenTree::span);
    let (first, last) = (span(tokens.first()), span(tokens.last()));
    let (open, item) = (quote_spanned!(first=> <), Ident::new(item, last));
    quote!(#open #ty as #implemented>::#item)
}
