//! Condition and filter expressions.

use core::fmt;
use core::marker::PhantomData;
use core::ops::Not;

use super::path::Node;
use super::raw::RawCondition;
use super::{Value, value};

/// A condition on an item of `E`: the condition of a write, or the filter of a query or scan.
#[must_use = "a condition does nothing by itself: give it to `condition` or `filter`"]
pub struct Condition<E> {
    pub(crate) expr: Expr,
    marker: PhantomData<fn() -> E>,
}

/// An untyped condition.
#[derive(Clone, PartialEq)]
pub(crate) enum Expr {
    Compare(Term, &'static str, Term),
    Between(Term, Term, Term),
    In(Term, Vec<Term>),
    /// A function of a path and perhaps a value.
    Function(&'static str, Node, Option<Term>),
    /// `AND` or `OR` of two or more.
    Join(&'static str, Vec<Expr>),
    Not(Box<Expr>),
    Raw(RawCondition),
}

#[derive(Clone, PartialEq)]
pub(crate) enum Term {
    Path(Node),
    Size(Node),
    Value(Value),
}

/// The size of an attribute: bytes of a string or binary, elements of a set, list or map.
#[must_use = "a size needs a comparison: `eq`, `lt`, `le`, `gt`, `ge` or `between`"]
pub struct Size<E> {
    node: Node,
    marker: PhantomData<fn() -> E>,
}

impl Expr {
    /// The condition that all of these are met, of which there is at least one.
    pub(crate) fn all(mut parts: Vec<Self>) -> Self {
        match (parts.pop(), parts.is_empty()) {
            (Some(only), true) => only,
            (last, _) => {
                parts.extend(last);
                Self::Join("AND", parts)
            }
        }
    }
}

impl<E> Condition<E> {
    pub(crate) const fn new(expr: Expr) -> Self {
        Self { expr, marker: PhantomData }
    }

    /// Both conditions.
    pub fn and(self, other: impl IntoCondition<E>) -> Self {
        self.join("AND", other.into_condition())
    }

    /// At least one of the conditions.
    pub fn or(self, other: impl IntoCondition<E>) -> Self {
        self.join("OR", other.into_condition())
    }

    fn join(self, operator: &'static str, other: Self) -> Self {
        let mut parts = Vec::new();
        for expr in [self.expr, other.expr] {
            match expr {
                Expr::Join(inner, more) if inner == operator => parts.extend(more),
                expr => parts.push(expr),
            }
        }
        Self::new(Expr::Join(operator, parts))
    }
}

impl<E> Not for Condition<E> {
    type Output = Self;
    fn not(self) -> Self {
        match self.expr {
            Expr::Not(inner) => Self::new(*inner),
            expr => Self::new(Expr::Not(Box::new(expr))),
        }
    }
}

impl<E> Size<E> {
    pub(super) const fn new(node: Node) -> Self {
        Self { node, marker: PhantomData }
    }

    /// The size equals this.
    pub fn eq(self, size: u64) -> Condition<E> {
        self.compare("=", size)
    }

    /// The size differs from this.
    pub fn ne(self, size: u64) -> Condition<E> {
        self.compare("<>", size)
    }

    /// The size is less than this.
    pub fn lt(self, size: u64) -> Condition<E> {
        self.compare("<", size)
    }

    /// The size is less than or equal to this.
    pub fn le(self, size: u64) -> Condition<E> {
        self.compare("<=", size)
    }

    /// The size is greater than this.
    pub fn gt(self, size: u64) -> Condition<E> {
        self.compare(">", size)
    }

    /// The size is greater than or equal to this.
    pub fn ge(self, size: u64) -> Condition<E> {
        self.compare(">=", size)
    }

    /// The size is in the range, both ends included.
    pub fn between(self, low: u64, high: u64) -> Condition<E> {
        let (low, high) = (value::<u64>(&self.node, &low), value::<u64>(&self.node, &high));
        Condition::new(Expr::Between(Term::Size(self.node), Term::Value(low), Term::Value(high)))
    }

    fn compare(self, operator: &'static str, size: u64) -> Condition<E> {
        let size = Term::Value(value::<u64>(&self.node, &size));
        Condition::new(Expr::Compare(Term::Size(self.node), operator, size))
    }
}

/// What the closures of `filter` and `condition` may return: a [`Condition`] on the entity, or a [`RawCondition`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a condition on `{E}`",
    label = "expected a condition on `{E}`",
    note = "compare an attribute of the item that the closure is given: `|item| item.attribute.eq(value)`, and join \
            conditions by `and` and `or`"
)]
pub trait IntoCondition<E> {
    /// The condition.
    fn into_condition(self) -> Condition<E>;
}

impl<E> IntoCondition<E> for Condition<E> {
    fn into_condition(self) -> Self {
        self
    }
}

impl<E> IntoCondition<E> for RawCondition {
    fn into_condition(self) -> Condition<E> {
        Condition::new(Expr::Raw(self))
    }
}

impl<E> Clone for Condition<E> {
    fn clone(&self) -> Self {
        Self::new(self.expr.clone())
    }
}

impl<E> fmt::Debug for Condition<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Condition(..)")
    }
}

impl<E> fmt::Debug for Size<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Size({})", self.node)
    }
}
