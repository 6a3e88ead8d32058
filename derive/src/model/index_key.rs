//! The keys of an index: which fields they are, and the rules for them.

use syn::LitStr;

use super::index::Surroundings;
use super::{Field, Store, name, tokens};
use crate::attr::{IndexAttrs, KeyAttr, Set};
use crate::errors::Errors;

/// Attributes of a partition key, and as many of a sort key, that a global index can have.
const ATTRIBUTES: usize = 4;

impl<'t> Surroundings<'t> {
    pub(super) fn global_partition_key(&self, attrs: &IndexAttrs, errors: &mut Errors) -> Option<Vec<&'t Field>> {
        match &attrs.partition_key {
            Some(key) => self.key_fields("partition", key, errors),
            None if attrs.means("partition_key") => None,
            None => {
                errors
                    .at(&attrs.key, "a global secondary index needs a partition key: add `partition_key = \"field\"`");
                None
            }
        }
    }

    pub(super) fn local_partition_key(&self, attrs: &IndexAttrs, errors: &mut Errors) -> Option<Vec<&'t Field>> {
        if let Some(written) = &attrs.partition_key {
            errors.at(
                &written.key,
                "a local secondary index has the partition key of the table; remove `partition_key`, or write `gsi` for \
                 an index with a partition key of its own",
            );
        }
        if self.sort_key.is_none() && self.partition_key.is_some() {
            errors.at(
                &attrs.key,
                format!(
                    "a local secondary index needs a table with a sort key, and `{}` has none; mark a field with \
                     `#[dynamo(sort_key)]`, or write `gsi`",
                    self.entity
                ),
            );
        }
        self.partition_key.map(|field| vec![field])
    }

    /// The sort key, perhaps of no field; `None` after a mistake.
    pub(super) fn index_sort_key(&self, attrs: &IndexAttrs, errors: &mut Errors) -> Option<Vec<&'t Field>> {
        let Some(written) = &attrs.sort_key else {
            if attrs.means("sort_key") {
                return None;
            }
            if !attrs.global {
                errors
                    .at(&attrs.key, "a local secondary index needs a sort key of its own: add `sort_key = \"field\"`");
                return None;
            }
            return Some(Vec::new());
        };
        if attrs.global {
            return self.key_fields("sort", written, errors);
        }
        if let Some(second) = written.value.texts.get(1) {
            errors.at(
                second,
                "a local secondary index has one sort key; write `gsi` for an index with several, or name one field",
            );
            return None;
        }
        let field = self.key_field(written.value.first()?, errors)?;
        self.check_local_sort_key(field, written, errors)?;
        Some(vec![field])
    }

    fn check_local_sort_key(&self, field: &Field, written: &Set<KeyAttr>, errors: &mut Errors) -> Option<()> {
        let same = |other: Option<&Field>| other.is_some_and(|other| other.ident == field.ident);
        let name = field.name();
        let message = if same(self.sort_key) {
            format!(
                "`{name}` is the table's sort key already, so the index would order the items as the table does; name another \
                 field"
            )
        } else if same(self.partition_key) {
            format!("`{name}` is the table's partition key; name another field")
        } else {
            return Some(());
        };
        errors.at(&written.value, message);
        None
    }

    /// The fields of one side of a key: `None` after a mistake.
    fn key_fields(&self, side: &str, written: &Set<KeyAttr>, errors: &mut Errors) -> Option<Vec<&'t Field>> {
        let texts = &written.value.texts;
        if let Some(first_too_many) = texts.get(ATTRIBUTES) {
            let message = format!(
                "a {side} key of an index has at most {ATTRIBUTES} attributes, and this one is number {} of {}; remove some",
                ATTRIBUTES + 1,
                texts.len()
            );
            errors.at(first_too_many, message);
        }
        let fields: Vec<_> = texts.iter().map(|text| self.key_field(text, errors)).collect();
        fields.into_iter().collect()
    }

    /// Checks what holds between the attributes of one index's key.
    pub(super) fn check_keys(&self, attrs: &IndexAttrs, keys: &[&Field], errors: &mut Errors) {
        let mut seen: Vec<(&LitStr, &str)> = Vec::new();
        let sides = [("partition", &attrs.partition_key), ("sort", &attrs.sort_key)];
        for (side, text) in sides.iter().flat_map(|(side, key)| {
            key.iter().flat_map(|key| &key.value.texts).map(move |text| (*side, text)).collect::<Vec<_>>()
        }) {
            let name = text.value();
            if let Some((first, first_side)) = seen.iter().find(|(other, _)| other.value() == name) {
                let alone = side == "sort" && attrs.sort_key.as_ref().is_some_and(|key| key.value.texts.len() == 1);
                let remove = if alone { "remove `sort_key`" } else { "remove it" };
                let message =
                    format!("`{name}` is in the index's {first_side} key already; {remove}, or name another field");
                errors.conflict(first, format!("it is in the {first_side} key here"), text, message);
            }
            seen.push((text, side));
        }
        if attrs.sparse.is_some() {
            return;
        }
        for field in keys.iter().filter(|field| tokens::inside_option(&field.ty).is_some()) {
            let text = seen.iter().find(|(text, _)| text.value() == field.name());
            let Some((text, _)) = text else { continue };
            let message = format!(
                "`{0}` is an `Option`, and an item without it is not in the index: say so with `sparse`, or make `{0}` a field \
                 that every item has",
                field.name()
            );
            errors.at(text, message);
        }
    }

    /// The field of that name, if it can be a key.
    fn key_field(&self, written: &LitStr, errors: &mut Errors) -> Option<&'t Field> {
        let field = self.field(written, errors)?;
        let name = field.name();
        let reason = match field.store {
            Store::Plain => {
                name::check_key("a key attribute", &field.attribute, &field.named_at, errors);
                return Some(field);
            }
            Store::Skip => "is skipped, so the items have no such attribute; remove `skip`, or name another field",
            Store::Rest => "collects attributes and has none of its own; name another field",
            Store::Serde(_) | Store::Adapter(_) => {
                "is not stored as its type says; make the type a newtype that derives `DynamoAttribute`"
            }
        };
        errors.at(written, format!("`{name}` cannot be a key of the index: it {reason}"));
        None
    }
}
