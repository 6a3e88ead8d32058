//! Updates of items that are stored in an older shape: with another tag, or under older names of attributes.
//!
//! An update writes the current shape. What it would leave half old it refuses by a condition: the item is read, which
//! gives the current shape, and put.

use super::index_keys::Whose;
use crate::expr::{Action, Expr, Node, SetValue, Term, Updates, encoded};

impl Whose {
    /// Sets the tag of an item that may be a new one.
    pub(super) fn set_tag(self, updates: &mut Updates) {
        let tag = self.schema().and_then(|entity| entity.tag);
        if let (Some(attribute), Some(tag)) = (self.table.tag, tag)
            && !updates.names(attribute)
        {
            let node = Node::attribute(attribute);
            let value = encoded(&node, |out| out.string(tag));
            updates.push(node, Action::Set(SetValue::Value(value)));
        }
    }

    /// Removes the older names of attributes that are set or removed, and gives the conditions that the item has no other
    /// old part which the update would leave behind.
    pub(super) fn shape(self, updates: &mut Updates) -> Vec<Expr> {
        let Some(entity) = self.schema() else { return Vec::new() };
        let mut conditions: Vec<Expr> = self.is_tagged_so().into_iter().collect();
        for attribute in entity.attributes {
            if attribute.aliases.is_empty() || !updates.names(attribute.name) {
                continue;
            }
            let replaced = updates.replaces(attribute.name);
            for alias in attribute.aliases {
                match replaced {
                    _ if updates.names(alias) => {}
                    true => updates.push(Node::attribute(alias), Action::Remove),
                    false => conditions.push(absent(alias)),
                }
            }
        }
        conditions
    }

    /// The condition that the item has the entity's own tag or none, where the entity has shapes with other tags.
    fn is_tagged_so(self) -> Option<Expr> {
        let (attribute, tag) = (self.table.tag?, self.schema()?.tag?);
        let is_shape = |name: &str| name == self.name;
        let has_shapes = |entity: &&crate::schema::EntitySchema| {
            !entity.upgrades.is_empty()
                && (is_shape(entity.name) || entity.upgrades.iter().any(|older| is_shape(older.name)))
        };
        self.table.entities.iter().find(has_shapes)?;
        let node = Node::attribute(attribute);
        let value = encoded(&node, |out| out.string(tag));
        Some(Expr::Join("OR", vec![absent(attribute), Expr::Compare(Term::Path(node), "=", Term::Value(value))]))
    }
}

fn absent(attribute: &'static str) -> Expr {
    Expr::Function("attribute_not_exists", Node::attribute(attribute), None)
}
