//! A table: its fields, keys, indexes and settings.

use proc_macro2::Ident;
use syn::{Data, DeriveInput, Fields, GenericParam};

use super::access::Keys;
use super::index::Surroundings;
use super::{Access, Field, Index, IndexKey, KeyPart, KeyRole, Settings, Subject, name, naming, tokens};
use crate::attr::{BillingAttr, FieldAttrs, IndexAttrs, Owner, ProjectionAttr, Set, TableAttrs};
use crate::errors::Errors;

const GLOBAL_INDEXES: usize = 20;
const LOCAL_INDEXES: usize = 5;
/// Attributes that all indexes of a table together can carry by name.
const INCLUDED: usize = 100;

/// A table with one entity.
pub(crate) struct Table {
    pub(crate) subject: Subject,
    pub(crate) name: String,
    pub(crate) fields: Vec<Field>,
    pub(crate) partition_key: IndexKey,
    pub(crate) sort_key: Option<IndexKey>,
    pub(crate) indexes: Vec<Index>,
    pub(crate) access: Vec<Access>,
    pub(crate) settings: Settings,
    /// `SparklePaths`.
    pub(crate) paths_type: Ident,
    /// `SparkleQuery`.
    pub(crate) query_type: Ident,
}

impl Table {
    /// The table, or `None` after a mistake that leaves no table.
    pub(crate) fn new(input: &DeriveInput, attrs: &TableAttrs, errors: &mut Errors) -> Option<Self> {
        let subject = Subject::new(input, attrs.runtime.as_ref());
        check_generics(input, errors);
        let name = table_name(input, attrs, errors);
        let rename_all = attrs.rename_all.as_ref().map(|case| case.value);
        let fields = Field::all(named_fields(input, errors)?, Owner::Table, rename_all, &subject.self_type(), errors);
        let partition_key = single(&fields, "partition key", |attrs| &attrs.partition_key, errors);
        let sort_key = single(&fields, "sort key", |attrs| &attrs.sort_key, errors);
        let meant = attrs.means_partition_key || fields.iter().any(|(_, attrs)| attrs.means_partition_key);
        if partition_key.is_none() && !meant {
            errors.at(
                &input.ident,
                format!("`{}` has no partition key: mark a field with `#[dynamo(partition_key)]`", input.ident),
            );
        }
        for key in [partition_key, sort_key].into_iter().flatten() {
            check_table_key(key, errors);
        }
        check_one_ttl(&fields, errors);
        let partition_key = partition_key.map(|field| field.ident.clone());
        let sort_key = sort_key.map(|field| field.ident.clone());
        let mut fields: Vec<Field> = fields.into_iter().map(|(field, _)| field).collect();
        let find = |key: &Option<Ident>| fields.iter().find(|field| Some(&field.ident) == key.as_ref());
        let surroundings = Surroundings {
            entity: &input.ident,
            fields: &fields,
            partition_key: find(&partition_key),
            sort_key: find(&sort_key),
            provisioned: matches!(&attrs.settings.billing, Some(Set { value: BillingAttr::Provisioned(..), .. })),
        };
        let indexes: Vec<_> =
            attrs.indexes.iter().filter_map(|index| Index::new(index, &surroundings, errors)).collect();
        check_indexes(&input.ident, &attrs.indexes, errors);
        let settings = Settings::new(&attrs.settings, errors);
        let (partition_key, sort_key) =
            (surroundings.partition_key.map(IndexKey::new), surroundings.sort_key.map(IndexKey::new));
        let partition_key = partition_key?;
        let access = Keys {
            entity: &input.ident,
            partition_key: &partition_key,
            sort_key: sort_key.as_ref(),
            indexes: &indexes,
            broken: indexes.len() < attrs.indexes.len(),
        };
        let (access, name) = (access.patterns(&attrs.access, errors), name?);
        number_keys(&mut fields, &partition_key, sort_key.as_ref(), &indexes);
        Some(Self {
            paths_type: naming::paths_type(&input.ident),
            query_type: naming::query_type(&input.ident),
            subject,
            name,
            fields,
            partition_key,
            sort_key,
            indexes,
            access,
            settings,
        })
    }

    /// The fields that have an attribute.
    pub(crate) fn stored(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.is_stored())
    }
}

