//! Expressions as text, with their names and values beside them.

use core::fmt;

use super::Value;
use super::path::{Node, Step};
use crate::value::ToAttribute;

/// A condition as text, with the names and values of its placeholders.
#[derive(Clone, PartialEq)]
#[must_use = "a condition does nothing by itself: give it to `condition` or `filter`"]
pub struct RawCondition(pub(crate) RawExpression);

/// Actions of one clause of an update as text, with the names and values of their placeholders.
#[derive(Clone, PartialEq)]
#[must_use = "an action does nothing by itself: give it to `update(…).raw(…)`"]
pub struct RawUpdate(pub(crate) RawExpression, pub(crate) &'static str);

#[derive(Clone, PartialEq)]
pub(crate) struct RawExpression {
    pub(crate) text: String,
    pub(crate) names: Vec<(String, String)>,
    pub(crate) values: Vec<(String, Value)>,
}

impl RawExpression {
    fn new(text: String) -> Self {
        Self { text, names: Vec::new(), values: Vec::new() }
    }

    fn add_value<T: ToAttribute + ?Sized>(&mut self, placeholder: String, value: &T) {
        let node = Node { parent: None, step: Step::Name(placeholder.clone().into()) };
        let value = super::encoded(&node, |out| value.encode(out));
        self.values.push((placeholder, value));
    }
}

impl RawCondition {
    /// The condition as one on `E`, to be joined with others.
    pub fn on<E>(self) -> super::Condition<E> {
        super::IntoCondition::into_condition(self)
    }

    /// A condition as text, for what the typed operators do not say.
    ///
    /// ```
    /// use tablewright::expr::RawCondition;
    ///
    /// let is_list = RawCondition::new("attribute_type(#t, :type)").name("#t", "tags").value(":type", "L");
    /// ```
    pub fn new(expression: impl Into<String>) -> Self {
        Self(RawExpression::new(expression.into()))
    }
}

impl RawUpdate {
    /// Actions of the `SET` clause, for what the typed actions do not say.
    ///
    /// ```
    /// use tablewright::expr::RawUpdate;
    ///
    /// let sum = RawUpdate::set("#total = #a + #b").name("#total", "total").name("#a", "net").name("#b", "tax");
    /// ```
    pub fn set(actions: impl Into<String>) -> Self {
        Self(RawExpression::new(actions.into()), "SET")
    }

    /// Paths of the `REMOVE` clause.
    pub fn remove(paths: impl Into<String>) -> Self {
        Self(RawExpression::new(paths.into()), "REMOVE")
    }

    /// Actions of the `ADD` clause.
    pub fn add(actions: impl Into<String>) -> Self {
        Self(RawExpression::new(actions.into()), "ADD")
    }

    /// Actions of the `DELETE` clause.
    pub fn delete(actions: impl Into<String>) -> Self {
        Self(RawExpression::new(actions.into()), "DELETE")
    }

    /// True if a placeholder of the actions stands for the attribute, or their text names it.
    pub(crate) fn names(&self, attribute: &str) -> bool {
        let word = |c: char| !(c.is_alphanumeric() || c == '_');
        self.0.names.iter().any(|(_, name)| name == attribute) || self.0.text.split(word).any(|word| word == attribute)
    }
}

macro_rules! placeholders {
    ($($raw:ident)*) => {$(
        impl $raw {
            /// The attribute's name that a placeholder such as `#a` stands for.
            pub fn name(mut self, placeholder: impl Into<String>, name: impl Into<String>) -> Self {
                self.0.names.push((placeholder.into(), name.into()));
                self
            }

            /// The value that a placeholder such as `:v` stands for.
            pub fn value<T: ToAttribute + ?Sized>(mut self, placeholder: impl Into<String>, value: &T) -> Self {
                self.0.add_value(placeholder.into(), value);
                self
            }
        }

        impl fmt::Debug for $raw {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($raw)).field(&self.0.text).finish()
            }
        }
    )*};
}

placeholders!(RawCondition RawUpdate);
