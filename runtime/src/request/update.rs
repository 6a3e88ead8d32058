//! `update` and `upsert`.

use core::fmt;
use core::future::IntoFuture;
use core::marker::PhantomData;
use std::sync::Arc;

use super::body::Body;
use super::call::send;
use super::write::{Conditions, NewItem, Nothing, OldItem, Returning, UpdatedNew, UpdatedOld, debug_request, if_met};
use crate::codec::{Encoder, ItemOwned, KeyPart, Stamp};
use crate::entity::Entity;
use crate::error::InvalidRequest;
use crate::exec::{BoxFuture, Operation, Request};
use crate::expr::{
    Action, Addressable, InCondition, InUpdate, IntoCondition, NULL, Node, Path, RawUpdate, Removable, SetValue,
    Substitutions, Updates, Value, encoded,
};
use crate::key::Key;
use crate::value::kind::{Kind, Numeric, SetKind};
use crate::value::{Contains, List, Operand, ToAttribute};
use crate::{Dynamo, Result};

/// A change of one item: [`Dynamo::update`] or [`Dynamo::upsert`].
///
/// Each action takes a closure that says which attribute; all actions apply together or not at all.
#[must_use = "a request does nothing until it is awaited"]
pub struct Update<E, R = Nothing> {
    db: Dynamo,
    table: Arc<str>,
    key: Key<E>,
    updates: Updates,
    conditions: Conditions<E>,
    creating: bool,
    marker: PhantomData<fn() -> R>,
}

impl<E: Entity> Update<E> {
    pub(super) fn present(db: Dynamo, key: Key<E>) -> Self {
        Self::new(db, key, Conditions::presence("attribute_exists"), false)
    }

    pub(super) fn upsert(db: Dynamo, key: Key<E>) -> Self {
        Self::new(db, key, Conditions::none(), true)
    }

    fn new(db: Dynamo, key: Key<E>, conditions: Conditions<E>, creating: bool) -> Self {
        let (table, updates) = (db.name_of(E::TABLE), Updates::default());
        Self { db, table, key, updates, conditions, creating, marker: PhantomData }
    }

    /// Gives back the item as it was before, or `None` if there was none.
    pub fn returning_old(self) -> Update<E, OldItem>
    where
        E: ItemOwned,
    {
        self.returning()
    }

    /// Gives back the item as it is now.
    pub fn returning_new(self) -> Update<E, NewItem>
    where
        E: ItemOwned,
    {
        self.returning()
    }

    /// Gives back the changed attributes as they were before.
    pub fn returning_updated_old(self) -> Update<E, UpdatedOld> {
        self.returning()
    }

    /// Gives back the changed attributes as they are now.
    pub fn returning_updated_new(self) -> Update<E, UpdatedNew> {
        self.returning()
    }

    fn returning<R>(self) -> Update<E, R> {
        let Self { db, table, key, updates, conditions, creating, marker: _ } = self;
        Update { db, table, key, updates, conditions, creating, marker: PhantomData }
    }
}

impl<E: Entity, R> Update<E, R> {
    /// Sets an attribute. `None` for an optional attribute removes it.
    pub fn set<T: ToAttribute, S: Addressable<E>>(
        self,
        path: impl FnOnce(E::Paths<InUpdate>) -> Path<E, T, S>,
        operand: impl Operand<T>,
    ) -> Self {
        let node = path(E::paths()).into_node();
        let plain = value::<T>(&node, &operand);
        let action = if <T::Kind as Kind>::OPTIONAL && matches!(&plain, Ok(json) if &**json == NULL) {
            Action::Remove
        } else if S::IS_KEY {
            Action::Set(SetValue::Value(key_value::<T>(&node, &operand)))
        } else {
            Action::Set(SetValue::Value(plain))
        };
        self.push(node, action)
    }