fn check_generics(input: &DeriveInput, errors: &mut Errors) {
    for parameter in &input.generics.params {
        let name = match parameter {
            GenericParam::Lifetime(_) => continue,
            GenericParam::Type(parameter) => &parameter.ident,
            GenericParam::Const(parameter) => &parameter.ident,
        };
        errors.at(
            name,
            format!(
                "a table is one concrete type, and `{}` has the parameter `{name}`; replace it by a type, or move it into \
                 a document that derives `DynamoAttribute`",
                input.ident
            ),
        );
    }
}

fn table_name(input: &DeriveInput, attrs: &TableAttrs, errors: &mut Errors) -> Option<String> {
    let Some(table) = &attrs.table else {
        if attrs.means_table {
            return None;
        }
        let message = format!("`{}` has no table name: write `#[dynamo(table = \"…\")]` above it", input.ident);
        errors.at(&input.ident, message);
        return None;
    };
    name::check_resource("a table", &table.value, errors).then(|| table.value.value())
}

fn named_fields<'i>(
    input: &'i DeriveInput,
    errors: &mut Errors,
) -> Option<impl Iterator<Item = &'i syn::Field> + use<'i>> {
    let name = &input.ident;
    let message = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => return Some(fields.named.iter()),
            Fields::Unnamed(_) => format!(
                "a table's attributes need names: write `{name}` as a struct with named fields, `struct {name} {{ … }}`"
            ),
            Fields::Unit => format!("`{name}` has no fields, and a table needs at least its partition key"),
        },
        Data::Enum(_) => format!("`{name}` is an enum, and a table is derived from a struct with named fields"),
        Data::Union(_) => format!("`{name}` is a union, and a table is derived from a struct with named fields"),
    };
    errors.at(name, message);
    None
}

/// The one field that has the mark.
fn single<'f>(
    fields: &'f [(Field, FieldAttrs)],
    what: &str,
    mark: impl Fn(&FieldAttrs) -> &Option<Set<()>>,
    errors: &mut Errors,
) -> Option<&'f Field> {
    let mut marked = fields.iter().filter_map(|(field, attrs)| mark(attrs).as_ref().map(|set| (field, &set.key)));
    let (field, first) = marked.next()?;
    for (other, second) in marked {
        let message = format!(
            "a table has one {what}, and `{}` is it already; remove one, or use `{}` in an index",
            field.name(),
            other.name()
        );
        errors.conflict(first, format!("the {what} is first marked here"), second, message);
    }
    Some(field)
}

fn check_table_key(field: &Field, errors: &mut Errors) {
    if let Some(inner) = tokens::inside_option(&field.ty) {
        let inner = quote::ToTokens::to_token_stream(inner);
        errors.at(
            &field.ty,
            format!(
                "`{}` is a key of the table, and a table's key is in every item; write `{inner}` without `Option` (the key of \
                 an index can be optional)",
                field.name()
            ),
        );
    }
    name::check_key("a key attribute", &field.attribute, &field.named_at, errors);
}

fn check_one_ttl(fields: &[(Field, FieldAttrs)], errors: &mut Errors) {
    let mut marked = fields.iter().filter_map(|(_, attrs)| attrs.ttl.as_ref());
    let Some(first) = marked.next() else { return };
    for second in marked {
        let message = "a table has one time-to-live attribute; remove one `ttl`";
        errors.conflict(&first.key, "`ttl` is first written here", &second.key, message);
    }
}

/// Checks what holds between the indexes of one table.
fn check_indexes(entity: &Ident, indexes: &[IndexAttrs], errors: &mut Errors) {
    for (global, most, what) in [(true, GLOBAL_INDEXES, "global"), (false, LOCAL_INDEXES, "local")] {
        let of_kind = || indexes.iter().filter(|index| index.global == global);
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

/// Gives each key field its number and its narrowest part.
fn number_keys(fields: &mut [Field], partition_key: &IndexKey, sort_key: Option<&IndexKey>, indexes: &[Index]) {
    let mut number = 0;
    for field in fields {
        let is = |key: &IndexKey| key.ident == field.ident;
        let table = is(partition_key) || sort_key.is_some_and(is);
        let sorts = sort_key.is_some_and(is) || indexes.iter().any(|index| index.sort_key.iter().any(is));
        if table || indexes.iter().any(|index| index.keys().any(is)) {
            let part = if sorts { KeyPart::Sort } else { KeyPart::Partition };
            field.key = Some(KeyRole { number, table, part });
            number += 1;
        }
    }
}
