//! A table's entity: its fields, keys and indexes, and the settings of a table with one entity.

use proc_macro2::Ident;
use syn::{Data, DeriveInput, Fields, GenericParam, Type};

use super::access::Keys;
use super::index::Surroundings;
use super::{
    Access, Field, Group, Index, IndexKey, KeyPart, KeyRole, KeySide, Settings, Subject, behaviour, name, naming,
    table_key,
};
use crate::attr::{BillingAttr, FieldAttrs, IndexAttrs, IndexWord, Kind, Owner, ProjectionAttr, Set, TableAttrs};
use crate::errors::Errors;

const GLOBAL_INDEXES: usize = 20;
const LOCAL_INDEXES: usize = 5;
/// Attributes that all indexes of a table together can carry by name.
const INCLUDED: usize = 100;

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
    /// `SparklePaths`.
    pub(crate) paths_type: Ident,
    /// `SparkleQuery`.
    pub(crate) query_type: Ident,
}

/// The table that the items are in.
pub(crate) enum Home {
    /// The struct is a table by itself.
    Alone(String, Settings),
    /// The struct is an entity of an enum's table.
    Enum(Belongs),
}

/// How an entity belongs to a table of several.
pub(crate) struct Belongs {
    /// The enum.
    pub(crate) table: Type,
    /// Its value of the table's tag attribute.
    pub(crate) tag: String,
    /// The older shapes that are read as this one.
    pub(crate) upgrades: Vec<Type>,
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

fn belongs(input: &DeriveInput, attrs: &TableAttrs, errors: &mut Errors) -> Option<Belongs> {
    let Some(table) = &attrs.table_type else {
        if !attrs.means_table {
            let message = format!(
                "`{}` belongs to no table: write `#[dynamo(table = Messages)]` above it, with the enum that derives \
                 `DynamoTable` and has a variant for it",
                input.ident
            );
            errors.at(&input.ident, message);
        }
        return None;
    };
    let tag = match &attrs.tag {
        Some(tag) if tag.value.value().is_empty() => {
            errors.at(
                &tag.value,
                "an empty tag tells nothing apart; write a name, or leave `tag` out for the struct's own",
            );
            return None;
        }
        Some(tag) => tag.value.value(),
        None => syn::ext::IdentExt::unraw(&input.ident).to_string(),
    };
    Some(Belongs { table: table.value.clone(), tag, upgrades: attrs.upgrades.clone() })
}

fn check_generics(input: &DeriveInput, kind: Kind, errors: &mut Errors) {
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
                "a table is one concrete type, and `{}` has the parameter `{name}`; replace it by a type, or move it into \
                 a document that derives `DynamoAttribute`",
                input.ident
            ),
        );
    }
}

pub(super) fn table_name(input: &DeriveInput, attrs: &TableAttrs, errors: &mut Errors) -> Option<String> {
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