    /// Sets an attribute, unless the item has it already.
    pub fn set_if_not_exists<T: ToAttribute, S: Addressable<E>>(
        self,
        path: impl FnOnce(E::Paths<InUpdate>) -> Path<E, T, S>,
        operand: impl Operand<T>,
    ) -> Self {
        let node = path(E::paths()).into_node();
        let value = if S::IS_KEY { key_value::<T>(&node, &operand) } else { value::<T>(&node, &operand) };
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
    /// Increments by several callers at once all count. A lost answer that is sent again would count twice, which is why
    /// it is reported as [`Error::OutcomeUnknown`](crate::Error::OutcomeUnknown).
    pub fn increment<T: ToAttribute, S: Addressable<E>>(
        self,
        path: impl FnOnce(E::Paths<InUpdate>) -> Path<E, T, S>,
        by: impl Operand<T>,
    ) -> Self
    where
        <T::Kind as Kind>::Base: Numeric,
    {
        let node = path(E::paths()).into_node();
        let by = value::<T>(&node, &by);
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
    pub fn decrement<T: ToAttribute, S: Addressable<E>>(
        self,
        path: impl FnOnce(E::Paths<InUpdate>) -> Path<E, T, S>,
        by: impl Operand<T>,
    ) -> Self
    where
        <T::Kind as Kind>::Base: Numeric,
    {
        let node = path(E::paths()).into_node();
        let by = value::<T>(&node, &by);
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
        let elements = value::<T>(&node, &elements);
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
        let elements = value::<T>(&node, &elements);
        self.push(node, Action::Delete(elements))
    }

    /// Adds clauses as text, for what the typed actions do not say.
    pub fn raw(mut self, clauses: RawUpdate) -> Self {
        self.updates.raw.push(clauses);
        self
    }

    /// Changes the item only if it meets this condition as well; several conditions must all be met.
    pub fn condition<C: IntoCondition<E>>(mut self, condition: impl FnOnce(E::Paths<InCondition>) -> C) -> Self {
        self.conditions.add(condition(E::paths()).into_condition().expr);
        self
    }

    fn push(mut self, node: Node, action: Action) -> Self {
        self.updates.push(node, action);
        self
    }

    /// The actions, with the time stamps that every update sets unless it names them itself.
    fn stamped(&self) -> Updates {
        let mut updates = self.updates.clone();
        let now = self.db.now();
        for stamp in E::stamps() {
            if updates.names(stamp.attribute) {
                continue;
            }
            let node = Node::attribute(stamp.attribute);
            let value = encoded(&node, |out| (stamp.encode)(now, out));
            match stamp.stamp {
                Stamp::Updated => updates.push(node, Action::Set(SetValue::Value(value))),
                Stamp::Created if self.creating => updates.push(node, Action::Set(SetValue::IfNotExists(value))),
                Stamp::Created => {}
            }
        }
        updates
    }
}

impl<E: Entity, R: Returning<E>> Update<E, R> {
    /// The request that would be sent.
    ///
    /// # Errors
    /// If there is no action, two actions overlap, a value cannot be stored, or the request is over a limit.
    pub fn preview(&self) -> Result<Request> {
        if self.updates.is_empty() && !self.creating {
            return Err(InvalidRequest::EmptyUpdate { entity: E::NAME }.into());
        }
        let updates = self.stamped();
        let mut body = Body::new(&self.table, 256);
        let mut substitutions = Substitutions::default();
        body.json("Key", self.key.json()?);
        if !updates.is_empty() {
            let expression = substitutions.update(&updates).map_err(|error| error.of_entity(E::NAME))?;
            body.text("UpdateExpression", &expression);
        }
        self.conditions.write(&mut body, &mut substitutions)?;
        body.substitutions(&substitutions)?;
        if let Some(values) = R::RETURN_VALUES {
            body.text("ReturnValues", values);
        }
        body.finish(Operation::UpdateItem, &self.table)
    }
}

impl<E: Entity + 'static, R: Returning<E>> Update<E, R> {
    /// Sends the request and takes a condition that is not met for an answer: `None`.
    ///
    /// # Errors
    /// Whatever else DynamoDB or the way to it reports.
    pub async fn if_met(self) -> Result<Option<R::Output>> {
        if_met(self.await)
    }
}

impl<E: Entity, R: Returning<E>> IntoFuture for Update<E, R> {
    type Output = Result<R::Output>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let request = self.preview();
        Box::pin(async move {
            let response = send(&self.db, request?, E::NAME, None).await?;
            R::read(&response.body)
        })
    }
}

impl<E: Entity, R> fmt::Debug for Update<E, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug_request(f, "Update", E::NAME)
    }
}

fn value<T>(node: &Node, operand: &impl Operand<T>) -> Value {
    crate::expr::value::<T>(node, operand)
}

/// The value of an index's key attribute, which cannot be empty.
fn key_value<T>(node: &Node, operand: &impl Operand<T>) -> Value {
    let mut out = Encoder::new();
    out.key_value(node.to_string(), KeyPart::Partition, |out| operand.encode_operand(out));
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
