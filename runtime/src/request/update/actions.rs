//! The actions of an update: what happens to which attribute.

use super::Update;
use super::set::{SetPath, Setting, ValueOf};
use crate::codec::{Encoder, KeyPart};
use crate::entity::Entity;
use crate::expr::{
    Action, Addressable, Countable, InUpdate, Initial, NULL, Node, Path, RawUpdate, Removable, SetValue, Value,
    encoded, refused,
};
use crate::value::kind::{Kind, Numeric, SetKind};
use crate::value::{Contains, List, Operand, ToAttribute};

impl<E: Entity, R> Update<E, R> {
    /// Sets an attribute, or the fields that make the key of an index together. `None` for an optional attribute removes it.
    pub fn set<P: SetPath<E>>(mut self, path: impl FnOnce(E::Paths<InUpdate>) -> P, value: impl ValueOf<P>) -> Self {
        let setting = Setting { key: self.key.json(), updates: &mut self.updates };
        value.give(|values| path(E::paths()).set(values, setting));
        self
    }

    /// Sets an attribute, unless the item has it already.
    pub fn set_if_not_exists<T: ToAttribute, S: Initial<E>>(
        self,
        path: impl FnOnce(E::Paths<InUpdate>) -> Path<E, T, S>,
        operand: impl Operand<T>,
    ) -> Self {
        let node = path(E::paths()).into_node();
        let value = match S::KEY {
            Some(part) => key_value::<T>(&node, part, &operand),
            None => present::<T>(&node, &operand),
        };
        self.push(node, Action::Set(SetValue::IfNotExists(value)))
    }

    /// Sets an attribute to the value that another attribute of the same type has before the update.
    pub fn copy<T: ToAttribute, S: Addressable<E>, U>(
        self,
        to: impl FnOnce(E::Paths<InUpdate>) -> Path<E, T, S>,
        from: impl FnOnce(E::Paths<InUpdate>) -> Path<E, T, U>,
    ) -> Self {
        let node = to(E::paths()).into_node();
        let from = from(E::paths()).into_node();
        self.push(node, Action::Set(SetValue::Copy(from)))
    }

    /// Removes an optional attribute, an element of a list or an entry of a map.
    pub fn remove<T, S: Addressable<E> + Removable<T>>(
        self,
        path: impl FnOnce(E::Paths<InUpdate>) -> Path<E, T, S>,
    ) -> Self {
        let node = path(E::paths()).into_node();
        self.push(node, Action::Remove)
    }

    /// Adds to a number. A number that is not there counts as zero.
    ///
    /// Increments by several callers at once all count. One whose answer was lost would count twice if it were sent again,
    /// which is why it is reported as [`Error::OutcomeUnknown`](crate::Error::OutcomeUnknown).
    pub fn increment<T: ToAttribute, S: Countable<E>>(
        self,
        path: impl FnOnce(E::Paths<InUpdate>) -> Path<E, T, S>,
        by: impl Operand<T>,
    ) -> Self
    where
        <T::Kind as Kind>::Base: Numeric,
    {
        let node = path(E::paths()).into_node();
        let by = present::<T>(&node, &by);
        // `ADD` is for attributes of the item, not for what is inside of them.
        let action = if node.is_nested() { Action::Set(SetValue::Plus(by)) } else { Action::Add(by) };
        self.push(node, action)
    }

