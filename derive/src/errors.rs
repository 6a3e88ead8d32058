//! Gathers every mistake of a struct, so that one compile shows them all.

use std::fmt::Display;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// The mistakes found so far. Each stage goes on after a mistake with a usable default.
#[derive(Default)]
pub(crate) struct Errors(Option<syn::Error>);

impl Errors {
    /// A mistake at these tokens.
    pub(crate) fn at(&mut self, tokens: impl ToTokens, message: impl Display) {
        self.push(syn::Error::new_spanned(tokens, message));
    }

    /// A mistake at this place.
    pub(crate) fn at_span(&mut self, span: Span, message: impl Display) {
        self.push(syn::Error::new(span, message));
    }

    /// Two places that do not go together: the message at the second, and a pointer at the first.
    pub(crate) fn conflict(
        &mut self,
        first: impl ToTokens,
        first_message: impl Display,
        second: impl ToTokens,
        message: impl Display,
    ) {
        self.at(second, message);
        self.at(first, first_message);
    }

    /// A mistake that `syn` found.
    pub(crate) fn push(&mut self, error: syn::Error) {
        match &mut self.0 {
            Some(errors) => errors.combine(error),
            None => self.0 = Some(error),
        }
    }

    /// The mistakes of another list after these.
    pub(crate) fn append(&mut self, other: Self) {
        if let Some(errors) = other.0 {
            self.push(errors);
        }
    }

    /// The value, or the place where it is missing.
    pub(crate) fn take<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// True after a mistake.
    pub(crate) fn any(&self) -> bool {
        self.0.is_some()
    }

    /// Every mistake as a `compile_error!` of its own, or nothing.
    pub(crate) fn into_tokens(self) -> TokenStream {
        self.0.map(syn::Error::into_compile_error).unwrap_or_default()
    }
}
