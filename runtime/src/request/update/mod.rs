//! `update` and `upsert`.

mod actions;
mod index_keys;
mod set;
mod shape;
mod unique;

pub use set::{SetPath, ValueOf};
pub(in crate::request) use unique::Setting;

use core::marker::PhantomData;
use std::sync::Arc;

use super::body::Body;
use super::conditions::Conditions;
use super::guards;
use super::strict::{Kind, Sending, Strict};
use super::unique::{Change, UniqueWrite, entity_of};
use super::version::{Hold, Leaves, Versioned, WriteKey, version_of};
use super::write::{NewItem, Nothing, OldItem, Returning, UpdatedNew, UpdatedOld, finish, sent_by_await};
use crate::codec::{ItemOwned, Stamp};
use crate::entity::{Entity, check_unit_of};
use crate::error::InvalidRequest;
use crate::exec::{Operation, Request};
use crate::expr::{Action, Expr, InCondition, IntoCondition, Node, SetValue, Substitutions, Updates, encoded};
use crate::key::Key;
use crate::{Dynamo, Error, Result};

/// A change of one item: [`Dynamo::update`] or [`Dynamo::upsert`].
///
/// Each action takes a closure that says which attribute; all actions apply together or not at all.
#[must_use = "a request does nothing until it is awaited"]
pub struct Update<E, R = Nothing> {
    pub(in crate::request) db: Dynamo,
    pub(in crate::request) table: Arc<str>,
    key: Key<E>,
    hold: Hold,
    updates: Updates,
    conditions: Conditions<E>,
    pub(in crate::request) creating: bool,
    marker: PhantomData<fn() -> R>,
}

impl<E: Entity> Update<E> {
    pub(super) fn present(db: Dynamo, of: impl WriteKey<Entity = E>) -> Self {
        let (held, present) = (of.into_held(&db), Conditions::present(&db));
        Self::new(db, held, present, false)
    }

    pub(super) fn upsert(db: Dynamo, key: Key<E>) -> Self {
        Self::new(db, (key, Hold::Any), Conditions::none(), true)
    }

    fn new(db: Dynamo, (key, hold): (Key<E>, Hold), conditions: Conditions<E>, creating: bool) -> Self {
        let (table, updates) = (db.name_of(E::TABLE), Updates::default());
        Self { db, table, key, hold, updates, conditions, creating, marker: PhantomData }
    }

    /// Gives back the item as it was before, or `None` if there was none.
    pub fn returning_old(self) -> Update<E, OldItem>
    where
        E: ItemOwned,
    {
        self.returning()
    }

    /// Gives back the item as it is now.
    pub fn returning_new(self) -> Update<E, NewItem>
    where
        E: ItemOwned,
    {
        self.returning()
    }

    /// Gives back the changed attributes as they were before.
    pub fn returning_updated_old(self) -> Update<E, UpdatedOld> {
        self.returning()
    }

    /// Gives back the changed attributes as they are now.
    pub fn returning_updated_new(self) -> Update<E, UpdatedNew> {
        self.returning()
    }

    fn returning<R>(self) -> Update<E, R> {
        let Self { db, table, key, hold, updates, conditions, creating, marker: _ } = self;
        Update { db, table, key, hold, updates, conditions, creating, marker: PhantomData }
    }
}

impl<E: Entity, R> Update<E, R> {
    /// Changes the item only if it meets this condition as well; several conditions must all be met.
    pub fn condition<C: IntoCondition<E>>(mut self, condition: impl FnOnce(E::Paths<InCondition>) -> C) -> Self {
        self.conditions.add(condition(E::paths()).into_condition().expr);
        self
    }

