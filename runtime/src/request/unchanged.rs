//! The condition that a stored item is still the one that was read.

use crate::codec::{Cursor, EncodeError, Encoder, ItemOwned};
use crate::entity::Entity;
use crate::expr::{Expr, Node, Term};
use crate::request::body::attributes_json;
use crate::schema::TableSchema;

/// One comparison for each attribute of the item but its primary key; and for each that it lacks, that it is absent.
///
/// An attribute that is absent in the table may be a value in Rust, as a `default` makes it, and a `NULL` may be none. So
/// whatever is read as this item is taken for it, and nothing else.
pub(super) fn conditions<E: Entity + ItemOwned>(item: &E) -> Vec<Expr> {
    let json = match attributes_json(item, E::NAME, &mut None) {
        Ok(json) => json,
        Err(error) => return vec![refusal::<E>(error)],
    };
    let is_same = |other: &str| {
        let read = E::decode_item(&mut Cursor::over(other)).ok();
        read.and_then(|read| attributes_json(&read, E::NAME, &mut None).ok()).is_some_and(|again| again == json)
    };
    of_json(&json, E::TABLE, E::NAME, &is_same)
}

fn of_json(json: &str, table: &TableSchema, entity: &str, is_same: &dyn Fn(&str) -> bool) -> Vec<Expr> {
    let key = [Some(table.partition_key.name), table.sort_key.map(|key| key.name)];
    let stored = members(json);
    let known = table.entity(entity).map_or(&[][..], |entity| entity.attributes);
    let has = stored.iter().filter(|member| !key.contains(&Some(member.name.as_str()))).map(|member| {
        let aliases =
            known.iter().find(|attribute| attribute.name == member.name).map_or(&[][..], |known| known.aliases);
        has(&member.name, aliases, member.value, is_same(&without(&stored, &member.name)))
    });
    let lacks = known
        .iter()
        .filter(|attribute| attribute.optional && stored.iter().all(|member| member.name != attribute.name))
        .flat_map(|attribute| core::iter::once(&attribute.name).chain(attribute.aliases))
        .map(|name| or(absent(name), is_same(&with_null(json, name)).then(|| is_null(name))));
    has.chain(lacks).collect()
}

/// The attribute has the value, or has it under the first of its older names that the item has; or has none of the names, where
/// that is read as the value.
fn has(name: &str, aliases: &'static [&'static str], value: &str, or_absent: bool) -> Expr {
    let is = equal(name, Ok(value.into()));
    match aliases {
        [] => or(is, or_absent.then(|| absent(name))),
        [older, aliases @ ..] => {
            let older = Expr::Join("AND", vec![absent(name), has(older, aliases, value, or_absent)]);
            or(is, Some(older))
        }
    }
}

/// An item that cannot be stored is none that was read, so that nothing is sent.
fn refusal<E: Entity>(error: EncodeError) -> Expr {
    equal(E::TABLE.partition_key.name, Err(error))
}

fn equal(name: &str, value: crate::expr::Value) -> Expr {
    Expr::Compare(Term::Path(Node::named(name.to_owned())), "=", Term::Value(value))
}

fn absent(name: &str) -> Expr {
    Expr::Function("attribute_not_exists", Node::named(name.to_owned()), None)
}

fn is_null(name: &str) -> Expr {
    let null = Term::Value(Ok(r#"{"S":"NULL"}"#.into()));
    Expr::Function("attribute_type", Node::named(name.to_owned()), Some(null))
}

fn or(one: Expr, other: Option<Expr>) -> Expr {
    match other {
        Some(other) => Expr::Join("OR", vec![one, other]),
        None => one,
    }
}

/// A member of a JSON object.
pub(super) struct Member<'j> {
    pub(super) name: String,
    pub(super) value: &'j str,
    /// Its name and its value.
    text: &'j str,
}

/// The object without that member.
fn without(members: &[Member<'_>], name: &str) -> String {
    let others: Vec<&str> = members.iter().filter(|member| member.name != name).map(|member| member.text).collect();
    format!("{{{}}}", others.join(","))
}

/// The object with a `NULL` of that name.
fn with_null(json: &str, name: &str) -> String {
    let mut null = Encoder::with_capacity(name.len() + 20);
    null.text(name);
    // A name without a value cannot fail.
    let name = null.finish().unwrap_or_default();
    let (name, rest) = (String::from_utf8_lossy(&name), json.strip_prefix('{').unwrap_or_default());
    format!(r#"{{"{name}":{{"NULL":true}},{rest}"#)
}

/// The members of an object.
pub(super) fn members(json: &str) -> Vec<Member<'_>> {
    let mut found = Vec::new();
    let mut cursor = Cursor::over(json);
    let mut first = true;
    let mut read = || {
        cursor.expect(b'{', "expected `{`")?;
        let mut begin = cursor.offset();
        while let Some(name) = cursor.member(&mut first)? {
            let start = cursor.offset();
            cursor.skip()?;
            let (value, text) = (cursor.slice(start, cursor.offset()), cursor.slice(begin, cursor.offset()));
            found.push(Member { name: name.into_owned(), value, text: text.trim_start_matches(',') });
            begin = cursor.offset();
        }
        Ok::<_, crate::codec::DecodeError>(())
    };
    // The encoder writes nothing that cannot be read.
    let _ = read();
    found
}
