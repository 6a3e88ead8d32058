//! The grammar of `#[dynamo(…)]`: a list of `word`, `word = value` and `word(list)`.
//!
//! A mistake in one entry does not hide the entries after it: the tokens are cut at the commas first.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Attribute, Lit, LitStr, Meta};

use crate::errors::Errors;

/// One entry of an attribute's list.
pub(crate) struct Entry {
    pub(crate) key: Key,
    pub(crate) value: Value,
}

/// What an entry starts with.
#[derive(Clone)]
pub(crate) enum Key {
    Word(Ident),
    Text(LitStr),
}

/// What follows the key.
pub(crate) enum Value {
    /// Nothing: `sort_key`.
    Nothing,
    /// `= …`, perhaps with nothing after the sign.
    Assigned(TokenStream),
    /// `(…)`.
    List(Group),
    /// Something else, which is reported already.
    Malformed,
}

/// The entries of all `#[dynamo(…)]` of a struct, field or variant.
pub(crate) fn entries(attributes: &[Attribute], errors: &mut Errors) -> Vec<Entry> {
    let mut entries = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("dynamo")) {
        match &attribute.meta {
            Meta::List(list) => entries.extend(Entry::list(list.tokens.clone(), errors)),
            meta => errors.at(meta, "`dynamo` takes a list: write `#[dynamo(…)]`"),
        }
    }
    entries
}

impl Entry {
    /// The entries of a list, without those that are no entries.
    pub(crate) fn list(tokens: TokenStream, errors: &mut Errors) -> Vec<Self> {
        split_at_commas(tokens).into_iter().filter_map(|tokens| Self::parse(tokens, errors)).collect()
    }

    fn parse(tokens: TokenStream, errors: &mut Errors) -> Option<Self> {
        let whole = tokens.clone();
        let mut tokens = tokens.into_iter();
        let key = match tokens.next() {
            Some(TokenTree::Ident(word)) => Key::Word(word),
            Some(TokenTree::Literal(literal)) => match Lit::new(literal) {
                Lit::Str(text) => Key::Text(text),
                other => {
                    errors.at(other, "expected a word or text in quotes");
                    return None;
                }
            },
            Some(other) => {
                errors.at(other, "expected a word, such as `rename`");
                return None;
            }
            None => {
                errors.at(whole, "expected a word between the commas");
                return None;
            }
        };
        let value = match tokens.next() {
            None => Value::Nothing,
            Some(TokenTree::Punct(punct)) if punct.as_char() == '=' => {
                return Some(Self { key, value: Value::Assigned(tokens.collect()) });
            }
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => Value::List(group),
            Some(other) => malformed(&key, &other, errors),
        };
        let value = match (value, tokens.next()) {
            (Value::Nothing | Value::List(_), Some(other)) => malformed(&key, &other, errors),
            (value, _) => value,
        };
        Some(Self { key, value })
    }

    /// The key as a user reads it.
    pub(crate) fn name(&self) -> String {
        match &self.key {
            Key::Word(word) => word.unraw().to_string(),
            Key::Text(text) => text.value(),
        }
    }
}

fn malformed(key: &Key, found: &TokenTree, errors: &mut Errors) -> Value {
    let name = key.to_token_stream();
    let message = match found {
        TokenTree::Literal(_) => format!("expected `=` before the value: `{name} = {found}`"),
        _ => format!("expected a comma after `{name}`"),
    };
    errors.at(found, message);
    Value::Malformed
}

impl ToTokens for Key {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Word(word) => word.to_tokens(tokens),
            Self::Text(text) => text.to_tokens(tokens),
        }
    }
}

/// Cuts at the commas that are in no bracket; those of a type's `<…>` belong to the type.
fn split_at_commas(tokens: TokenStream) -> Vec<TokenStream> {
    let mut parts = Vec::new();
    let mut part = TokenStream::new();
    let mut angles = 0_u32;
    let mut arrow = false;
    for token in tokens {
        if let TokenTree::Punct(punct) = &token {
            match punct.as_char() {
                '<' => angles += 1,
                '>' if !arrow => angles = angles.saturating_sub(1),
                ',' if angles == 0 => {
                    parts.push(std::mem::take(&mut part));
                    arrow = false;
                    continue;
                }
                _ => {}
            }
            arrow = punct.as_char() == '-';
        } else {
            arrow = false;
        }
        part.extend([token]);
    }
    if !part.is_empty() {
        parts.push(part);
    }
    parts
}
