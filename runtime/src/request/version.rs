//! Versions: what a writer holds, and what a write of it says.

use std::sync::Arc;

use crate::Dynamo;
use crate::codec::{Counted, Encoder, SINCE};
use crate::entity::{Entity, EntityKind};
use crate::error::InvalidRequest;
use crate::expr::{Action, Expr, Node, SetValue, Term, Updates, encoded};
use crate::key::Key;
use crate::schema::VersionSchema;

/// What the write of one item is for: a key, or the item itself as it was read.
///
/// The item of an entity with a version holds that version, and the write is applied only while the stored item has it. Of
/// any other entity an item is its key.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a key nor an item",
    label = "expected `Entity::key(…)` or `&item`",
    note = "a key is made of its parts by `Entity::key(…)`; an item that was read stands for its key and its version"
)]
pub trait WriteKey {
    /// The entity.
    type Entity: Entity;
    #[doc(hidden)]
    fn into_held(self, db: &Dynamo) -> (Key<Self::Entity>, Hold);
}

/// Which version of an item a write is for.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum Hold {
    /// Nothing is said.
    Unsaid,
    /// Every version.
    Any,
    /// This one.
    At(Counted),
}

/// An entity whose items have a version.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no version",
    label = "an entity without `#[dynamo(version)]`",
    note = "mark a field of `{Self}` with `#[dynamo(version)]`, or write without saying a version"
)]
pub trait Versioned: Entity {}

/// How an update leaves its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leaves {
    /// At its place in the ring.
    Place,
    /// In a ring of its own, on an item that has a version and no ring.
    Ring,
    /// Nowhere, because something else tells the outcome.
    Nothing,
}

impl<E: Entity> WriteKey for Key<E> {
    type Entity = E;
    fn into_held(self, _: &Dynamo) -> (Self, Hold) {
        (self, Hold::Unsaid)
    }
}

#[diagnostic::do_not_recommend]
impl<E: Entity> WriteKey for &E {
    type Entity = E;
    fn into_held(self, db: &Dynamo) -> (Key<E>, Hold) {
        (self.primary_key(), Hold::of(self, db))
    }
}

/// The version of an entity's items, if it has one.
pub(super) fn version_of<E: Entity>() -> Option<&'static VersionSchema> {
    E::TABLE.entity(E::NAME).and_then(|entity| entity.version)
}

/// True if items of an entity, or of some entity of an enum, have a version.
fn may_have_version<E: Entity>() -> bool {
    match E::KIND {
        EntityKind::Table { .. } => E::TABLE.entities.iter().any(|entity| entity.version.is_some()),
        EntityKind::Alone | EntityKind::OneOf { .. } => version_of::<E>().is_some(),
    }
}

impl Hold {
    fn of<E: Entity>(item: &E, db: &Dynamo) -> Self {
        if !may_have_version::<E>() {
            return Self::Unsaid;
        }
        let mut out = Encoder::new();
        out.begin(Some(db.writing(false)));
        out.item(item);
        out.end().and_then(|writing| writing.counted).map_or(Self::Unsaid, Self::At)
    }

    /// The version that a caller expects of an item of `E`.
    pub(super) fn expected<E: Versioned>(version: u64, db: &Dynamo) -> Self {
        let counted = version_of::<E>().and_then(|schema| Counted::new(schema, version, db.now(), db.new_id()));
        counted.map_or(Self::Unsaid, Self::At)
    }

    /// Refuses a write that has to say a version and does not.
    pub(super) fn check<E: Entity>(self, verb: &'static str) -> Result<(), InvalidRequest> {
        match self {
            Self::Unsaid if may_have_version::<E>() => Err(InvalidRequest::VersionNotSaid { entity: E::NAME, verb }),
            _ => Ok(()),
        }
    }

    /// The version that is held.
    pub(super) const fn counted(self) -> Option<Counted> {
        match self {
            Self::At(counted) => Some(counted),
            Self::Unsaid | Self::Any => None,
        }
    }

    /// Adds what an update of an item of `E` does to its version, and gives the condition for that.
    pub(super) fn count_up<E: Entity>(self, updates: &mut Updates, leaves: Leaves, db: &Dynamo) -> Vec<Expr> {
        match self {
            Self::At(counted) => counted.count_up(updates, leaves),
            Self::Any => {
                if let Some(schema) = version_of::<E>() {
                    count_any(schema, updates, db);
                }
                Vec::new()
            }
            Self::Unsaid => Vec::new(),
        }
    }
}

/// Counts up the version that an item has, whichever it is.
///
/// It leaves no id, because the place of it is not known. That a version has no id tells others that it was not theirs.
fn count_any(schema: &'static VersionSchema, updates: &mut Updates, db: &Dynamo) {
    let version = Node::attribute(schema.attribute);
    let before = encoded(&version, |out| crate::value::ToAttribute::encode(&(schema.first(db.now()) - 1), out));
    updates.push(version, Action::Set(SetValue::Next(before)));
    let writes = Node::attribute(schema.writes);
    let empty = encoded(&writes, |out| out.raw("{\"M\":{}}"));
    updates.push(writes, Action::Set(SetValue::IfNotExists(empty)));
}

impl Counted {
    /// That the stored item has the version that is held.
    pub(super) fn condition(&self) -> Expr {
        let version = Node::attribute(self.schema.attribute);
        if self.held == 0 {
            return Expr::Function("attribute_not_exists", version, None);
        }
        let held = encoded(&version, |out| crate::value::ToAttribute::encode(&self.held, out));
        Expr::Compare(Term::Path(version), "=", Term::Value(held))
    }

    fn count_up(&self, updates: &mut Updates, leaves: Leaves) -> Vec<Expr> {
        let (version, writes) = (Node::attribute(self.schema.attribute), Node::attribute(self.schema.writes));
        let mut conditions = vec![self.condition()];
        let new = encoded(&version, |out| self.write_version(out));
        updates.push(version, Action::Set(SetValue::Value(new.clone())));
        let begins = self.held == 0 || leaves == Leaves::Ring;
        match leaves {
            _ if begins => {
                let ring = encoded(&writes, |out| self.write_ring(out));
                if leaves == Leaves::Ring {
                    conditions.push(Expr::Function("attribute_not_exists", writes.clone(), None));
                }
                updates.push(writes, Action::Set(SetValue::Value(ring)));
            }
            Leaves::Place => {
                let ring = Arc::new(writes);
                let since = Node::inside(&ring, SINCE.to_owned());
                updates.push(since, Action::Set(SetValue::IfNotExists(new)));
                let place = Node::inside(&ring, self.schema.place(self.new));
                let id = encoded(&place, |out| self.write_id(out));
                updates.push(place, Action::Set(SetValue::Value(id)));
            }
            Leaves::Ring | Leaves::Nothing => {
                let empty = encoded(&writes, |out| out.raw("{\"M\":{}}"));
                updates.push(writes, Action::Set(SetValue::IfNotExists(empty)));
            }
        }
        conditions
    }
}
