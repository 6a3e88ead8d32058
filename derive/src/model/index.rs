//! Secondary indexes: their keys and what they carry.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::{LitStr, Type};

use super::setting::units;
use super::{Capacity, Field, IndexKey, KeySide, Projection, name, naming, shard};
use crate::attr::{IndexAttrs, IndexWord, ProjectionAttr, Set};
use crate::errors::Errors;
use crate::nearest::suggestion;

const GLOBAL_INDEXES: usize = 20;
const LOCAL_INDEXES: usize = 5;
/// Attributes that all indexes of a table together can carry by name.
const INCLUDED: usize = 100;

/// A secondary index.
pub(crate) struct Index {
    pub(crate) name: String,
    /// Where it is written, for generated code.
    pub(crate) span: Span,
    pub(crate) word: IndexWord,
    pub(crate) partition_key: KeySide,
    pub(crate) sort_key: KeySide,
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

/// What an index needs to know about its table.
pub(super) struct Surroundings<'t> {
    pub(super) entity: &'t Ident,
    pub(super) fields: &'t [Field],
    /// The table's own partition key, or `None` after a mistake.
    pub(super) partition_key: Option<&'t KeySide>,
    /// The table's own sort key, or `None` after a mistake.
    pub(super) sort_key: Option<&'t KeySide>,
    pub(super) provisioned: bool,
}

impl Index {
    pub(super) fn new(attrs: &IndexAttrs, table: &Surroundings<'_>, errors: &mut Errors) -> Option<Self> {
        let name = index_name(attrs, errors);
        let mut partition_key = match attrs.word {
            IndexWord::Global => table.global_partition_key(attrs, errors),
            IndexWord::Local => table.local_partition_key(attrs, errors),
            IndexWord::OfTable => table.entity_partition_key(attrs, errors),
        };
        shard::of_index(attrs, &mut partition_key, errors);
        let sort_key = table.index_sort_key(attrs, errors);
        let keys: Vec<&KeySide> = partition_key.iter().chain(&sort_key).collect();
        table.check_keys(attrs, &keys, errors);
        let keys: Vec<&KeySide> = keys.into_iter().chain(table.partition_key).chain(table.sort_key).collect();
        let projection = table.projection(attrs, &keys, errors);
        let reads = table.reads(attrs, errors);
        let capacity = table.capacity(attrs, errors);
        let name = name?;
        Some(Self {
            query_type: naming::index_query_type(table.entity, &name),
            query_method: naming::index_query_method(&name),
            name,
            span: Span::call_site().located_at(attrs.span()),
            word: attrs.word,
            partition_key: partition_key?,
            sort_key: sort_key?,
            sparse: attrs.sparse.is_some(),
            projection,
            reads,
            capacity: capacity?,
        })
    }

    /// The fields whose attributes are its key: those of the partition key, then those of the sort key.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &IndexKey> {
        self.partition_key.fields().iter().chain(self.sort_key.fields())
    }

    /// Its partition key and its sort key.
    pub(crate) fn sides(&self) -> [&KeySide; 2] {
        [&self.partition_key, &self.sort_key]
    }
}

pub(super) fn index_name(attrs: &IndexAttrs, errors: &mut Errors) -> Option<String> {
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
        capacity(attrs, self.provisioned, errors)
    }
}

/// The capacity of the index: `None` after a mistake.
pub(super) fn capacity(attrs: &IndexAttrs, provisioned: bool, errors: &mut Errors) -> Option<Option<Capacity>> {
    let what = "provisioned capacity";
    let (read, write) = match (&attrs.read, &attrs.write) {
        (None, None) => return Some(None),
        (Some(read), Some(write)) => (read, write),
        (Some(only), None) | (None, Some(only)) => {
            errors.at(&only.key, "an index has both read and write units: write `read = 5, write = 5`");
            return None;
        }
    };
    if !provisioned {
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

/// Checks what holds between the indexes of one table.
pub(super) fn check_indexes(entity: &Ident, indexes: &[IndexAttrs], errors: &mut Errors) {
    for (word, most, what) in
        [(IndexWord::Global, GLOBAL_INDEXES, "global"), (IndexWord::Local, LOCAL_INDEXES, "local")]
    {
        let of_kind = || indexes.iter().filter(|index| index.word == word);
        if let Some(index) = of_kind().nth(most) {
            let message = format!(
                "a table has at most {most} {what} secondary indexes, and this one is number {} of {}",
                most + 1,
                of_kind().count()
            );
            errors.at_span(index.span(), message);
        }
    }
    let mut included = 0;
    for index in indexes {
        let Some(Set { value: ProjectionAttr::Include(word, fields), .. }) = &index.projection else { continue };
        let before = included;
        included += fields.len();
        if before <= INCLUDED && included > INCLUDED {
            errors.at(
                word,
                format!(
                    "the indexes of a table include at most {INCLUDED} attributes by name together, and here it is {included}; \
                     carry them all with `projection = all`"
                ),
            );
        }
    }
    let named: Vec<_> = indexes.iter().filter_map(|index| index.name.as_ref()).collect();
    for (place, second) in named.iter().enumerate() {
        let name = second.value.value();
        for first in named.iter().take(place) {
            let other = first.value.value();
            let query = naming::index_query_type(entity, &name);
            if other == name {
                let message =
                    format!("two indexes are named \"{name}\"; a name is used once among all indexes of a table");
                errors.conflict(&first.value, "the name is first used here", &second.value, message);
            } else if query == naming::index_query_type(entity, &other) {
                let message = format!(
                    "indexes \"{other}\" and \"{name}\" would both be queried by the generated type `{query}`; rename one"
                );
                errors.conflict(&first.value, "the other index is here", &second.value, message);
            }
        }
    }
}
