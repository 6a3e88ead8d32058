//! A table's entity: its fields, keys and indexes, and the settings of a table with one entity.

use proc_macro2::Ident;
use syn::{Data, DeriveInput, Fields, GenericParam};

use super::access::Keys;
use super::home::{belongs, table_name};
use super::index::{Surroundings, check_indexes};
use super::{
    Access, Field, Group, Home, Index, IndexKey, KeyPart, KeyRole, KeySide, Settings, Subject, Unique, behaviour,
    naming, table_key,
};
use crate::attr::{BillingAttr, FieldAttrs, Kind, Owner, Set, TableAttrs};
use crate::errors::Errors;

/// A struct whose values are the items of a table.
pub(crate) struct Table {
    pub(crate) subject: Subject,
    pub(crate) home: Home,
    pub(crate) fields: Vec<Field>,
    pub(crate) partition_key: KeySide,
    pub(crate) sort_key: KeySide,
    pub(crate) indexes: Vec<Index>,
    pub(crate) access: Vec<Access>,
    /// The fields that updates set together.
    pub(crate) groups: Vec<Group>,
    /// The attributes whose values are unique.
    pub(crate) unique: Vec<Unique>,
    /// `SparklePaths`.
    pub(crate) paths_type: Ident,
    /// `SparkleQuery`.
    pub(crate) query_type: Ident,
}

impl Table {
    /// The entity, or `None` after a mistake that leaves none.
    pub(crate) fn new(input: &DeriveInput, attrs: &TableAttrs, errors: &mut Errors) -> Option<Self> {
        let subject = Subject::new(input, attrs.runtime.as_ref());
        check_generics(input, attrs.kind, errors);
        let home = match attrs.kind {
            Kind::Entity => belongs(input, attrs, errors).map(Home::Enum),
            Kind::Table | Kind::Entities => {
                table_name(input, attrs, errors).map(|name| Home::Alone(name, Settings::new(&attrs.settings, errors)))
            }
        };
        let rename_all = attrs.rename_all.as_ref().map(|case| case.value);
        let fields =
            Field::all(named_fields(input, attrs, errors)?, Owner::Table, rename_all, &subject.self_type(), errors);
        check_one_ttl(&fields, errors);
        let unique = Unique::all(&input.ident, &fields, errors);
        behaviour::check_one(&fields, errors);
        let keys = table_key::Keys { entity: &input.ident, attrs, fields: &fields };
        let (partition_key, sort_key) = keys.resolve(errors);
        let mut fields: Vec<Field> = fields.into_iter().map(|(field, _)| field).collect();
        let surroundings = Surroundings {
            entity: &input.ident,
            fields: &fields,
            partition_key: partition_key.as_ref(),
            sort_key: sort_key.as_ref(),
            provisioned: matches!(&attrs.settings.billing, Some(Set { value: BillingAttr::Provisioned(..), .. })),
        };
        let mut indexes: Vec<_> =
            attrs.indexes.iter().filter_map(|index| Index::new(index, &surroundings, errors)).collect();
        number_templates(&mut indexes);
        check_indexes(&input.ident, &attrs.indexes, errors);
        let (partition_key, sort_key) = (partition_key?, sort_key?);
        let access = Keys {
            entity: &input.ident,
            partition_key: &partition_key,
            sort_key: &sort_key,
            indexes: &indexes,
            broken: indexes.len() < attrs.indexes.len(),
        };
        let (access, home) = (access.patterns(&attrs.access, errors), home?);
        if !errors.any() {
            table_key::check_attributes(&fields, &partition_key, &sort_key, &indexes, errors);
        }
        number_keys(&mut fields, &partition_key, &sort_key, &indexes);
        feed(&mut fields, &partition_key, &sort_key, &indexes);
        behaviour::check_keys(&fields, errors);
        let groups = Group::all(&input.ident, &fields, &indexes, errors);
        table_key::check_key_only(&input.ident, &fields, &[&partition_key, &sort_key], &indexes, errors);
        Some(Self {
            paths_type: naming::paths_type(&input.ident),
            query_type: naming::query_type(&input.ident),
            subject,
            home,
            fields,
            partition_key,
            sort_key,
            indexes,
            access,
            groups,
            unique,
        })
    }

    /// The group that a field is set with, by its number.
    pub(crate) fn group_of(&self, field: &Field) -> Option<usize> {
        self.groups.iter().position(|group| group.fields.iter().any(|own| own.ident == field.ident))
    }

