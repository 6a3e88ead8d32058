//! The condition that a stored item is still the one that was read.

use crate::codec::Cursor;
use crate::entity::Entity;
use crate::expr::{Expr, Node, Term};
use crate::request::body::item_json;

/// One comparison for each attribute of the item but its primary key; and for each that it lacks, that it is absent.
pub(super) fn conditions<E: Entity>(item: &E) -> Vec<Expr> {
    let key = [Some(E::TABLE.partition_key.name), E::TABLE.sort_key.map(|key| key.name)];
    // An item that cannot be stored is none that was read: the write of it says so.
    let Ok(json) = item_json(item, E::NAME) else { return Vec::new() };
    let stored: Vec<(String, &str)> = members(&json);
    let known = E::TABLE.entity(E::NAME).map_or(&[][..], |entity| entity.attributes);
    let absent = known
        .iter()
        .filter(|attribute| attribute.optional && stored.iter().all(|(name, _)| name != attribute.name))
        .flat_map(|attribute| core::iter::once(&attribute.name).chain(attribute.aliases))
        .map(|name| absent(name));
    let equal = stored.iter().filter(|(name, _)| !key.contains(&Some(name.as_str()))).map(|(name, value)| {
        let aliases = known.iter().find(|attribute| attribute.name == name).map_or(&[][..], |known| known.aliases);
        equal(name, aliases, value)
    });
    equal.chain(absent).collect()
}

/// The attribute has the value, or has it under the first of its older names that the item has.
fn equal(name: &str, aliases: &'static [&'static str], value: &str) -> Expr {
    let is = Expr::Compare(Term::Path(Node::named(name.to_owned())), "=", Term::Value(Ok(value.into())));
    match aliases {
        [] => is,
        [older, aliases @ ..] => {
            let missing = Expr::Function("attribute_not_exists", Node::named(name.to_owned()), None);
            Expr::Join("OR", vec![is, Expr::Join("AND", vec![missing, equal(older, aliases, value)])])
        }
    }
}

fn absent(name: &'static str) -> Expr {
    Expr::Function("attribute_not_exists", Node::attribute(name), None)
}

/// The names and the JSON of the members of an object.
pub(super) fn members(json: &str) -> Vec<(String, &str)> {
    let mut found = Vec::new();
    let mut cursor = Cursor::over(json);
    let mut first = true;
    let mut read = || {
        cursor.expect(b'{', "expected `{`")?;
        while let Some(name) = cursor.member(&mut first)? {
            let start = cursor.offset();
            cursor.skip()?;
            found.push((name.into_owned(), cursor.slice(start, cursor.offset())));
        }
        Ok::<_, crate::codec::DecodeError>(())
    };
    // The encoder writes nothing that cannot be read.
    let _ = read();
    found
}
