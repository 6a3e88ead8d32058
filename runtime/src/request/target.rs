//! What the items of a read become.

use core::marker::PhantomData;

use crate::Item;
use crate::codec::ItemOwned;
use crate::entity::Entity;

/// Items become the entity.
#[derive(Debug)]
pub enum Whole {}

/// Items become a `T`.
#[derive(Debug)]
pub struct As<T>(PhantomData<T>);

/// Items stay untyped, because an index does not carry every attribute of the entity.
pub type Untyped = As<Item>;

/// What the items of a read become.
pub trait Target<E>: 'static {
    /// The Rust type.
    type Item: ItemOwned + Send + 'static;
}

#[diagnostic::do_not_recommend]
impl<E: Entity + ItemOwned + Send + 'static> Target<E> for Whole {
    type Item = E;
}

#[diagnostic::do_not_recommend]
impl<E: Entity, T: ItemOwned + Send + 'static> Target<E> for As<T> {
    type Item = T;
}
