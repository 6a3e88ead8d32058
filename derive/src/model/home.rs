//! The table that an entity's items are in: its own, or an enum's.

use syn::{DeriveInput, Type};

use super::{Settings, name};
use crate::attr::TableAttrs;
use crate::errors::Errors;

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

pub(super) fn belongs(input: &DeriveInput, attrs: &TableAttrs, errors: &mut Errors) -> Option<Belongs> {
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
