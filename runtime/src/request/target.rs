//! What the items of a read become.

use core::marker::PhantomData;

use crate::codec::ItemOwned;
use crate::entity::{Entity, ProjectsAll};

/// Items become the entity.
#[derive(Debug)]
pub enum Whole {}

/// Items become a `T`.
#[derive(Debug)]
pub struct As<T>(PhantomData<T>);

/// What the items of a read of index `I` become.
pub trait Target<E, I>: 'static {
    /// The Rust type.
    type Item: ItemOwned + Send + 'static;
}

#[diagnostic::do_not_recommend]
impl<E: Entity + ItemOwned + Send + 'static, I: ProjectsAll> Target<E, I> for Whole {
    type Item = E;
}

#[diagnostic::do_not_recommend]
impl<E: Entity, I, T: ItemOwned + Send + 'static> Target<E, I> for As<T> {
    type Item = T;
}