    /// The method that it was made with.
    pub(in crate::request) const fn verb(&self) -> &'static str {
        if self.creating { "upsert" } else { "update" }
    }

    /// The write with what it takes and gives up of unique values, if it changes unique attributes.
    pub(in crate::request) fn unique(&self) -> Result<Option<UniqueWrite>> {
        let key = self.key.json()?;
        let Some(entity) = entity_of(E::TABLE, E::NAME, key)? else { return Ok(None) };
        let settings = unique::settings(entity, &self.updates)?;
        if settings.is_empty() {
            return Ok(None);
        }
        let (body, substitutions, conditions) = self.actions(Leaves::Nothing)?;
        Ok(Some(UniqueWrite {
            db: self.db.clone(),
            table: Arc::clone(&self.table),
            schema: E::TABLE,
            entity,
            verb: self.verb(),
            key: key.into(),
            members: body.into_members(),
            substitutions,
            conditions: self.conditions.exprs().into_iter().chain(conditions).collect(),
            change: Change::Some(settings),
        }))
    }

    /// Changes only an item of this version. An item that was read stands for its version by itself.
    ///
    /// ```
    /// # use tablewright::prelude::*;
    /// # #[derive(DynamoTable)]
    /// # #[dynamo(table = "notes")]
    /// # struct Note { #[dynamo(partition_key)] id: u64, text: String, #[dynamo(version)] version: u64 }
    /// # async fn example(db: &Dynamo, note: Note) -> Result<(), tablewright::Error> {
    /// let note = db.update(&note).set(|n| n.text, "hello").returning_new().await?;
    /// let next = db.update(Note::key(note.id)).expect_version(note.version).set(|n| n.text, "hello!");
    /// match next.await {
    ///     Err(tablewright::Error::ConditionFailed(failed)) => {
    ///         println!("someone was faster: version {:?}", failed.stored::<Note>()?.map(|note| note.version));
    ///     }
    ///     other => other?,
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn expect_version(mut self, version: u64) -> Self
    where
        E: Versioned,
    {
        self.hold = Hold::expected::<E>(version, &self.db);
        self
    }

    /// Changes the item whichever version it has, and counts that version up.
    ///
    /// It can overwrite what its caller has not seen, so it is for what does not depend on that. If its answer is lost, it is
    /// [`Error::OutcomeUnknown`](crate::Error::OutcomeUnknown), as for an entity without a version.
    pub fn any_version(mut self) -> Self
    where
        E: Versioned,
    {
        self.hold = Hold::Any;
        self
    }

    fn members(&self, leaves: Leaves) -> Result<Body> {
        let (body, substitutions, conditions) = self.actions(leaves)?;
        self.conditions.members_and(&conditions, body, substitutions)
    }

    /// The request up to its condition, and what that is to ask for besides the caller's.
    fn actions(&self, leaves: Leaves) -> Result<(Body, Substitutions, Vec<Expr>)> {
        self.hold.check::<E>(self.verb())?;
        if self.updates.is_empty() && !self.creating {
            return Err(InvalidRequest::EmptyUpdate { entity: E::NAME }.into());
        }
        let mut conditions = guards::check_update::<E>(&self.updates)?;
        let mut updates = self.stamped();
        if let Some(schema) = version_of::<E>() {
            let own = [schema.attribute, schema.writes].into_iter().find(|attribute| updates.names(attribute));
            if let Some(attribute) = own {
                return Err(InvalidRequest::VersionSet { entity: E::NAME, attribute }.into());
            }
        }
        conditions.extend(self.hold.count_up::<E>(&mut updates, leaves, &self.db));
        conditions.extend(index_keys::Whose::of::<E>().shape(&mut updates));
        check_ttl::<E>(&updates)?;
        let mut body = Body::new(&self.table, 256);
        let mut substitutions = Substitutions::default();
        body.json("Key", self.key.json()?);
        if !updates.is_empty() {
            let expression = substitutions.update(&updates).map_err(|error| error.of_entity(E::NAME))?;
            body.text("UpdateExpression", &expression);
        }
        Ok((body, substitutions, conditions))
    }

    /// The request as an action of a transaction, where an update without any action is no request.
    pub(in crate::request) fn action_members(&self) -> Result<Body> {
        if self.updates.is_empty() && E::stamps().is_empty() {
            return Err(InvalidRequest::EmptyUpdate { entity: E::NAME }.into());
        }
        // The token tells the outcome of a transaction, so it leaves no id.
        self.members(Leaves::Nothing)
    }

    /// The actions, with the time stamps that every update sets unless it names them itself.
    fn stamped(&self) -> Updates {
        let mut updates = self.updates.clone();
        if self.creating {
            let whose = index_keys::Whose::of::<E>();
            whose.set_tag(&mut updates);
            whose.set_constant(&mut updates, self.key.json());
        }
        let now = self.db.now();
        for stamp in E::stamps() {
            if updates.names(stamp.attribute) {
                continue;
            }
            let node = Node::attribute(stamp.attribute);
            let value = encoded(&node, |out| (stamp.encode)(now, out));
            match stamp.stamp {
                Stamp::Updated => updates.push(node, Action::Set(SetValue::Value(value))),
                Stamp::Created if self.creating => updates.push(node, Action::Set(SetValue::IfNotExists(value))),
                Stamp::Created => {}
            }
        }
        updates
    }
}

/// Refuses a time to live that is not in seconds.
fn check_ttl<E: Entity>(updates: &Updates) -> Result<()> {
    let Some(attribute) = E::TABLE.ttl else { return Ok(()) };
    let mut values = updates.values_of(attribute);
    values
        .try_for_each(|value| check_unit_of(value, attribute))
        .map_err(|error| Error::Encode(error.of_entity(E::NAME)))
}

impl<E: Entity, R: Returning<E>> Update<E, R> {
    /// The request that would be sent.
    ///
    /// # Errors
    /// If there is no action, two actions overlap, a value cannot be stored, or the request is over a limit.
    pub fn preview(&self) -> Result<Request> {
        self.request(Leaves::Place)
    }

    fn request(&self, leaves: Leaves) -> Result<Request> {
        finish::<E, R>(self.members(leaves)?, Operation::UpdateItem, &self.table)
    }

    fn sending(self) -> Result<Sending> {
        let request = self.request(Leaves::Place)?;
        let Some(counted) = self.hold.counted() else { return Ok(Sending { request, strict: None }) };
        let ringless = if counted.held > 0 { Some(self.request(Leaves::Ring)?) } else { None };
        Ok(Sending { request, strict: Some(Strict { counted, kind: Kind::Change, ringless }) })
    }
}

sent_by_await!(Update);
