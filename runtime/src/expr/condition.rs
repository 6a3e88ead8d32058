//! Condition and filter expressions.

use core::fmt;
use core::marker::PhantomData;
use core::ops::Not;

use super::path::{Node, Path, Usable};
use super::raw::RawCondition;
use super::{NULL, Value, encoded, value};
use crate::codec::EncodeError;
use crate::value::kind::{Kind, Ordered, Prefixed, Sizable};
use crate::value::{Contains, Operand, ToAttribute};

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

// The role is a bound of each method, so that a key in a filter is explained by the bound's message.
impl<E, T: ToAttribute, R> Path<E, T, R> {
    /// The attribute equals the value. For an optional attribute `None` asks that it is not there.
    pub fn eq(&self, operand: impl Operand<T>) -> Condition<E>
    where
        R: Usable,
    {
        self.compare("=", &operand)
    }

    /// The attribute is there and differs from the value, or is not there. `None` asks that it is there.
    pub fn ne(&self, operand: impl Operand<T>) -> Condition<E>
    where
        R: Usable,
    {
        self.compare("<>", &operand)
    }

    /// The attribute is less than the value.
    pub fn lt(&self, operand: impl Operand<T>) -> Condition<E>
    where
        R: Usable,
        <T::Kind as Kind>::Base: Ordered,
    {
        self.compare("<", &operand)
    }

    /// The attribute is less than or equal to the value.
    pub fn le(&self, operand: impl Operand<T>) -> Condition<E>
    where
        R: Usable,
        <T::Kind as Kind>::Base: Ordered,
    {
        self.compare("<=", &operand)
    }

    /// The attribute is greater than the value.
    pub fn gt(&self, operand: impl Operand<T>) -> Condition<E>
    where
        R: Usable,
        <T::Kind as Kind>::Base: Ordered,
    {
        self.compare(">", &operand)
    }

    /// The attribute is greater than or equal to the value.
    pub fn ge(&self, operand: impl Operand<T>) -> Condition<E>
    where
        R: Usable,
        <T::Kind as Kind>::Base: Ordered,
    {
        self.compare(">=", &operand)
    }

    /// The attribute is in the range, both ends included.
    pub fn between(&self, low: impl Operand<T>, high: impl Operand<T>) -> Condition<E>
    where
        R: Usable,
        <T::Kind as Kind>::Base: Ordered,
    {
        let (low, high) = (self.present(&low), self.present(&high));
        Condition::new(Expr::Between(self.term(), Term::Value(low), Term::Value(high)))
    }

    /// The attribute equals one of the values: 1 to 100 of them.
    pub fn is_in<V: Operand<T>>(&self, operands: impl IntoIterator<Item = V>) -> Condition<E>
    where
        R: Usable,
    {
        let values = operands.into_iter().map(|operand| Term::Value(self.present(&operand))).collect();
        Condition::new(Expr::In(self.term(), values))
    }

    /// The attribute equals another attribute of the same type.
    pub fn eq_path<S: Usable>(&self, other: &Path<E, T, S>) -> Condition<E>
    where
        R: Usable,
    {
        Condition::new(Expr::Compare(self.term(), "=", Term::Path(other.node().clone())))
    }

    /// The attribute differs from another attribute of the same type.
    pub fn ne_path<S: Usable>(&self, other: &Path<E, T, S>) -> Condition<E>
    where
        R: Usable,
    {
        Condition::new(Expr::Compare(self.term(), "<>", Term::Path(other.node().clone())))
    }

    /// The attribute is less than another attribute of the same type.
    pub fn lt_path<S: Usable>(&self, other: &Path<E, T, S>) -> Condition<E>
    where
        R: Usable,
        <T::Kind as Kind>::Base: Ordered,
    {
        Condition::new(Expr::Compare(self.term(), "<", Term::Path(other.node().clone())))
    }

    /// The attribute is less than or equal to another attribute of the same type.
    pub fn le_path<S: Usable>(&self, other: &Path<E, T, S>) -> Condition<E>
    where
        R: Usable,
        <T::Kind as Kind>::Base: Ordered,
    {
        Condition::new(Expr::Compare(self.term(), "<=", Term::Path(other.node().clone())))
    }

    /// The string or binary begins with the value.
    pub fn begins_with(&self, prefix: impl Operand<T>) -> Condition<E>
    where
        R: Usable,
        <T::Kind as Kind>::Base: Prefixed,
    {
        let prefix = Term::Value(value(self.node(), &prefix));
        Condition::new(Expr::Function("begins_with", self.node().clone(), Some(prefix)))
    }

    /// The string contains the text, or the set or list contains the element.
    pub fn contains(&self, element: impl Operand<T::Element>) -> Condition<E>
    where
        R: Usable,
        T: Contains,
    {
        let element = Term::Value(value::<T::Element>(self.node(), &element));
        Condition::new(Expr::Function("contains", self.node().clone(), Some(element)))
    }

    /// The size of the attribute, to be compared.
    pub fn size(&self) -> Size<E>
    where
        R: Usable,
        <T::Kind as Kind>::Base: Sizable,
    {
        Size { node: self.node().clone(), marker: PhantomData }
    }

    fn compare(&self, operator: &'static str, operand: &impl Operand<T>) -> Condition<E> {
        let operand = value(self.node(), operand);
        if <T::Kind as Kind>::OPTIONAL && matches!(&operand, Ok(json) if &**json == NULL) {
            return self.compare_with_none(operator);
        }
        Condition::new(Expr::Compare(self.term(), operator, Term::Value(operand)))
    }

    /// The value of an operand that has to be there.
    fn present(&self, operand: &impl Operand<T>) -> Value {
        match value(self.node(), operand) {
            Ok(json) if <T::Kind as Kind>::OPTIONAL && &*json == NULL => self.refuse_none(),
            value => value,
        }
    }

    /// `None` where only a value makes sense.
    fn refuse_none(&self) -> Value {
        let mut refused = EncodeError::refused("`None` is absence, which is in no range; use `exists` or `not_exists`");
        refused.in_attribute(self.node().to_string());
        Err(refused)
    }

    /// `None` is stored as absence, so a comparison with it asks whether the attribute is there.
    fn compare_with_none(&self, operator: &'static str) -> Condition<E> {
        let function = match operator {
            "=" => "attribute_not_exists",
            "<>" => "attribute_exists",
            _ => return Condition::new(Expr::Compare(self.term(), operator, Term::Value(self.refuse_none()))),
        };
        Condition::new(Expr::Function(function, self.node().clone(), None))
    }
}

impl<E, T, R> Path<E, T, R> {
    /// The item has the attribute.
    pub fn exists(&self) -> Condition<E>
    where
        R: Usable,
    {
        Condition::new(Expr::Function("attribute_exists", self.node().clone(), None))
    }

    /// The item does not have the attribute.
    pub fn not_exists(&self) -> Condition<E>
    where
        R: Usable,
    {
        Condition::new(Expr::Function("attribute_not_exists", self.node().clone(), None))
    }

    /// The attribute has this DynamoDB type, by its name: `"S"`, `"N"`, `"SS"` and so on.
    pub fn has_type(&self, attribute_type: &str) -> Condition<E>
    where
        R: Usable,
    {
        let name = Term::Value(encoded(self.node(), |out| out.string(attribute_type)));
        Condition::new(Expr::Function("attribute_type", self.node().clone(), Some(name)))
    }

    fn term(&self) -> Term {
        Term::Path(self.node().clone())
    }
}

impl<E> Size<E> {
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
