//! The way to an attribute of an entity, with its Rust type.

use core::fmt;
use core::marker::PhantomData;
use std::borrow::Cow;
use std::sync::Arc;

use super::index_key::{Feeds, PrimaryPart, SetAlone};
use crate::codec::KeyPart;
use crate::entity::{Document, FilterOnKey, IndexOnlyKey};
use crate::value::kind::Optional;
use crate::value::{List, Map, ToAttribute};

/// The way to an attribute of `E` that has the Rust type `T`.
///
/// Paths come from the derive: the closures of `filter`, `condition` and `set` receive one for each attribute. `R` says
/// whether the attribute is a key, because not every expression may name a key.
pub struct Path<E, T, R = Plain> {
    node: Node,
    marker: PhantomData<fn() -> (E, T, R)>,
}

/// Where the paths of a document start.
#[doc(hidden)]
#[derive(Debug, Clone)]
pub struct PathBase(Arc<Node>);

/// An untyped path: a step, and the path that it starts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) parent: Option<Arc<Node>>,
    pub(crate) step: Step,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// An attribute's name or a map's key, without JSON's escapes.
    Name(Cow<'static, str>),
    /// A place in a list, from 0.
    Index(usize),
}

/// The role of an attribute that is no key.
#[derive(Debug, Clone, Copy)]
pub enum Plain {}

/// The role of an element of a list or a value of a map.
#[derive(Debug, Clone, Copy)]
pub enum Member {}

/// The role of the entity's `K`th key attribute in an expression of kind `R`.
#[derive(Debug, Clone, Copy)]
pub struct KeyRole<const K: usize, R>(PhantomData<R>);

/// In the condition of a write, which may name every attribute.
#[derive(Debug, Clone, Copy)]
pub enum InCondition {}

/// In the filter of a scan, which may name every attribute.
#[derive(Debug, Clone, Copy)]
pub enum InScan {}

/// In the filter of a query of `I`, which may not name the keys of `I`.
#[derive(Debug, Clone, Copy)]
pub struct InQuery<I>(PhantomData<I>);

/// In an update, which may not change the primary key.
#[derive(Debug, Clone, Copy)]
pub enum InUpdate {}

/// A role that a condition or filter may compare.
#[diagnostic::on_unimplemented(
    message = "a key attribute of the queried table or index cannot be in its filter expression",
    label = "this attribute is a key here",
    note = "DynamoDB refuses it; select by key in the query itself, for example `Entity::query(partition_key)`"
)]
pub trait Usable {
    /// True if `None` is stored as an explicit null there: in a list or a map, where nothing can be left out.
    #[doc(hidden)]
    const STORES_NONE: bool = false;
}
impl Usable for Plain {}
impl Usable for Member {
    const STORES_NONE: bool = true;
}
#[diagnostic::do_not_recommend]
impl Usable for PrimaryPart {}
#[diagnostic::do_not_recommend]
impl<const G: usize, R> Usable for Feeds<G, R> {}
#[diagnostic::do_not_recommend]
impl<const K: usize> Usable for KeyRole<K, InCondition> {}
#[diagnostic::do_not_recommend]
impl<const K: usize> Usable for KeyRole<K, InScan> {}
#[diagnostic::do_not_recommend]
impl<const K: usize> Usable for KeyRole<K, InUpdate> {}
#[diagnostic::do_not_recommend]
impl<const K: usize, I: FilterOnKey<K>> Usable for KeyRole<K, InQuery<I>> {}

/// A role that an update of `E` may change.
#[diagnostic::on_unimplemented(
    message = "a key attribute cannot be updated",
    label = "this attribute is part of the primary key of `{E}`",
    note = "an item's primary key never changes: `db.rekey(&old, &new)` moves the item to another one"
)]
pub trait Addressable<E> {
    /// The part of an index's key that the attribute is, which cannot be empty or too long.
    #[doc(hidden)]
    const KEY: Option<KeyPart> = None;
    /// True if `None` is stored as an explicit null there: in a list or a map, where nothing can be left out.
    #[doc(hidden)]
    const STORES_NONE: bool = false;
}
impl<E> Addressable<E> for Plain {}
impl<E> Addressable<E> for Member {
    const STORES_NONE: bool = true;
}
impl<E: IndexOnlyKey<K>, const K: usize> Addressable<E> for KeyRole<K, InUpdate> {
    const KEY: Option<KeyPart> = Some(E::PART);
}

impl<E: SetAlone<G>, const G: usize> Addressable<E> for Feeds<G, InUpdate> {}

