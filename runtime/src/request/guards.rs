//! Attributes that are set once or only counted, and writes that would change them in another way.

use super::unchanged::members;
use crate::entity::Entity;
use crate::error::InvalidRequest;
use crate::expr::{Action, Expr, Node, SetValue, Term, Updates};
use crate::schema::{Guard, GuardSchema};

/// That a stored item has each of these attributes as the item that replaces it does, or not at all.
pub(super) fn conditions(item: &str, guarded: &[&'static str]) -> Vec<Expr> {
    if guarded.is_empty() {
        return Vec::new();
    }
    let members = members(item);
    let value = |attribute: &str| members.iter().find(|member| member.name == attribute).map(|member| member.value);
    guarded.iter().map(|attribute| unchanged(attribute, value(attribute))).collect()
}

/// Checks what an update does to attributes that are set once, and gives the conditions for it.
pub(super) fn check_update<E: Entity>(updates: &Updates) -> Result<Vec<Expr>, InvalidRequest> {
    let once = E::TABLE.entity(E::NAME).map_or(&[] as &[GuardSchema], |entity| entity.guards);
    let mut conditions = Vec::new();
    for GuardSchema { attribute, .. } in once.iter().filter(|guard| guard.guard == Guard::WriteOnce) {
        for (node, action) in updates.actions.iter().filter(|(node, _)| node.root() == *attribute) {
            match action {
                Action::Set(SetValue::IfNotExists(_)) if !node.is_nested() => {}
                // The fields of an index's key are set together, and this one to what it is.
                Action::Set(SetValue::Value(Ok(json))) if !node.is_nested() => {
                    conditions.push(unchanged(attribute, Some(json)));
                }
                _ => return Err(InvalidRequest::WrittenOnce { entity: E::NAME, attribute }),
            }
        }
    }
    Ok(conditions)
}

fn unchanged(attribute: &'static str, value: Option<&str>) -> Expr {
    let node = || Node::attribute(attribute);
    let absent = Expr::Function("attribute_not_exists", node(), None);
    match value {
        None => absent,
        Some(json) => {
            let same = Expr::Compare(Term::Path(node()), "=", Term::Value(Ok(json.into())));
            Expr::Join("OR", vec![absent, same])
        }
    }
}
