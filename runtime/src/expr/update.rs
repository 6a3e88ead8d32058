//! Update expressions.

use super::Value;
use super::path::Node;
use super::raw::RawUpdate;

/// The actions of one update, in the order that they were asked for.
#[derive(Clone, Default)]
pub(crate) struct Updates {
    pub(crate) actions: Vec<(Node, Action)>,
    pub(crate) raw: Vec<RawUpdate>,
}

/// What happens to one attribute.
#[derive(Clone)]
pub(crate) enum Action {
    Set(SetValue),
    Remove,
    Add(Value),
    Delete(Value),
}

/// What an attribute is set to.
#[derive(Clone)]
pub(crate) enum SetValue {
    Value(Value),
    /// The value, unless the attribute is there.
    IfNotExists(Value),
    /// Another attribute's value.
    Copy(Node),
    /// The attribute plus a value, counting from zero where it is not there.
    Plus(Value),
    /// The attribute minus a value, counting from zero where it is not there.
    Minus(Value),
    /// One more than the attribute, or than this value where it is not there.
    Next(Value),
    /// The list with more elements at its end; a list that is not there counts as empty.
    Append(Value),
    /// The list with more elements at its beginning; a list that is not there counts as empty.
    Prepend(Value),
}

impl Updates {
    pub(crate) fn is_empty(&self) -> bool {
        self.actions.is_empty() && self.raw.is_empty()
    }

    pub(crate) fn push(&mut self, node: Node, action: Action) {
        self.actions.push((node, action));
    }

    /// True if an action names the attribute of that name, or something inside it.
    pub(crate) fn names(&self, attribute: &str) -> bool {
        self.actions.iter().any(|(node, _)| node.root() == attribute) || self.raw.iter().any(|raw| raw.names(attribute))
    }

    /// True if the attribute of that name is set or removed as a whole, whatever it was before.
    pub(crate) fn replaces(&self, attribute: &str) -> bool {
        let is_whole = |action: &Action| matches!(action, Action::Remove | Action::Set(SetValue::Value(_)));
        let mut actions = self.actions.iter().filter(|(node, _)| node.root() == attribute);
        !self.raw.iter().any(|raw| raw.names(attribute))
            && actions.all(|(node, action)| !node.is_nested() && is_whole(action))
    }

    /// The values that the attribute of that name is set to, as JSON.
    pub(crate) fn values_of(&self, attribute: &str) -> impl Iterator<Item = &str> {
        self.actions.iter().filter(move |(node, _)| node.root() == attribute).filter_map(|(_, action)| match action {
            Action::Set(SetValue::Value(Ok(json)) | SetValue::IfNotExists(Ok(json))) => Some(&**json),
            _ => None,
        })
    }

    /// Two paths of which one contains the other.
    pub(crate) fn overlap(&self) -> Option<(&Node, &Node)> {
        self.actions.iter().enumerate().find_map(|(place, (first, _))| {
            let later = self.actions.iter().skip(place + 1);
            later
                .map(|(second, _)| second)
                .find(|second| first.contains(second) || second.contains(first))
                .map(|second| (first, second))
        })
    }
}
