//! The items that reserve values of unique attributes: which an item needs, and how they are taken and given up.

use std::sync::Arc;

use crate::codec::{Cursor, EncodeError, EncodeProblem, Encoder};
use crate::entity::RESERVED;
use crate::expr::{Expr, Node, Substitutions, Term};
use crate::key::into_text;
use crate::request::body::Body;
use crate::schema::{EntitySchema, KeyType, TableSchema, UniqueSchema};
use crate::template::{Identity, SEPARATOR, escape_from};
use crate::{Error, Item, Result, Value, limit};

/// The attribute of a reservation that holds the primary key of the item that it is for.
const OWNER: &str = "~owner";

/// An item that reserves a value.
#[derive(Clone, PartialEq)]
pub(super) struct Reservation {
    /// The attribute with the value.
    pub(super) attribute: &'static str,
    /// The attributes of its primary key, as JSON without brackets.
    key: Box<str>,
}

/// The entity of an item or key of the table, if it has unique attributes.
pub(in crate::request) fn entity_of(
    table: &TableSchema,
    name: &str,
    json: &str,
) -> Result<Option<&'static EntitySchema>> {
    if !table.has_unique() {
        return Ok(None);
    }
    let entity = match table.entities.iter().find(|entity| entity.name == name) {
        Some(entity) => Some(entity),
        // The table's enum, or an older shape.
        None => match Cursor::over(json).identify(table)? {
            Identity::Entity(entity) | Identity::Older { entity, .. } => table.entities.get(entity),
            Identity::Unknown => None,
        },
    };
    Ok(entity.filter(|entity| !entity.unique.is_empty()))
}

/// The reservations that an item with these attributes needs.
pub(super) fn reservations(table: &TableSchema, entity: &EntitySchema, item: &Item) -> Result<Vec<Reservation>> {
    let of = |rule: &'static UniqueSchema| Reservation::of(table, entity, rule, item).transpose();
    let found: Result<Vec<_>, EncodeError> = entity.unique.iter().filter_map(of).collect();
    found.map_err(|error| Error::Encode(error.of_entity(entity.name)))
}

impl Reservation {
    /// The reservation for one attribute, unless the item lacks it.
    ///
    /// Its key is text of components, none of which has the separator: the entity's tag where the table has several
    /// entities, the attribute's name, the values of the scope, and the value.
    fn of(
        table: &TableSchema,
        entity: &EntitySchema,
        rule: &'static UniqueSchema,
        item: &Item,
    ) -> Result<Option<Self>, EncodeError> {
        let of_attribute = |mut error: EncodeError| {
            error.in_attribute(rule.attribute);
            error
        };
        if matches!(item.get(rule.attribute), None | Some(Value::Null)) {
            return Ok(None);
        }
        let mut text = RESERVED.to_owned();
        push_text(&mut text, entity.tag.unwrap_or_default());
        text.push(SEPARATOR);
        push_text(&mut text, rule.attribute);
        for attribute in rule.scope.iter().copied().chain([rule.attribute]) {
            text.push(SEPARATOR);
            push_value(&mut text, item.get(attribute)).map_err(of_attribute)?;
        }
        if text.len() > limit::PARTITION_KEY_BYTES {
            let (bytes, limit) = (text.len(), limit::PARTITION_KEY_BYTES);
            return Err(of_attribute(EncodeError::new(EncodeProblem::KeyTooLong { bytes, limit })));
        }
        Ok(Some(Self { attribute: rule.attribute, key: key_of(table, &text)? }))
    }

    /// The action that reserves the value for the item of that key, unless it is reserved for another one.
    pub(super) fn take(&self, table: (&TableSchema, &Arc<str>), taken_from: &str, owner: &str) -> Result<Box<str>> {
        let mut body = Body::new(table.1, 256);
        body.json("Item", &format!("{{{},\"{OWNER}\":{{\"M\":{owner}}}}}", self.key));
        finish(body, table.0, taken_from)
    }

    /// The action that gives the value up, if it is reserved for the item of that key.
    pub(super) fn give_up(&self, table: (&TableSchema, &Arc<str>), owner: &str) -> Result<Box<str>> {
        let mut body = Body::new(table.1, 256);
        body.json("Key", &format!("{{{}}}", self.key));
        finish(body, table.0, owner)
    }
}

/// Adds the condition that nobody else owns the reservation.
fn finish(mut body: Body, table: &TableSchema, owner: &str) -> Result<Box<str>> {
    let absent = Expr::Function("attribute_not_exists", Node::attribute(table.partition_key.name), None);
    let owner = Term::Value(Ok(format!("{{\"M\":{owner}}}").into()));
    let own = Expr::Compare(Term::Path(Node::attribute(OWNER)), "=", owner);
    let mut substitutions = Substitutions::default();
    body.text("ConditionExpression", &substitutions.condition("condition", &Expr::Join("OR", vec![absent, own]))?);
    body.substitutions(&substitutions)?;
    body.close()
}

/// The attributes of the primary key with that text. The sort key says nothing, because the partition key says it all.
fn key_of(table: &TableSchema, text: &str) -> Result<Box<str>, EncodeError> {
    let mut out = Encoder::with_capacity(text.len() + 64);
    out.raw("\"");
    out.text(table.partition_key.name);
    out.raw("\":");
    out.string(text);
    if let Some(sort_key) = &table.sort_key {
        out.raw(",\"");
        out.text(sort_key.name);
        out.raw("\":");
        match sort_key.key_type {
            KeyType::S => out.string("~"),
            KeyType::N => out.number("0"),
            KeyType::B => out.binary(&[0]),
        }
    }
    out.finish().map(into_text)
}

fn push_text(out: &mut String, text: &str) {
    let start = out.len();
    out.push_str(text);
    escape_from(out, start);
}

/// Adds a value with its type; the absence of one, in a scope, is a value of its own.
fn push_value(out: &mut String, value: Option<&Value>) -> Result<(), EncodeError> {
    match value {
        None | Some(Value::Null) => {}
        Some(Value::S(text)) => {
            out.push('S');
            push_text(out, text);
        }
        // Numbers are unique by their value, in one spelling.
        Some(Value::N(number)) => {
            out.push('N');
            push_text(out, &number.to_string());
        }
        Some(Value::B(bytes)) => {
            out.push('B');
            push_text(out, &base64_simd::STANDARD.encode_to_string(bytes));
        }
        Some(_) => return Err(EncodeError::refused("a unique value is text, a number or binary")),
    }
    Ok(())
}
