//! What is stored of the unique attributes: reading it, and the condition that it is still so.

use super::{Change, UniqueWrite};
use crate::codec::decode_item_response;
use crate::exec::Operation;
use crate::expr::{Expr, Node, Substitutions, Term, value};
use crate::request::body::Body;
use crate::request::call::send;
use crate::request::update::Setting;
use crate::schema::{EntitySchema, TableSchema};
use crate::{Error, Item, Result, Value};

/// The unique attributes of the stored item, and those of their scopes; `None` if there is no item.
pub(super) async fn read(write: &UniqueWrite) -> Result<Option<Item>> {
    let mut body = Body::new(&write.table, 256);
    let mut substitutions = Substitutions::default();
    body.json("Key", &write.key);
    body.json("ConsistentRead", "true");
    let key = write.schema.partition_key.name;
    let nodes: Vec<Node> = core::iter::once(key).chain(attributes(write.entity)).map(Node::attribute).collect();
    body.text("ProjectionExpression", &substitutions.projection(&nodes)?);
    body.substitutions(&substitutions)?;
    let request = body.finish(Operation::GetItem, &write.table)?;
    let response = send(&write.db, request, write.entity.name, None).await?;
    let (item, _) = decode_item_response(&response.body, "Item")
        .map_err(|error| Error::Decode(error.of_entity(write.entity.name)))?;
    Ok(item)
}

/// The condition that what was read is still stored.
pub(super) fn guard(table: &TableSchema, entity: &EntitySchema, stored: Option<&Item>) -> Vec<Expr> {
    let absent = |name| Expr::Function("attribute_not_exists", Node::attribute(name), None);
    let Some(item) = stored else { return vec![absent(table.partition_key.name)] };
    let is = |name| match item.get(name) {
        Some(stored) => {
            let node = Node::attribute(name);
            let stored = value::<Value>(&node, stored);
            Expr::Compare(Term::Path(node), "=", Term::Value(stored))
        }
        None => absent(name),
    };
    attributes(entity).into_iter().map(is).collect()
}

/// True if an item has other unique attributes than were read.
pub(super) fn differ(entity: &EntitySchema, read: Option<&Item>, found: Option<&Item>) -> bool {
    match (read, found) {
        (Some(read), Some(found)) => attributes(entity).into_iter().any(|name| read.get(name) != found.get(name)),
        (read, found) => read.is_some() != found.is_some(),
    }
}

/// The unique attributes and those of their scopes, each once.
pub(in crate::request) fn attributes(entity: &EntitySchema) -> Vec<&'static str> {
    let mut names = Vec::new();
    for name in entity.unique.iter().flat_map(crate::schema::UniqueSchema::attributes) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

impl Change {
    /// The unique attributes after the write; `None` if there is no item then.
    pub(super) fn after(&self, stored: Option<&Item>) -> Option<Item> {
        match self {
            Self::Whole(item) => Some(item.clone()),
            Self::Gone => None,
            Self::Some(settings) => {
                let mut item = stored.cloned().unwrap_or_default();
                for (name, setting) in settings {
                    let name = (*name).to_owned();
                    match setting {
                        Setting::IfNotExists(_) if item.contains_key(&name) => continue,
                        Setting::Value(value) | Setting::IfNotExists(value) => item.insert(name, value.clone()),
                        Setting::Remove => item.remove(&name),
                    };
                }
                Some(item)
            }
        }
    }
}