    /// The fields that have an attribute.
    pub(crate) fn stored(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.is_stored())
    }

    /// The sides of its keys that it makes itself: the table's, then those of its indexes that are not the table's.
    pub(crate) fn sides(&self) -> impl Iterator<Item = &KeySide> {
        let own = [&self.partition_key, &self.sort_key];
        own.into_iter()
            .chain(self.indexes.iter().flat_map(Index::sides))
            .filter(|side| !matches!(side, KeySide::Own(..)))
    }

    /// True if one of its keys is text made of fields.
    pub(crate) fn has_templates(&self) -> bool {
        self.sides().any(|side| side.template().is_some())
    }
}

fn check_generics(input: &DeriveInput, kind: Kind, errors: &mut Errors) {
    let what = if kind == Kind::Entity { "an entity" } else { "a table" };
    for parameter in &input.generics.params {
        let name = match parameter {
            GenericParam::Lifetime(parameter) if kind == Kind::Entity => {
                errors.at(
                    parameter,
                    format!(
                        "an entity of a table of several owns its data, and `{}` borrows; use `String` and `Vec` in its fields",
                        input.ident
                    ),
                );
                continue;
            }
            GenericParam::Lifetime(_) => continue,
            GenericParam::Type(parameter) => &parameter.ident,
            GenericParam::Const(parameter) => &parameter.ident,
        };
        errors.at(
            name,
            format!(
                "{what} is one concrete type, and `{}` has the parameter `{name}`; replace it by a type, or move it into \
                 a document that derives `DynamoAttribute`",
                input.ident
            ),
        );
    }
}

fn named_fields<'i>(
    input: &'i DeriveInput,
    attrs: &TableAttrs,
    errors: &mut Errors,
) -> Option<impl Iterator<Item = &'i syn::Field> + use<'i>> {
    let (name, what) = (&input.ident, if attrs.kind == Kind::Entity { "an entity" } else { "a table" });
    let message = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => return Some(fields.named.iter()),
            Fields::Unnamed(_) => format!(
                "{what}'s attributes need names: write `{name}` as a struct with named fields, `struct {name} {{ … }}`"
            ),
            Fields::Unit => format!("`{name}` has no fields, and {what} needs at least its partition key"),
        },
        Data::Enum(_) => format!(
            "`{name}` is an enum, and an entity is a struct with named fields; the enum of a table's entities derives \
             `DynamoTable`"
        ),
        Data::Union(_) => format!("`{name}` is a union, and {what} is derived from a struct with named fields"),
    };
    errors.at(name, message);
    None
}

fn check_one_ttl(fields: &[(Field, FieldAttrs)], errors: &mut Errors) {
    let mut marked = fields.iter().filter_map(|(_, attrs)| attrs.ttl.as_ref());
    let Some(first) = marked.next() else { return };
    for second in marked {
        let message = "a table has one time-to-live attribute; remove one `ttl`";
        errors.conflict(&first.key, "`ttl` is first written here", &second.key, message);
    }
}

/// Gives each key field its number and its narrowest part.
fn number_keys(fields: &mut [Field], partition_key: &KeySide, sort_key: &KeySide, indexes: &[Index]) {
    let mut number = 0;
    for field in fields {
        let is = |key: &IndexKey| key.ident == field.ident;
        let has = |side: &KeySide| side.fields().iter().any(is);
        let table = has(partition_key) || has(sort_key);
        let sorts = has(sort_key) || indexes.iter().any(|index| has(&index.sort_key));
        if table || indexes.iter().any(|index| index.keys().any(is)) {
            let part = if sorts { KeyPart::Sort } else { KeyPart::Partition };
            field.key = Some(KeyRole { number, table, part });
            number += 1;
        }
    }
}

/// Gives the templates of the indexes their numbers, after those of the table's key.
fn number_templates(indexes: &mut [Index]) {
    let sides = indexes.iter_mut().flat_map(|index| [&mut index.partition_key, &mut index.sort_key]);
    for (number, side) in sides.enumerate() {
        if let KeySide::Template(template) = side {
            template.number = number + 2;
        }
    }
}

/// Notes the key templates that each field is in.
fn feed(fields: &mut [Field], partition_key: &KeySide, sort_key: &KeySide, indexes: &[Index]) {
    for field in fields {
        let has = |side: &KeySide| side.template().is_some_and(|template| template.has(&field.ident));
        field.feeds.primary = has(partition_key) || has(sort_key);
        // An index that shares the table's own key has what never changes.
        let fed = |index: &Index| index.sides().iter().any(|side| !matches!(side, KeySide::Own(..)) && has(side));
        field.feeds.indexes =
            indexes.iter().enumerate().filter(|(_, index)| fed(index)).map(|(place, _)| place).collect();
    }
}
