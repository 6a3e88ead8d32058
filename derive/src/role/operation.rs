//! One operation of a role: `get`, `query_by_status`, `stream(insert)`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Ident, Path, Token, parenthesized};

use crate::errors::Errors;
use crate::nearest::suggestion;

/// The operations by their names, and the name of their `RoleOperation`, which is that of their trait in `allow` too.
const OPERATIONS: [(&str, &str); 14] = [
    ("get", "Get"),
    ("batch_get", "BatchGet"),
    ("query", "Query"),
    ("scan", "Scan"),
    ("create", "Create"),
    ("put", "Put"),
    ("update", "Update"),
    ("upsert", "Upsert"),
    ("rekey", "Rekey"),
    ("delete", "Delete"),
    ("batch_write", "BatchWrite"),
    ("check", "Check"),
    ("stream", "Stream"),
    ("describe", "Describe"),
];

const EVENTS: [(&str, &str); 4] =
    [("insert", "Insert"), ("modify", "Modify"), ("remove", "Remove"), ("expire", "Expire")];

/// An operation as it is written.
pub(super) struct Operation {
    pub(super) name: Ident,
    arguments: Option<Vec<Ident>>,
}

/// An operation as it is meant.
pub(super) struct Meaning {
    /// The name of the operation without that of an index.
    pub(super) verb: &'static str,
    /// The expression of its `RoleOperation`, after `__rt::RoleOperation::`.
    pub(super) granted: TokenStream,
    /// The trait in `allow`.
    pub(super) allowed: Ident,
    /// The query type of an index or of the table, where the operation reads one.
    pub(super) query: Option<Path>,
    /// True if the query type is an index's.
    pub(super) index: bool,
}

impl Parse for Operation {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.call(Ident::parse_any)?;
        if !input.peek(syn::token::Paren) {
            return Ok(Self { name, arguments: None });
        }
        let arguments;
        parenthesized!(arguments in input);
        let arguments = Punctuated::<Ident, Token![,]>::parse_terminated_with(&arguments, Ident::parse_any)?;
        Ok(Self { name, arguments: Some(arguments.into_iter().collect()) })
    }
}

impl Operation {
    pub(super) fn check(&self, errors: &mut Errors) {
        let name = self.name.to_string();
        if self.known().is_none() {
            let known = OPERATIONS.map(|(name, ..)| name);
            let hint = suggestion(&name, "the operations", &known);
            errors.at(&self.name, format!("a role has no operation `{name}`; {hint}"));
        }
        let Some(arguments) = &self.arguments else { return };
        if name != "stream" {
            errors.at(&self.name, format!("`{name}` has nothing in parentheses; only `stream(insert, modify)` has"));
            return;
        }
        if arguments.is_empty() {
            errors.at(&self.name, "`stream()` names no event; write `stream` for all, or `stream(insert, modify)`");
        }
        for (place, event) in arguments.iter().enumerate() {
            let written = event.to_string();
            if !EVENTS.iter().any(|(name, _)| *name == written) {
                let hint = suggestion(&written, "the events", &EVENTS.map(|(name, _)| name));
                errors.at(event, format!("a stream has no event `{written}`; {hint}"));
            }
            if arguments.iter().take(place).any(|before| before == event) {
                errors.at(event, format!("the event `{written}` is there twice; write it once"));
            }
        }
    }

    /// The operation, and what its name says after it: `query` and `by_status`.
    fn known(&self) -> Option<((&'static str, &'static str), Option<String>)> {
        let name = self.name.to_string();
        let is = |verb: &str| OPERATIONS.into_iter().find(|(known, ..)| *known == verb);
        if let Some(operation) = is(&name) {
            return Some((operation, None));
        }
        let (verb, index) = name.split_once('_')?;
        let reads_index = matches!(verb, "query" | "scan") && !index.is_empty();
        reads_index.then(|| is(verb)).flatten().map(|operation| (operation, Some(index.to_owned())))
    }

    /// Why a policy cannot keep the operation to the items of one tenant.
    pub(super) fn reads_other_tenants(&self) -> Option<&'static str> {
        match self.known()?.0.0 {
            "scan" => Some("it reads every item"),
            "stream" => Some("the table's stream has the changes of all items"),
            _ => None,
        }
    }

    /// What the operation means for an entity; nothing after a mistake.
    pub(super) fn meaning(&self, entity: &Path) -> Option<Meaning> {
        let ((verb, granted), index) = self.known()?;
        let granted = Ident::new(granted, self.name.span());
        let allowed = granted.clone();
        let events = self.arguments.iter().flatten().filter_map(|event| {
            let (_, event) = EVENTS.iter().find(|(name, _)| event == name)?;
            Some(Ident::new(event, self.name.span()))
        });
        let granted = match verb {
            "stream" => quote!(#granted(&[#(__rt::StreamEvent::#events),*])),
            _ => quote!(#granted),
        };
        let query = match (&index, verb) {
            (Some(index), _) => Some(self.query_type(entity, index)),
            (None, "query") => Some(self.query_type(entity, "")),
            (None, _) => None,
        };
        Some(Meaning { verb, granted, allowed, query, index: index.is_some() })
    }

    /// `model::OrderByStatusQuery` for `model::Order` and `by_status`: the names that the derive gives.
    fn query_type(&self, entity: &Path, index: &str) -> Path {
        let mut path = entity.clone();
        if let Some(last) = path.segments.last_mut() {
            let words: String = index.split('_').map(capital).collect();
            last.ident = format_ident!("{}{}Query", last.ident.unraw(), words, span = self.name.span());
        }
        path
    }
}

fn capital(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().into_iter().flat_map(char::to_uppercase).chain(characters).collect()
}
