//! What a field does by itself when an item is written, and the rules of it.

use proc_macro2::Span;
use quote::ToTokens;

use super::{Field, name, tokens};
use crate::attr::{FieldAttrs, IdFormat, Set, VersionAttr};
use crate::errors::Errors;

/// Ids of writes that an item keeps, if nothing else is written.
const RING: u8 = 8;
const LARGEST_RING: u8 = 64;

/// What a field does by itself. Most do nothing.
#[derive(Clone, Default)]
pub(crate) struct Behaviour {
    pub(crate) version: Option<Version>,
    pub(crate) guard: Option<Guard>,
    pub(crate) id: Option<IdFormat>,
    /// Where that is written.
    span: Option<Span>,
}

/// The number that every write counts up.
#[derive(Clone)]
pub(crate) struct Version {
    /// How many ids of writes the item keeps.
    pub(crate) ring: u8,
    /// The attribute that keeps them.
    pub(crate) ring_attribute: String,
    /// The first version, if that is not the time.
    pub(crate) starts_at: Option<u64>,
    /// The table may have replicas.
    pub(crate) global_tables: bool,
}

/// What keeps a whole write from replacing an attribute.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Guard {
    /// It is set once.
    Once,
    /// It is only added to.
    Counter,
}

impl Behaviour {
    pub(super) fn new(field: &syn::Field, attribute: &str, attrs: &FieldAttrs, errors: &mut Errors) -> Self {
        if let Some(version) = &attrs.version
            && let Some(inner) = tokens::inside_option(&field.ty)
        {
            let message = format!(
                "a version is in every item that has been written, so it is no `Option`: write `{}`; an item without a version \
                 has version 0",
                inner.to_token_stream()
            );
            errors.conflict(&version.key, "the version is here", &field.ty, message);
        }
        let guard = match attrs {
            FieldAttrs { write_once: Some(_), .. } => Some(Guard::Once),
            FieldAttrs { counter: Some(_), .. } => Some(Guard::Counter),
            _ => None,
        };
        let keys = [
            attrs.version.as_ref().map(|set| &set.key),
            attrs.write_once.as_ref().map(|set| &set.key),
            attrs.counter.as_ref().map(|set| &set.key),
            attrs.id.as_ref().map(|set| &set.key),
        ];
        Self {
            version: attrs.version.as_ref().map(|version| Version::new(&version.value, attribute, errors)),
            guard,
            id: attrs.id.as_ref().map(|id| id.value),
            span: keys.into_iter().flatten().next().map(crate::attr::Key::span),
        }
    }

    /// Where it is written.
    pub(crate) fn span(&self) -> Span {
        self.span.unwrap_or_else(Span::call_site)
    }
}

impl Version {
    fn new(attr: &VersionAttr, attribute: &str, errors: &mut Errors) -> Self {
        let ring = attr.ring.as_ref().and_then(|Set { value, .. }| {
            let ring = value.base10_parse().ok().filter(|ring| (1..=LARGEST_RING).contains(ring));
            if ring.is_none() {
                let message =
                    format!("an item keeps the ids of its last 1 to {LARGEST_RING} writes, and not of {value}");
                errors.at(value, message);
            }
            ring
        });
        let starts_at = attr.starts_at.as_ref().and_then(|Set { value, .. }| {
            let first = value.base10_parse().ok().filter(|first| (1..u64::from(u32::MAX / 2)).contains(first));
            if first.is_none() {
                errors.at(
                    value,
                    format!("the first version is at least 1 and has at most nine digits, and {value} is not so"),
                );
            }
            first
        });
        let ring_attribute = match &attr.attribute {
            Some(Set { value, .. }) => {
                name::check_attribute(&value.value(), value, errors);
                value.value()
            }
            None => format!("{attribute}_writes"),
        };
        Self { ring: ring.unwrap_or(RING), ring_attribute, starts_at, global_tables: attr.global_tables.is_some() }
    }
}

/// Checks that an item has one version and one id, and that nothing else is stored where the version keeps its writes.
pub(super) fn check_one(fields: &[(Field, FieldAttrs)], errors: &mut Errors) {
    let versions: Vec<_> = fields.iter().filter_map(|(_, attrs)| attrs.version.as_ref()).collect();
    if let [first, more @ ..] = versions.as_slice() {
        for second in more {
            let message = "an item has one version, which every write counts up; remove one `version`";
            errors.conflict(&first.key, "`version` is first written here", &second.key, message);
        }
    }
    let ids: Vec<_> = fields.iter().filter_map(|(_, attrs)| attrs.id.as_ref()).collect();
    if let [first, more @ ..] = ids.as_slice() {
        for second in more {
            let message = "one id is made for an item; fill the other one in yourself, and remove one `id`";
            errors.conflict(&first.key, "`id` is first written here", &second.key, message);
        }
    }
    for (field, attrs) in fields {
        let Some((Version { ring_attribute, .. }, version)) =
            field.behaviour.version.as_ref().zip(attrs.version.as_ref())
        else {
            continue;
        };
        let stored = fields.iter().map(|(field, _)| field).filter(|field| field.is_stored());
        for other in stored.filter(|other| other.attribute == *ring_attribute) {
            let message = format!(
                "attribute `{ring_attribute}` is where the version keeps the ids of writes; rename the field's, or write \
                 `version(attribute = \"…\")`"
            );
            errors.conflict(&version.key, "the version is here", &other.named_at, message);
        }
    }
}

/// Checks what fields that are in keys may do by themselves.
pub(super) fn check_keys(fields: &[Field], errors: &mut Errors) {
    for field in fields {
        let Behaviour { version, guard, .. } = &field.behaviour;
        let name = field.name();
        let indexed = !field.feeds.indexes.is_empty();
        let of_index = field.key.is_some_and(|key| !key.table);
        let message = match guard {
            _ if version.is_some() && (indexed || field.feeds.primary || of_index) => {
                format!("`{name}` is the version, which every write changes, so it can be in no key")
            }
            Some(Guard::Counter) if indexed || field.feeds.primary => {
                format!(
                    "`{name}` is a counter, and counting does not change the text of a key that it is part of; make the counter \
                     an attribute of its own"
                )
            }
            Some(Guard::Once) if field.feeds.primary => {
                format!("`{name}` is part of the primary key, which never changes as it is; remove `write_once`")
            }
            _ => continue,
        };
        errors.at_span(field.behaviour.span(), message);
    }
}
