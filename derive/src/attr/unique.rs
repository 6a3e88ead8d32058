//! `unique` on a field.

use proc_macro2::Ident;

use super::access::words;
use super::entry::{Entry, Value};
use super::value::{Set, set};
use crate::errors::Errors;

/// `unique(scope(tenant, region))`.
#[derive(Default)]
pub(crate) struct UniqueAttr {
    /// The fields with whose values the value is unique together.
    pub(crate) scope: Option<Set<Vec<Ident>>>,
}

impl UniqueAttr {
    pub(super) fn parse(entry: &Entry, errors: &mut Errors) -> Self {
        const FORM: &str = "unique(scope = tenant)";
        let mut parsed = Self::default();
        if matches!(entry.value, Value::Nothing) {
            return parsed;
        }
        for entry in entry.entries(FORM, errors).unwrap_or_default() {
            if entry.name() != "scope" {
                entry.unknown("`unique`", &["scope"], errors);
                continue;
            }
            let scope = match entry.value {
                Value::Assigned(_) => entry.parsed("a field", "scope = tenant", errors).map(|field| vec![field]),
                _ => words(&entry, "scope(tenant, region)", errors),
            };
            set(&mut parsed.scope, entry.key.clone(), scope, errors);
        }
        parsed
    }
}
