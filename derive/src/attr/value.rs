//! The values of entries: text, numbers, words, types and lists, each with the message for another kind of value.

use proc_macro2::{Group, Ident, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Lit, LitBool, LitInt, LitStr};

use super::entry::{Entry, Key, Value};
use crate::errors::Errors;
use crate::nearest::{listed, nearest, suggestion};

/// A value, and the key that it was written for.
pub(crate) struct Set<T> {
    pub(crate) key: Key,
    pub(crate) value: T,
}

/// Fills a place once; a second value is a mistake.
pub(crate) fn set<T>(slot: &mut Option<Set<T>>, key: Key, value: Option<T>, errors: &mut Errors) {
    let Some(value) = value else { return };
    match slot {
        None => *slot = Some(Set { key, value }),
        Some(first) => {
            let name = key.to_token_stream();
            let message = format!("`{name}` is written twice; remove one");
            errors.conflict(&first.key, format!("`{name}` is first written here"), &key, message);
        }
    }
}

impl Entry {
    /// Nothing may follow the word. What does is a mistake, and the word counts all the same.
    pub(crate) fn flag(&self, errors: &mut Errors) {
        match &self.value {
            Value::Nothing | Value::Malformed => {}
            Value::Assigned(value) => self.no_value(value, errors),
            Value::List(list) => self.no_value(list, errors),
        }
    }

    fn no_value(&self, value: impl ToTokens, errors: &mut Errors) {
        let name = self.name();
        let message = format!("`{name}` takes no value: write `{name}` alone");
        let value = value.to_token_stream();
        if value.is_empty() {
            errors.at(&self.key, message);
        } else {
            errors.at(value, message);
        }
    }

    /// The tokens after the sign. `form` shows how the entry is written.
    pub(crate) fn assigned(&self, form: &str, errors: &mut Errors) -> Option<&TokenStream> {
        match &self.value {
            Value::Assigned(value) if !value.is_empty() => return Some(value),
            Value::Malformed => {}
            Value::List(list) => {
                errors.at(list, format!("`{}` takes one value after `=`: write `{form}`", self.name()));
            }
            _ => errors.at(&self.key, format!("`{}` needs a value: write `{form}`", self.name())),
        }
        None
    }

    fn literal(&self, what: &str, form: &str, errors: &mut Errors) -> Option<Lit> {
        let value = self.assigned(form, errors)?;
        match syn::parse2(value.clone()) {
            Ok(literal) => Some(literal),
            Err(_) => {
                errors.at(value, format!("`{}` is {what}: write `{form}`", self.name()));
                None
            }
        }
    }

    pub(crate) fn text(&self, form: &str, errors: &mut Errors) -> Option<LitStr> {
        let what = "text in quotes";
        if let Value::Assigned(value) = &self.value
            && let Ok(word) = syn::parse2::<Ident>(value.clone())
        {
            let text = LitStr::new(&word.unraw().to_string(), word.span());
            let (name, written) = (self.name(), text.to_token_stream());
            errors.at(word, format!("`{name}` is {what}: write `{name} = {written}`"));
            return Some(text);
        }
        match self.literal(what, form, errors)? {
            Lit::Str(text) => Some(text),
            other => {
                errors.at(other, format!("`{}` is {what}: write `{form}`", self.name()));
                None
            }
        }
    }

    pub(crate) fn number(&self, form: &str, errors: &mut Errors) -> Option<LitInt> {
        match self.literal("a whole number", form, errors)? {
            Lit::Int(number) => Some(number),
            other => {
                errors.at(other, format!("`{}` is a whole number: write `{form}`", self.name()));
                None
            }
        }
    }

    pub(crate) fn boolean(&self, form: &str, errors: &mut Errors) -> Option<LitBool> {
        match self.literal("`true` or `false`", form, errors)? {
            Lit::Bool(value) => Some(value),
            other => {
                errors.at(other, format!("`{}` is `true` or `false`: write `{form}`", self.name()));
                None
            }
        }
    }

    /// A Rust type or path.
    pub(crate) fn parsed<T: syn::parse::Parse>(&self, what: &str, form: &str, errors: &mut Errors) -> Option<T> {
        let value = self.assigned(form, errors)?;
        match syn::parse2(value.clone()) {
            Ok(parsed) => Some(parsed),
            Err(_) => {
                errors.at(value, format!("`{}` is {what}: write `{form}`", self.name()));
                None
            }
        }
    }

    /// One of some words, and the list that may follow it.
    pub(crate) fn word<T: Copy>(
        &self,
        words: &[(&'static str, T)],
        errors: &mut Errors,
    ) -> Option<(Ident, T, Option<Group>)> {
        let names: Vec<&str> = words.iter().map(|(name, _)| *name).collect();
        let form = format!("{} = {}", self.name(), names.first().copied().unwrap_or_default());
        let value = self.assigned(&form, errors)?;
        let mut tokens = value.clone().into_iter();
        let (word, rest) = (tokens.next(), tokens.collect::<TokenStream>());
        let list = if rest.is_empty() { Some(None) } else { syn::parse2::<Group>(rest).ok().map(Some) };
        let (Some(proc_macro2::TokenTree::Ident(word)), Some(list)) = (word, list) else {
            errors.at(value, format!("`{}` is one of {} (without quotes)", self.name(), listed(&names)));
            return None;
        };
        let written = word.unraw().to_string();
        match words.iter().find(|(name, _)| *name == written) {
            Some((_, value)) => Some((word, *value, list)),
            None => {
                let meant = nearest(&written, names.iter().copied());
                let meant = meant.map_or_else(String::new, |name| format!(" did you mean `{name}`?"));
                let message =
                    format!("`{}` cannot be `{written}`;{meant} it is one of {}", self.name(), listed(&names));
                errors.at(&word, message);
                None
            }
        }
    }

    /// The entries in the parentheses.
    pub(crate) fn entries(&self, form: &str, errors: &mut Errors) -> Option<Vec<Self>> {
        match &self.value {
            Value::List(list) => Some(Self::list(list.stream(), errors)),
            Value::Assigned(value) if !value.is_empty() => {
                errors.at(value, format!("`{}` takes a list: write `{form}`", self.name()));
                None
            }
            Value::Malformed => None,
            _ => {
                errors.at(&self.key, format!("`{}` takes a list: write `{form}`", self.name()));
                None
            }
        }
    }

    /// An entry whose word is not known here. What was meant, as far as can be told, is the result.
    pub(crate) fn unknown<'n>(&self, place: &str, known: &[&'n str], errors: &mut Errors) -> Option<&'n str> {
        let written = self.name();
        let hint = suggestion(&written, "it has", known);
        errors.at(&self.key, format!("{place} has no `{written}`; {hint}"));
        nearest(&written, known.iter().copied())
    }
}