    /// Subtracts from a number. A number that is not there counts as zero.
    ///
    /// DynamoDB's numbers have signs and would go below zero, where an unsigned field cannot be read. So guard it:
    ///
    /// ```
    /// # use tablewright::prelude::*;
    /// # #[derive(DynamoTable)]
    /// # #[dynamo(table = "stock")]
    /// # struct Stock { #[dynamo(partition_key)] sku: String, left: u64 }
    /// # async fn example(db: &Dynamo) -> Result<(), tablewright::Error> {
    /// let taken = db.update(Stock::key("tea")).decrement(|s| s.left, 3).condition(|s| s.left.ge(3)).if_met().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn decrement<T: ToAttribute, S: Countable<E>>(
        self,
        path: impl FnOnce(E::Paths<InUpdate>) -> Path<E, T, S>,
        by: impl Operand<T>,
    ) -> Self
    where
        <T::Kind as Kind>::Base: Numeric,
    {
        let node = path(E::paths()).into_node();
        let by = present::<T>(&node, &by);
        self.push(node, Action::Set(SetValue::Minus(by)))
    }

    /// Adds elements to the end of a list. A list that is not there counts as empty.
    pub fn append<T: List, S: Addressable<E>, V: Operand<T::Element>>(
        self,
        path: impl FnOnce(E::Paths<InUpdate>) -> Path<E, T, S>,
        elements: impl IntoIterator<Item = V>,
    ) -> Self {
        let node = path(E::paths()).into_node();
        let list = list_value::<T::Element, V>(&node, elements);
        self.push(node, Action::Set(SetValue::Append(list)))
    }

    /// Adds elements to the beginning of a list. A list that is not there counts as empty.
    pub fn prepend<T: List, S: Addressable<E>, V: Operand<T::Element>>(
        self,
        path: impl FnOnce(E::Paths<InUpdate>) -> Path<E, T, S>,
        elements: impl IntoIterator<Item = V>,
    ) -> Self {
        let node = path(E::paths()).into_node();
        let list = list_value::<T::Element, V>(&node, elements);
        self.push(node, Action::Set(SetValue::Prepend(list)))
    }

    /// Adds the elements of a set to a set. A set that is not there counts as empty.
    ///
    /// AWS promises this for attributes of the item, not for sets inside of documents; so it is with deleting.
    pub fn add_elements<T: ToAttribute, S: Addressable<E>>(
        self,
        path: impl FnOnce(E::Paths<InUpdate>) -> Path<E, T, S>,
        elements: impl Operand<T>,
    ) -> Self
    where
        <T::Kind as Kind>::Base: SetKind,
    {
        let node = path(E::paths()).into_node();
        let elements = present::<T>(&node, &elements);
        self.push(node, Action::Add(elements))
    }

    /// Adds one element to a set. A set that is not there counts as empty.
    pub fn add_element<T: ToAttribute + Contains, S: Addressable<E>>(
        self,
        path: impl FnOnce(E::Paths<InUpdate>) -> Path<E, T, S>,
        element: impl Operand<T::Element>,
    ) -> Self
    where
        <T::Kind as Kind>::Base: SetKind,
    {
        let node = path(E::paths()).into_node();
        let element = set_of_one::<T::Element>(&node, &element);
        self.push(node, Action::Add(element))
    }

    /// Deletes one element from a set. A set that has no element left is removed from the item.
    pub fn delete_element<T: ToAttribute + Contains, S: Addressable<E>>(
        self,
        path: impl FnOnce(E::Paths<InUpdate>) -> Path<E, T, S>,
        element: impl Operand<T::Element>,
    ) -> Self
    where
        <T::Kind as Kind>::Base: SetKind,
    {
        let node = path(E::paths()).into_node();
        let element = set_of_one::<T::Element>(&node, &element);
        self.push(node, Action::Delete(element))
    }

    /// Deletes the elements of a set from a set. A set that has no element left is removed from the item.
    pub fn delete_elements<T: ToAttribute, S: Addressable<E>>(
        self,
        path: impl FnOnce(E::Paths<InUpdate>) -> Path<E, T, S>,
        elements: impl Operand<T>,
    ) -> Self
    where
        <T::Kind as Kind>::Base: SetKind,
    {
        let node = path(E::paths()).into_node();
        let elements = present::<T>(&node, &elements);
        self.push(node, Action::Delete(elements))
    }

    /// Adds clauses as text, for what the typed actions do not say.
    pub fn raw(mut self, clauses: RawUpdate) -> Self {
        self.updates.raw.push(clauses);
        self
    }

    fn push(mut self, node: Node, action: Action) -> Self {
        self.updates.push(node, action);
        self
    }
}

fn value<T>(node: &Node, operand: &impl Operand<T>) -> Value {
    crate::expr::value::<T>(node, operand)
}

/// The value of an operand that has to be there.
fn present<T: ToAttribute>(node: &Node, operand: &impl Operand<T>) -> Value {
    match value::<T>(node, operand) {
        Ok(json) if <T::Kind as Kind>::OPTIONAL && &*json == NULL => {
            refused(node, "`None` is absence, which this action has no use for; give a value")
        }
        value => value,
    }
}

/// The value of an index's key attribute, which cannot be empty.
fn key_value<T>(node: &Node, part: KeyPart, operand: &impl Operand<T>) -> Value {
    let mut out = Encoder::new();
    out.key_value(node.to_string(), part, |out| operand.encode_operand(out));
    out.finish().map(crate::key::into_text)
}

/// The JSON of a set with this one element: `{"SS":["a"]}` of `{"S":"a"}`.
fn set_of_one<T>(node: &Node, element: &impl Operand<T>) -> Value {
    let json = value::<T>(node, element)?;
    let set = json.strip_prefix("{\"").and_then(|rest| rest.strip_suffix('}')).and_then(|rest| rest.split_once("\":"));
    Ok(set.map_or(json.clone(), |(kind, text)| format!("{{\"{kind}S\":[{text}]}}").into()))
}

/// The JSON of a list of operands.
fn list_value<T, V: Operand<T>>(node: &Node, elements: impl IntoIterator<Item = V>) -> Value {
    encoded(node, |out| {
        out.raw("{\"L\":[");
        for (place, element) in elements.into_iter().enumerate() {
            if place > 0 {
                out.raw(",");
            }
            element.encode_operand(out);
        }
        out.raw("]}");
    })
}
