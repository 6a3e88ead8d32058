//! Actions of updates as text.

use super::Writer;
use crate::Result;
use crate::expr::path::Node;
use crate::expr::update::{Action, SetValue};

impl Writer<'_> {
    pub(super) fn action(&mut self, node: &Node, action: &Action) -> Result<()> {
        self.path(node);
        match action {
            Action::Remove => Ok(()),
            Action::Add(value) | Action::Delete(value) => {
                self.push(" ");
                self.value(value)
            }
            Action::Set(set) => {
                self.push(" = ");
                self.set_value(node, set)
            }
        }
    }

    pub(super) fn set_value(&mut self, node: &Node, set: &SetValue) -> Result<()> {
        const ZERO: &str = "{\"N\":\"0\"}";
        const ONE: &str = "{\"N\":\"1\"}";
        const EMPTY_LIST: &str = "{\"L\":[]}";
        match set {
            SetValue::Value(value) => self.value(value),
            SetValue::Copy(other) => {
                self.path(other);
                Ok(())
            }
            SetValue::IfNotExists(value) => {
                self.operators += 1;
                self.push("if_not_exists(");
                self.path(node);
                self.push(", ");
                self.value(value)?;
                self.push(")");
                Ok(())
            }
            SetValue::Plus(value) => {
                self.or_constant(node, ZERO);
                self.operators += 1;
                self.push(" + ");
                self.value(value)
            }
            SetValue::Minus(value) => {
                self.or_constant(node, ZERO);
                self.operators += 1;
                self.push(" - ");
                self.value(value)
            }
            SetValue::Next(before) => {
                self.set_value(node, &SetValue::IfNotExists(before.clone()))?;
                self.operators += 1;
                self.push(" + ");
                self.constant(ONE);
                Ok(())
            }
            SetValue::Append(value) => {
                self.operators += 1;
                self.push("list_append(");
                self.or_constant(node, EMPTY_LIST);
                self.push(", ");
                self.value(value)?;
                self.push(")");
                Ok(())
            }
            SetValue::Prepend(value) => {
                self.operators += 1;
                self.push("list_append(");
                self.value(value)?;
                self.push(", ");
                self.or_constant(node, EMPTY_LIST);
                self.push(")");
                Ok(())
            }
        }
    }

    /// The attribute, or the constant where the item does not have it.
    pub(super) fn or_constant(&mut self, node: &Node, json: &str) {
        self.operators += 1;
        self.push("if_not_exists(");
        self.path(node);
        self.push(", ");
        self.constant(json);
        self.push(")");
    }

    pub(super) fn constant(&mut self, json: &str) {
        let placeholder = self.shared.value(json);
        self.push(&placeholder);
    }
}

impl Action {
    pub(super) const fn clause(&self) -> &'static str {
        match self {
            Self::Set(_) => "SET",
            Self::Remove => "REMOVE",
            Self::Add(_) => "ADD",
            Self::Delete(_) => "DELETE",
        }
    }
}
