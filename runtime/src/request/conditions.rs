//! The conditions of a write.

use core::marker::PhantomData;

use super::body::Body;
use crate::codec::ItemOwned;
use crate::entity::{Entity, Expiry};
use crate::expr::{Expr, Node, Substitutions};
use crate::{Dynamo, Result};

/// The conditions of a write, joined by `AND`.
pub(super) struct Conditions<E> {
    exprs: Vec<Expr>,
    marker: PhantomData<fn() -> E>,
}

impl<E: Entity> Conditions<E> {
    pub(super) const fn none() -> Self {
        Self { exprs: Vec::new(), marker: PhantomData }
    }

    /// The condition that the item is there. One that has expired is not.
    pub(super) fn present(db: &Dynamo) -> Self {
        let mut exprs = vec![Self::key_is("attribute_exists")];
        exprs.extend(Expiry::of(E::TABLE, db.now()).map(Expiry::is_ahead));
        Self { exprs, marker: PhantomData }
    }

    /// The condition that the item is not there, or has expired.
    pub(super) fn absent(db: &Dynamo) -> Self {
        let absent = Self::key_is("attribute_not_exists");
        let expr = match Expiry::of(E::TABLE, db.now()) {
            Some(expiry) => Expr::Join("OR", vec![absent, expiry.is_over()]),
            None => absent,
        };
        Self { exprs: vec![expr], marker: PhantomData }
    }

    fn key_is(function: &'static str) -> Expr {
        Expr::Function(function, Node::attribute(E::TABLE.partition_key.name), None)
    }

    pub(super) fn add(&mut self, expr: Expr) {
        self.exprs.push(expr);
    }

    pub(super) fn add_all(&mut self, exprs: impl IntoIterator<Item = Expr>) {
        self.exprs.extend(exprs);
    }

    /// Adds that each attribute is as it is in this item, and that those are absent which the item could have.
    pub(super) fn add_unchanged(&mut self, item: &E)
    where
        E: ItemOwned,
    {
        self.exprs.extend(super::unchanged::conditions(item));
    }

    /// Adds the condition, and the names and values of all expressions.
    pub(super) fn members(&self, body: Body, substitutions: Substitutions) -> Result<Body> {
        self.members_and(&[], body, substitutions)
    }

    /// The same with more conditions.
    pub(super) fn members_and(&self, more: &[Expr], body: Body, substitutions: Substitutions) -> Result<Body> {
        let exprs = self.exprs.iter().chain(more).cloned().collect();
        write_conditions(body, substitutions, exprs, E::NAME)
    }

    /// The conditions without their type.
    pub(super) fn exprs(&self) -> Vec<Expr> {
        self.exprs.clone()
    }
}

/// Adds conditions to a body, asks for the stored item in case they fail, and adds the names and values of all expressions.
pub(super) fn write_conditions(
    mut body: Body,
    mut substitutions: Substitutions,
    exprs: Vec<Expr>,
    entity: &'static str,
) -> Result<Body> {
    if !exprs.is_empty() {
        let condition = substitutions.condition("condition", &Expr::all(exprs));
        body.text("ConditionExpression", &condition.map_err(|error| error.of_entity(entity))?);
        body.text("ReturnValuesOnConditionCheckFailure", "ALL_OLD");
    }
    body.substitutions(&substitutions)?;
    Ok(body)
}

impl<E> Clone for Conditions<E> {
    fn clone(&self) -> Self {
        Self { exprs: self.exprs.clone(), marker: PhantomData }
    }
}
