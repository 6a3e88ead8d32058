//! What is checked before a transaction is sent, and its JSON.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::action::Part;
use crate::error::InvalidRequest;
use crate::request::body::Body;
use crate::{Dynamo, Error, Result, limit};

/// The JSON up to the end of the list of actions, for actions that DynamoDB does not refuse for what is known here.
pub(super) fn body_of<'p>(db: &Dynamo, parts: impl IntoIterator<Item = &'p Part>) -> Result<Body> {
    let parts: Vec<&Part> = parts.into_iter().collect();
    let actions = parts.len();
    if actions == 0 {
        return Err(InvalidRequest::EmptyTransaction.into());
    }
    if actions > limit::TRANSACTION_ACTIONS {
        return Err(InvalidRequest::TooManyActions { actions }.into());
    }
    let mut capacity = 64;
    for part in &parts {
        capacity += part.json(db)?.len() + 24;
    }
    check_targets(&parts)?;
    check_size(&parts, capacity)?;
    let mut list = String::with_capacity(capacity);
    for part in parts {
        list.push_str(if list.is_empty() { "[{\"" } else { ",{\"" });
        list.push_str(part.wire_name());
        list.push_str("\":");
        list.push_str(part.json(db)?);
        list.push('}');
    }
    list.push(']');
    Ok(Body::of_first("TransactItems", &list))
}

/// The names of the tables, each once, in the order of the actions.
pub(super) fn tables_of<'p>(parts: impl IntoIterator<Item = &'p Part>) -> Arc<str> {
    let mut names: Vec<&str> = Vec::new();
    for part in parts {
        if !names.contains(&&*part.table) {
            names.push(&part.table);
        }
    }
    names.join(", ").into()
}

/// The place of a part among the actions that the caller gave.
fn place_of_action(parts: &[&Part], place: usize) -> usize {
    parts.iter().take(place).filter(|part| part.name.unique.is_none()).count()
}

/// Refuses two actions on one item.
fn check_targets(parts: &[&Part]) -> Result<()> {
    let mut targets = BTreeMap::new();
    for (place, part) in parts.iter().enumerate() {
        if let Some(first) = targets.insert(part.target()?, place) {
            if let Some(attribute) = part.name.unique {
                // Two items of the transaction want one value.
                return Err(Error::UniqueViolated { entity: part.name.entity, attribute });
            }
            let [first, second] = [first, place].map(|place| place_of_action(parts, place));
            return Err(InvalidRequest::OneItemTwice { entity: part.name.entity, first, second }.into());
        }
    }
    Ok(())
}

/// Refuses items and keys of more than 4 MB together. They are never larger than their JSON.
///
/// What an update makes of an item only DynamoDB knows, and it refuses that itself.
fn check_size(parts: &[&Part], json: usize) -> Result<()> {
    if json <= limit::TRANSACTION_BYTES {
        return Ok(());
    }
    let sizes = parts.iter().map(|part| crate::codec::item_size(part.item().unwrap_or_default().as_bytes()));
    let sizes: Vec<usize> = sizes.collect();
    let bytes: usize = sizes.iter().sum();
    if bytes <= limit::TRANSACTION_BYTES {
        return Ok(());
    }
    let largest = sizes.iter().enumerate().max_by_key(|(_, bytes)| **bytes).map_or(0, |(place, _)| place);
    let entity = parts.get(largest).map_or("", |part| part.name.entity);
    let largest = place_of_action(parts, largest);
    Err(InvalidRequest::TransactionTooLarge { bytes, entity, largest }.into())
}