/// A role in which an attribute of type `T` may be removed.
#[diagnostic::on_unimplemented(
    message = "an attribute of type `{T}` cannot be removed, because the item would not be readable without it",
    label = "a required attribute",
    note = "make the field an `Option`, or `set` it to another value"
)]
pub trait Removable<T> {}
#[diagnostic::do_not_recommend]
impl<T: ToAttribute<Kind = Optional<K>>, K> Removable<T> for Plain {}
#[diagnostic::do_not_recommend]
impl<T: ToAttribute<Kind = Optional<K>>, K, const N: usize> Removable<T> for KeyRole<N, InUpdate> {}
#[diagnostic::do_not_recommend]
impl<T> Removable<T> for Member {}
#[diagnostic::do_not_recommend]
impl<T, const G: usize> Removable<T> for Feeds<G, InUpdate> {}
#[diagnostic::do_not_recommend]
impl<T> Removable<T> for PrimaryPart {}

impl<E, T, R> Path<E, T, R> {
    /// The path of an entity's attribute.
    #[doc(hidden)]
    #[must_use]
    pub const fn attribute(name: &'static str) -> Self {
        Self::new(Node::attribute(name))
    }

    /// The path of a document's attribute.
    #[doc(hidden)]
    #[must_use]
    pub fn inside(base: &PathBase, name: &'static str) -> Self {
        Self::new(Node { parent: Some(Arc::clone(&base.0)), step: Step::Name(Cow::Borrowed(name)) })
    }

    const fn new(node: Node) -> Self {
        Self { node, marker: PhantomData }
    }

    pub(crate) fn node(&self) -> &Node {
        &self.node
    }

    pub(crate) fn into_node(self) -> Node {
        self.node
    }

    /// A path inside the document that the attribute is: `item.address.at(|address| address.city)`.
    pub fn at<U, S>(self, inside: impl FnOnce(T::Paths<E>) -> Path<E, U, S>) -> Path<E, U, S>
    where
        T: Document,
    {
        inside(T::paths(&PathBase(Arc::new(self.node))))
    }

    /// The element at that place of the list that the attribute is, counted from 0.
    #[must_use]
    pub fn index(self, place: usize) -> Path<E, T::Element, Member>
    where
        T: List,
    {
        Path::new(Node { parent: Some(Arc::new(self.node)), step: Step::Index(place) })
    }

    /// The value of that key of the map that the attribute is.
    #[must_use]
    pub fn entry(self, key: impl Into<String>) -> Path<E, T::Value, Member>
    where
        T: Map,
    {
        Path::new(Node { parent: Some(Arc::new(self.node)), step: Step::Name(Cow::Owned(key.into())) })
    }
}

impl<E, T, R> Clone for Path<E, T, R> {
    fn clone(&self) -> Self {
        Self::new(self.node.clone())
    }
}

impl<E, T, R> fmt::Debug for Path<E, T, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Path({})", self.node)
    }
}

impl Node {
    /// The path of an item's attribute.
    pub(crate) const fn attribute(name: &'static str) -> Self {
        Self { parent: None, step: Step::Name(Cow::Borrowed(name)) }
    }

    /// The path of a member of the map at that path.
    pub(crate) fn inside(map: &Arc<Self>, name: String) -> Self {
        Self { parent: Some(Arc::clone(map)), step: Step::Name(Cow::Owned(name)) }
    }

    pub(crate) const fn named(name: String) -> Self {
        Self { parent: None, step: Step::Name(Cow::Owned(name)) }
    }

    /// The name of the item's attribute that the path begins with.
    pub(crate) fn root(&self) -> &str {
        match (&self.parent, &self.step) {
            (Some(parent), _) => parent.root(),
            (None, Step::Name(name)) => name,
            (None, Step::Index(_)) => "",
        }
    }

    /// True if the path leads into a document, a list or a map.
    pub(crate) const fn is_nested(&self) -> bool {
        self.parent.is_some()
    }

    /// True if the other path is this one or goes through it.
    pub(crate) fn contains(&self, other: &Self) -> bool {
        self == other || other.parent.as_ref().is_some_and(|parent| self.contains(parent))
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = &self.parent {
            fmt::Display::fmt(parent, f)?;
        }
        match &self.step {
            Step::Name(name) if self.parent.is_some() => write!(f, ".{name}"),
            Step::Name(name) => f.write_str(name),
            Step::Index(place) => write!(f, "[{place}]"),
        }
    }
}
