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
    let known = E::TABLE.entities.iter().filter(|entity| entity.name == E::NAME).flat_map(|entity| entity.attributes);
    let absent = known
        .filter(|attribute| attribute.optional && stored.iter().all(|(name, _)| name != attribute.name))
        .map(|attribute| Expr::Function("attribute_not_exists", Node::attribute(attribute.name), None));
    let equal = stored.iter().filter(|(name, _)| !key.contains(&Some(name.as_str()))).map(|(name, value)| {
        Expr::Compare(Term::Path(Node::named(name.clone())), "=", Term::Value(Ok((*value).into())))
    });
    equal.chain(absent).collect()
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
