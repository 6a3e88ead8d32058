//! The fields that make the keys of indexes, in groups that updates set together.

use proc_macro2::Ident;
use syn::ext::IdentExt;

use super::{Field, Index, IndexKey, KeySide, Template, naming};
use crate::errors::Errors;

/// Fields that are set together, because each is in a template with another one.
pub(crate) struct Group {
    /// The member of the paths: `by_recent`.
    pub(crate) name: Ident,
    /// The first index that the fields make a key of.
    pub(crate) index: String,
    /// In the order of the templates.
    pub(crate) fields: Vec<IndexKey>,
}

/// A template that is not fed by the primary key alone.
struct Fed<'t> {
    index: &'t Index,
    /// `partition_key` or `sort_key`.
    side: &'static str,
    fields: Vec<&'t IndexKey>,
}

impl Group {
    pub(super) fn all(entity: &Ident, fields: &[Field], indexes: &[Index], errors: &mut Errors) -> Vec<Self> {
        let mut joined: Vec<Vec<Fed<'_>>> = Vec::new();
        for fed in indexes.iter().flat_map(|index| Fed::of(index, fields)) {
            // A template that has fields of several groups makes one of them.
            let (with, without): (Vec<_>, Vec<_>) =
                joined.into_iter().partition(|group| group.iter().any(|one| one.shares(&fed)));
            let mut group: Vec<Fed<'_>> = with.into_iter().flatten().collect();
            group.push(fed);
            joined = without;
            joined.push(group);
        }
        joined.sort_by_key(|group| {
            group.first().and_then(|fed| indexes.iter().position(|index| index.name == fed.index.name))
        });
        let groups: Vec<Self> = joined.iter().filter_map(|group| Self::new(group, &joined)).collect();
        for group in &groups {
            if let Some(field) =
                fields.iter().find(|field| field.is_stored() && field.ident.unraw() == group.name.unraw())
            {
                let message = format!(
                    "`{}` is the member of `{entity}Paths` that sets the key of index `{}`, and a field has that name; rename the \
                     field, and write `#[dynamo(rename = \"{}\")]` to keep the attribute",
                    field.name(),
                    group.index,
                    field.attribute
                );
                errors.at(&field.ident, message);
            }
        }
        groups
    }

    fn new(group: &[Fed<'_>], all: &[Vec<Fed<'_>>]) -> Option<Self> {
        let first = group.first()?;
        let mut fields: Vec<IndexKey> = Vec::new();
        for field in group.iter().flat_map(|fed| &fed.fields) {
            if !fields.iter().any(|before| before.ident == field.ident) {
                fields.push((*field).clone());
            }
        }
        // Where the two sides of an index are set apart from one another, each has a name of its own.
        let mut others = all.iter().flatten().filter(|fed| fed.index.name == first.index.name);
        let alone = others.all(|fed| group.iter().any(|own| own.index.name == fed.index.name && own.side == fed.side));
        let name = naming::index_member(&first.index.name, if alone { None } else { Some(first.side) });
        Some(Self { name, index: first.index.name.clone(), fields })
    }
}

impl<'t> Fed<'t> {
    fn of(index: &'t Index, fields: &'t [Field]) -> impl Iterator<Item = Self> {
        let primary = |part: &IndexKey| {
            fields.iter().any(|field| {
                field.ident == part.ident && (field.feeds.primary || field.key.is_some_and(|key| key.table))
            })
        };
        let of = move |side: &'t KeySide, name| match side {
            KeySide::Template(template) => Some((template, name)),
            KeySide::Fields(_) | KeySide::Own(..) => None,
        };
        let sides = [of(&index.partition_key, "partition_key"), of(&index.sort_key, "sort_key")];
        sides.into_iter().flatten().filter_map(move |(template, side): (&Template, _)| {
            let fields: Vec<&IndexKey> = template.parts().map(|part| &part.key).filter(|part| !primary(part)).collect();
            (!fields.is_empty()).then_some(Self { index, side, fields })
        })
    }

    fn shares(&self, other: &Self) -> bool {
        self.fields.iter().any(|field| other.fields.iter().any(|own| own.ident == field.ident))
    }
}

impl Group {
    /// The names of the fields, as they are listed in code.
    pub(crate) fn listed(&self) -> String {
        let names: Vec<String> = self.fields.iter().map(|field| field.ident.unraw().to_string()).collect();
        match names.as_slice() {
            [only] => format!("({only},)"),
            several => format!("({})", several.join(", ")),
        }
    }
}
