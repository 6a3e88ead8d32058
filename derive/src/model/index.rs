//! Secondary indexes: their keys and what they carry.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{LitStr, Type};

use super::setting::units;
use super::{Capacity, Field, Projection, Store, name, naming};
use crate::attr::IndexAttrs;
use crate::errors::Errors;
use crate::nearest::suggestion;

/// A secondary index.
pub(crate) struct Index {
    pub(crate) name: String,
    pub(crate) global: bool,
    pub(crate) partition_key: IndexKey,
    pub(crate) sort_key: Option<IndexKey>,
    pub(crate) projection: Projection,
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
        let keys = [partition_key, sort_key.flatten(), table.partition_key, table.sort_key];
        let projection = table.projection(attrs, &keys, errors);
        let capacity = table.capacity(attrs, errors);
        let name = name?;
        Some(Self {
            query_type: naming::index_query_type(table.entity, &name),
            query_method: naming::index_query_method(&name),
            name,
            global: attrs.global,
            partition_key: IndexKey::new(partition_key?),
            sort_key: sort_key?.map(IndexKey::new),
            projection,
            capacity: capacity?,
        })
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
    fn global_partition_key(&self, attrs: &IndexAttrs, errors: &mut Errors) -> Option<&'t Field> {
        match &attrs.partition_key {
            Some(field) => self.key_field(&field.value, errors),
            None if attrs.means("partition_key") => None,
            None => {
                errors
                    .at(&attrs.key, "a global secondary index needs a partition key: add `partition_key = \"field\"`");
                None
            }
        }
    }

    fn local_partition_key(&self, attrs: &IndexAttrs, errors: &mut Errors) -> Option<&'t Field> {
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
        self.partition_key
    }

    /// The sort key: `None` after a mistake.
    fn index_sort_key(&self, attrs: &IndexAttrs, errors: &mut Errors) -> Option<Option<&'t Field>> {
        let Some(written) = &attrs.sort_key else {
            if !attrs.global && !attrs.means("sort_key") {
                errors
                    .at(&attrs.key, "a local secondary index needs a sort key of its own: add `sort_key = \"field\"`");
                return None;
            }
            return Some(None);
        };
        let field = self.key_field(&written.value, errors)?;
        let same = |other: Option<&Field>| other.is_some_and(|other| other.ident == field.ident);
        if attrs.global {
            if let Some(partition) =
                attrs.partition_key.as_ref().filter(|key| key.value.value() == written.value.value())
            {
                let message = format!(
                    "`{}` is the index's partition key already; remove `sort_key`, or name another field",
                    field.name()
                );
                errors.conflict(&partition.value, "it is the partition key here", &written.value, message);
                return None;
            }
        } else if same(self.sort_key) {
            let message = format!(
                "`{}` is the table's sort key already, so the index would order the items as the table does; name another \
                 field",
                field.name()
            );
            errors.at(&written.value, message);
            return None;
        } else if same(self.partition_key) {
            errors.at(&written.value, format!("`{}` is the table's partition key; name another field", field.name()));
            return None;
        }
        Some(Some(field))
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
