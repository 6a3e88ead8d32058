//! The operators of paths: what can be asked of an attribute, by its type.

use super::condition::{Condition, Expr, Size, Term};
use super::path::{Path, Usable};
use super::{NULL, Value, encoded, refused, value};
use crate::value::kind::{Kind, Ordered, Prefixed, Sizable};
use crate::value::{Contains, Operand, ToAttribute};

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
        let prefix = Term::Value(self.present(&prefix));
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
        Size::new(self.node().clone())
    }

    fn compare(&self, operator: &'static str, operand: &impl Operand<T>) -> Condition<E>
    where
        R: Usable,
    {
        let operand = value(self.node(), operand);
        if <T::Kind as Kind>::OPTIONAL && !R::STORES_NONE && matches!(&operand, Ok(json) if &**json == NULL) {
            return self.compare_with_none(operator);
        }
        Condition::new(Expr::Compare(self.term(), operator, Term::Value(operand)))
    }

    /// The value of an operand that has to be there.
    fn present(&self, operand: &impl Operand<T>) -> Value
    where
        R: Usable,
    {
        match value(self.node(), operand) {
            Ok(json) if <T::Kind as Kind>::OPTIONAL && !R::STORES_NONE && &*json == NULL => self.refuse_none(),
            value => value,
        }
    }

    /// `None` where only a value makes sense.
    fn refuse_none(&self) -> Value {
        refused(self.node(), "`None` is absence, which is in no range; use `exists` or `not_exists`")
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
