//! Secondary indexes: their keys and what they carry.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::{LitStr, Type};

use super::setting::units;
use super::{Capacity, Field, Projection, name, naming};
use crate::attr::IndexAttrs;
use crate::errors::Errors;
use crate::nearest::suggestion;

/// A secondary index.
pub(crate) struct Index {
    pub(crate) name: String,
    /// Where it is written, for generated code.
    pub(crate) span: Span,
    pub(crate) global: bool,
    /// One, or up to four of a global index.
    pub(crate) partition_key: Vec<IndexKey>,
    /// None, one, or up to four of a global index.
    pub(crate) sort_key: Vec<IndexKey>,
    /// True if items without its key are meant not to be in it.
    pub(crate) sparse: bool,
    pub(crate) projection: Projection,
    /// What its items are read as, if not as the entity or untyped.
    pub(crate) reads: Option<Type>,
    pub(crate) capacity: Option<Capacity>,
    /// `SparkleByTotalQuery`.
    pub(crate) query_type: Ident,
    /// `query_by_total`.
    pub(crate) query_method: Ident,
}

/// A field in its role as a key of the table or of an index.
#[derive(Clone)]
pub(crate) struct IndexKey {
    pub(crate) ident: Ident,
    pub(crate) attribute: String,
    /// The type of the field.
    pub(crate) ty: Type,
    /// The type of one value: inside of an `Option`.
    pub(crate) value_type: Type,
}

/// What an index needs to know about its table.
pub(super) struct Surroundings<'t> {
    pub(super) entity: &'t Ident,
    pub(super) fields: &'t [Field],
    pub(super) partition_key: Option<&'t Field>,
    pub(super) sort_key: Option<&'t Field>,
    pub(super) provisioned: bool,
}

impl Index {
    pub(super) fn new(attrs: &IndexAttrs, table: &Surroundings<'_>, errors: &mut Errors) -> Option<Self> {
        let name = index_name(attrs, errors);
        let partition_key = match attrs.global {
            true => table.global_partition_key(attrs, errors),
            false => table.local_partition_key(attrs, errors),
        };
        let sort_key = table.index_sort_key(attrs, errors);
        let keys: Vec<&Field> = partition_key.iter().chain(&sort_key).flatten().copied().collect();
        table.check_keys(attrs, &keys, errors);
        let keys: Vec<&Field> = keys.into_iter().chain(table.partition_key).chain(table.sort_key).collect();
        let projection = table.projection(attrs, &keys, errors);
        let reads = table.reads(attrs, errors);
        let capacity = table.capacity(attrs, errors);
        let name = name?;
        let resolved = |fields: Vec<&Field>| fields.into_iter().map(IndexKey::new).collect();
        Some(Self {
            query_type: naming::index_query_type(table.entity, &name),
            query_method: naming::index_query_method(&name),
            name,
            span: Span::call_site().located_at(attrs.span()),
            global: attrs.global,
            partition_key: resolved(partition_key?),
            sort_key: resolved(sort_key?),
            sparse: attrs.sparse.is_some(),
            projection,
            reads,
            capacity: capacity?,
        })
    }

    /// The attributes of its key: those of the partition key, then those of the sort key.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &IndexKey> {
        self.partition_key.iter().chain(&self.sort_key)
    }
}

impl IndexKey {
    pub(crate) fn new(field: &Field) -> Self {
        Self {
            ident: field.ident.clone(),
            attribute: field.attribute.clone(),
            ty: field.ty.clone(),
            value_type: field.value_type().clone(),
        }
    }
}

fn index_name(attrs: &IndexAttrs, errors: &mut Errors) -> Option<String> {
    let Some(name) = &attrs.name else {
        if attrs.means("name") {
            return None;
        }
        errors.at(&attrs.key, "an index needs a name: add `name = \"…\"`");
        return None;
    };
    let text = name.value.value();
    if !name::check_resource("an index", &name.value, errors) {
        return None;
    }
    if !text.contains(|c: char| c.is_ascii_alphanumeric()) {
        errors.at(
            &name.value,
            "the name of an index needs a letter or digit, because its query method is named after it",
        );
        return None;
    }
    Some(text)
}

impl<'t> Surroundings<'t> {
    /// The field of that name.
    pub(super) fn field(&self, written: &LitStr, errors: &mut Errors) -> Option<&'t Field> {
        let name = written.value();
        if let Some(field) = self.fields.iter().find(|field| field.name() == name) {
            return Some(field);
        }
        let entity = self.entity;
        let message = match self.fields.iter().find(|field| field.is_stored() && field.attribute == name) {
            Some(field) => {
                let field = field.name();
                format!(
                    "an index is made of Rust fields: attribute `{name}` is the field `{field}`, so write \"{field}\""
                )
            }
            None => {
                let names: Vec<String> =
                    self.fields.iter().filter(|field| field.is_stored()).map(Field::name).collect();
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                format!("`{entity}` has no field `{name}`; {}", suggestion(&name, "its fields are", &names))
            }
        };
        errors.at(written, message);
        None
    }

    /// The capacity of the index: `None` after a mistake.
    fn capacity(&self, attrs: &IndexAttrs, errors: &mut Errors) -> Option<Option<Capacity>> {
        let what = "provisioned capacity";
        let (read, write) = match (&attrs.read, &attrs.write) {
            (None, None) => return Some(None),
            (Some(read), Some(write)) => (read, write),
            (Some(only), None) | (None, Some(only)) => {
                errors.at(&only.key, "an index has both read and write units: write `read = 5, write = 5`");
                return None;
            }
        };
        if !self.provisioned {
            let place = read.key.to_token_stream();
            errors.at(
                place,
                "an index has units of its own only under provisioned billing: remove `read` and `write`, or add \
                 `billing = provisioned(read = 5, write = 5)` to the table",
            );
            return None;
        }
        let read = units(&read.value, 1, "read", what, errors);
        let write = units(&write.value, 1, "write", what, errors);
        Some(Some(Capacity { read: read?, write: write? }))
    }
}
