//! The roles of attributes that do something by themselves: what an update may do to each.

use core::marker::PhantomData;

use super::index_key::{Feeds, SetAlone};
use super::path::{Addressable, InUpdate, KeyRole, Member, Plain, Removable, Usable};
use crate::codec::KeyPart;
use crate::entity::IndexOnlyKey;

/// The role of an attribute that is set once; `R` is what it is besides.
#[derive(Debug, Clone, Copy)]
pub struct WriteOnce<R>(PhantomData<R>);

/// The role of an attribute that is only counted; `R` is what it is besides.
#[derive(Debug, Clone, Copy)]
pub struct Counter<R>(PhantomData<R>);

/// The role of the version.
#[derive(Debug, Clone, Copy)]
pub enum VersionNumber {}

/// Says that the version may be set. It holds nowhere, and is there for its message.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the version of `{Self}` cannot be set",
    label = "every write counts it up by itself",
    note = "to write an item of that version only, give `update` the item that was read, or add `.expect_version(…)`"
)]
pub trait SetVersion {}

/// Says that an attribute may be set that is set once. It holds nowhere, and is there for its message.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a `write_once` attribute of `{Self}` cannot be changed",
    label = "this attribute is set when the item is created",
    note = "`set_if_not_exists` sets it where it is absent; where it may change, remove `write_once` from the field"
)]
pub trait SetAgain {}

/// Says that a counter may be set. It holds nowhere, and is there for its message.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a counter of `{Self}` is not set, but counted",
    label = "this attribute is a counter",
    note = "`increment` and `decrement` lose nothing that others count at the same time; where it is to be set, remove `counter` \
            from the field"
)]
pub trait SetCounter {}

/// A role that an update of `E` may give a value where there is none.
#[diagnostic::on_unimplemented(
    message = "a key attribute cannot be updated",
    label = "this attribute is part of the primary key of `{E}`",
    note = "an item's primary key never changes: `db.rekey(&old, &new)` moves the item to another one"
)]
pub trait Initial<E> {
    /// The part of an index's key that the attribute is, which cannot be empty or too long.
    #[doc(hidden)]
    const KEY: Option<KeyPart> = None;
}

/// A role that an update of `E` may count.
#[diagnostic::on_unimplemented(
    message = "a key attribute cannot be updated",
    label = "this attribute is part of the primary key of `{E}`",
    note = "an item's primary key never changes: `db.rekey(&old, &new)` moves the item to another one"
)]
pub trait Countable<E> {}

impl<R: Usable> Usable for WriteOnce<R> {}
impl<R: Usable> Usable for Counter<R> {}
impl Usable for VersionNumber {}

impl<E: SetAgain, R> Addressable<E> for WriteOnce<R> {}
impl<E: SetCounter, R> Addressable<E> for Counter<R> {}
impl<E: SetVersion> Addressable<E> for VersionNumber {}

// The message is about the role, which takes the attribute as a target at all.
#[diagnostic::do_not_recommend]
impl<T, R> Removable<T> for WriteOnce<R> {}
#[diagnostic::do_not_recommend]
impl<T, R> Removable<T> for Counter<R> {}
#[diagnostic::do_not_recommend]
impl<T> Removable<T> for VersionNumber {}

macro_rules! as_any_other {
    ($($bound:ident)*) => {$(
        impl<E> $bound<E> for Plain {}
        impl<E> $bound<E> for Member {}
        impl<E: SetAlone<G>, const G: usize> $bound<E> for Feeds<G, InUpdate> {}
        impl<E: SetVersion> $bound<E> for VersionNumber {}
    )*};
}

as_any_other!(Initial Countable);

impl<E: IndexOnlyKey<K>, const K: usize> Initial<E> for KeyRole<K, InUpdate> {
    const KEY: Option<KeyPart> = Some(E::PART);
}
impl<E: IndexOnlyKey<K>, const K: usize> Countable<E> for KeyRole<K, InUpdate> {}

impl<E, R: Initial<E>> Initial<E> for WriteOnce<R> {
    const KEY: Option<KeyPart> = R::KEY;
}
impl<E: SetCounter, R> Initial<E> for Counter<R> {}
impl<E: SetAgain, R> Countable<E> for WriteOnce<R> {}
impl<E, R: Countable<E>> Countable<E> for Counter<R> {}
