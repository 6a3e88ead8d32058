//! What an update can set.

use core::marker::PhantomData;

use super::index_keys::Whose;
use crate::codec::{EncodeError, Encoder};
use crate::entity::Entity;
use crate::expr::{Action, Addressable, FieldValue, FieldValues, IndexKeyPath, NULL, Path, SetValue, Updates, encoded};
use crate::template::WriteSegment;
use crate::value::kind::Kind;
use crate::value::{Operand, ToAttribute};

/// What [`set`](super::Update::set) can set: an attribute, or the fields that make the key of an index.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be set",
    label = "not an attribute of `{E}`",
    note = "give `set` an attribute of the item that the closure is given: `set(|item| item.attribute, value)`"
)]
pub trait SetPath<E> {
    /// Adds the actions.
    #[doc(hidden)]
    fn set(self, values: &[&dyn FieldValue], setting: Setting<'_>);
}

/// A value that [`set`](super::Update::set) can set a path `P` to.
#[diagnostic::on_unimplemented(
    message = "`{P}` cannot be set to a `{Self}`",
    label = "not a value of this attribute",
    note = "an attribute is set to a value of its type, and the key of an index to a tuple with one value for each field"
)]
pub trait ValueOf<P> {
    /// Gives the values that are set.
    #[doc(hidden)]
    fn give(&self, to: impl FnOnce(&[&dyn FieldValue]));
}

/// An update while something is set in it.
#[doc(hidden)]
pub struct Setting<'u> {
    pub(super) key: Result<&'u str, EncodeError>,
    pub(super) updates: &'u mut Updates,
}

impl<E, T: ToAttribute, S: Addressable<E>> SetPath<E> for Path<E, T, S> {
    fn set(self, values: &[&dyn FieldValue], setting: Setting<'_>) {
        let node = self.into_node();
        let Some(value) = values.first() else { return };
        let plain = encoded(&node, |out| value.encode(out));
        let action = if <T::Kind as Kind>::OPTIONAL && !S::STORES_NONE && matches!(&plain, Ok(json) if &**json == NULL)
        {
            Action::Remove
        } else if let Some(part) = S::KEY {
            Action::Set(SetValue::Value(super::index_keys::key_value(&node, part, *value)))
        } else {
            Action::Set(SetValue::Value(plain))
        };
        setting.updates.push(node, action);
    }
}

impl<E, T: ToAttribute, S, V: Operand<T>> ValueOf<Path<E, T, S>> for V {
    fn give(&self, to: impl FnOnce(&[&dyn FieldValue])) {
        to(&[&Plain::<T, V>(self, PhantomData)]);
    }
}

impl<E: Entity, A> SetPath<E> for IndexKeyPath<E, A> {
    fn set(self, values: &[&dyn FieldValue], setting: Setting<'_>) {
        Whose::of::<E>().set(setting.updates, setting.key, self.fields, values);
    }
}

impl<E, A, V: FieldValues<A>> ValueOf<IndexKeyPath<E, A>> for V {
    fn give(&self, to: impl FnOnce(&[&dyn FieldValue])) {
        self.with(to);
    }
}

/// The value of an attribute that feeds no key.
struct Plain<'v, T, V>(&'v V, PhantomData<fn() -> T>);

impl<T: ToAttribute, V: Operand<T>> FieldValue for Plain<'_, T, V> {
    fn encode(&self, out: &mut Encoder) {
        self.0.encode_operand(out);
    }
    fn segment(&self) -> Option<&dyn WriteSegment> {
        None
    }
}
