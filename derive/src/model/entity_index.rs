//! The indexes of a table of several entities: names of attributes, whose values the entities make.

use proc_macro2::Span;
use syn::LitStr;

use super::entities::texts;
use super::{Capacity, Projection, index, name, projection, shard};
use crate::attr::{BillingAttr, IndexAttrs, IndexWord, KeyAttr, ProjectionAttr, Set, TableAttrs};
use crate::errors::Errors;

/// Attributes of one side of the key of a global index.
const ATTRIBUTES: usize = 4;

/// An index of a table of several entities.
pub(crate) struct TableIndex {
    pub(crate) name: String,
    /// Where it is written, for generated code.
    pub(crate) span: Span,
    pub(crate) global: bool,
    /// The names of its key attributes.
    pub(crate) partition_key: Vec<String>,
    pub(crate) sort_key: Vec<String>,
    pub(crate) projection: Projection,
    pub(crate) capacity: Option<Capacity>,
}

impl TableIndex {
    pub(super) fn new(
        attrs: &IndexAttrs,
        table: &TableAttrs,
        own_partition: Option<&str>,
        errors: &mut Errors,
    ) -> Option<Self> {
        let name = index::index_name(attrs, errors);
        let global = attrs.word == IndexWord::Global;
        if let Some(sparse) = &attrs.sparse {
            errors.at(
                &sparse.key,
                "which items are in the index is said by the entities: write `sparse` in their `index(…)`",
            );
        }
        if let Some(reads) = &attrs.reads {
            errors.at(
                &reads.key,
                "what a query of the index reads is said by the entities: write `reads` in their `index(…)`",
            );
        }
        shard::of_no_template(attrs, errors);
        let partition_key = match (&attrs.partition_key, global) {
            (Some(key), true) => attributes(key, "partition_key", errors),
            (Some(key), false) => {
                errors.at(
                    &key.key,
                    "a local secondary index has the partition key of the table; remove `partition_key`, or write `gsi` for an \
                     index with a partition key of its own",
                );
                None
            }
            (None, true) if attrs.means("partition_key") => None,
            (None, true) => {
                errors.at(
                    &attrs.key,
                    "a global secondary index needs a partition key: name the attribute, `partition_key = \"gsi1pk\"`",
                );
                None
            }
            (None, false) => own_partition.map(|own| vec![own.to_owned()]),
        };
        let sort_key = match &attrs.sort_key {
            Some(key) => attributes(key, "sort_key", errors),
            None if attrs.means("sort_key") => None,
            None if global => Some(Vec::new()),
            None => {
                errors.at(
                    &attrs.key,
                    "a local secondary index needs a sort key of its own: name the attribute, `sort_key = \"lsi1sk\"`",
                );
                None
            }
        };
        let provisioned = matches!(&table.settings.billing, Some(Set { value: BillingAttr::Provisioned(..), .. }));
        let capacity = index::capacity(attrs, provisioned, errors);
        let projection = carried(attrs, errors);
        Some(Self {
            name: name?,
            span: Span::call_site().located_at(attrs.span()),
            global,
            partition_key: partition_key?,
            sort_key: sort_key?,
            projection,
            capacity: capacity?,
        })
    }
}

/// The names of the attributes of one side of a key.
fn attributes(key: &Set<KeyAttr>, word: &str, errors: &mut Errors) -> Option<Vec<String>> {
    if let KeyAttr::Own(own) = &key.value {
        errors.at(
            own,
            format!("here the attribute has a name: write `{word} = \"sk\"` with the name of the table's key"),
        );
        return None;
    }
    if key.value.template().is_some() {
        let form = if word == "sort_key" { "gsi1sk" } else { "gsi1pk" };
        errors.at(
            &key.value,
            format!(
                "here the table names the index's key attribute, `{word} = \"{form}\"`; the template belongs in an entity's \
                 `index(…)`"
            ),
        );
        return None;
    }
    let written = texts(key);
    if let Some(too_many) = written.get(ATTRIBUTES) {
        let message = format!("a key of an index has at most {ATTRIBUTES} attributes; remove some");
        errors.at(too_many, message);
    }
    for text in written {
        name::check_attribute(&text.value(), text, errors);
        name::check_key("a key attribute", &text.value(), text, errors);
    }
    Some(written.iter().map(LitStr::value).collect())
}

/// What the index carries; the names are of attributes here.
fn carried(attrs: &IndexAttrs, errors: &mut Errors) -> Projection {
    match attrs.projection.as_ref().map(|projection| &projection.value) {
        None | Some(ProjectionAttr::All) => Projection::All,
        Some(ProjectionAttr::KeysOnly) => Projection::KeysOnly,
        Some(ProjectionAttr::Include(word, included)) => {
            projection::check_count(word, included, errors);
            for text in included {
                name::check_key("a projected attribute", &text.value(), text, errors);
            }
            Projection::Include(included.iter().map(LitStr::value).collect())
        }
    }
}
