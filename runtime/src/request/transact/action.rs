//! What a transaction does with one item.

use core::fmt;
use std::sync::Arc;

use crate::codec::canonical_key;
use crate::entity::Entity;
use crate::error::InvalidRequest;
use crate::expr::{InCondition, IntoCondition, Substitutions};
use crate::key::Key;
use crate::request::body::Body;
use crate::request::conditions::Conditions;
use crate::request::unique::UniqueWrite;
use crate::request::write::{Nothing, debug_request};
use crate::request::{Delete, Put, Update};
use crate::schema::TableSchema;
use crate::{Dynamo, Error, Result};

/// What a transaction does with one item, ready to be sent: any of the requests that [`IntoAction`] names.
///
/// It is for lists of actions on several entities that are made at run time.
///
/// ```
/// # use tablewright::{Dynamo, DynamoTable, request::{Action, IntoAction}};
/// # #[derive(DynamoTable)]
/// # #[dynamo(table = "notes")]
/// # struct Note { #[dynamo(partition_key)] id: u64 }
/// # async fn example(db: &Dynamo, gone: Vec<u64>, new: Note) -> Result<(), tablewright::Error> {
/// let mut actions: Vec<Action> = gone.into_iter().map(|id| db.delete(Note::key(id)).into_action()).collect();
/// actions.push(db.create(&new).into_action());
/// db.transact_write(actions).await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "an action does nothing until it is part of a transaction that is awaited"]
pub struct Action {
    /// The operation of a role that it is.
    pub(super) operation: &'static str,
    pub(super) part: Part,
    /// What reserves the values of unique attributes.
    pub(super) more: Vec<Part>,
}

/// One action of a transaction, or one of its reads, without its type.
pub(in crate::request) struct Part {
    pub(super) name: PartName,
    schema: &'static TableSchema,
    pub(super) table: Arc<str>,
    db: Dynamo,
    /// The JSON object of DynamoDB's `Put`, `Update`, `Delete`, `ConditionCheck` or `Get`.
    pub(super) body: Result<Box<str>>,
}

/// What an action is called in messages.
#[derive(Clone, Copy)]
pub(crate) struct PartName {
    /// The method that it was made with.
    pub(crate) verb: &'static str,
    pub(crate) entity: &'static str,
    /// The attribute, where the action takes or gives up a unique value for the action before it.
    pub(crate) unique: Option<&'static str>,
}

/// A request that can be an action of a transaction: `db.create`, `db.put`, `db.update`, `db.upsert`, `db.delete`, each with
/// its conditions, and `db.condition_check`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an action of a transaction",
    label = "not an action that writes or checks one item",
    note = "give it `db.create`, `db.put`, `db.update`, `db.upsert`, `db.delete` or `db.condition_check`, without `.await`: the \
            transaction sends them all together",
    note = "a transaction gives no items back, so its actions have no `returning_…`"
)]
pub trait IntoAction {
    /// The action.
    fn into_action(self) -> Action;
}

/// A condition on an item that a transaction does not write: [`Dynamo::condition_check`].
#[must_use = "a condition check does nothing until it is part of a transaction that is awaited"]
pub struct ConditionCheck<E> {
    db: Dynamo,
    table: Arc<str>,
    key: Key<E>,
    conditions: Conditions<E>,
}

impl<E: Entity> ConditionCheck<E> {
    pub(super) fn new(db: Dynamo, key: Key<E>) -> Self {
        Self { table: db.name_of(E::TABLE), db, key, conditions: Conditions::none() }
    }

    pub(super) fn present(db: Dynamo, key: Key<E>) -> Self {
        Self { conditions: Conditions::present(&db), ..Self::new(db, key) }
    }

    pub(super) fn absent(db: Dynamo, key: Key<E>) -> Self {
        Self { conditions: Conditions::absent(&db), ..Self::new(db, key) }
    }

    /// Asks that the item meets this condition as well; several conditions must all be met.
    pub fn condition<C: IntoCondition<E>>(mut self, condition: impl FnOnce(E::Paths<InCondition>) -> C) -> Self {
        self.conditions.add(condition(E::paths()).into_condition().expr);
        self
    }

    fn members(&self) -> Result<Body> {
        let mut body = Body::new(&self.table, 128);
        body.json("Key", self.key.json()?);
        self.conditions.members(body, Substitutions::default())
    }
}

impl Part {
    pub(super) fn new<E: Entity>(verb: &'static str, db: Dynamo, table: Arc<str>, members: Result<Body>) -> Self {
        let name = PartName { verb, entity: E::NAME, unique: None };
        Self::of(name, E::TABLE, db, table, members.and_then(Body::close))
    }

    pub(in crate::request) fn of(
        name: PartName,
        schema: &'static TableSchema,
        db: Dynamo,
        table: Arc<str>,
        body: Result<Box<str>>,
    ) -> Self {
        Self { name, schema, table, db, body }
    }

    /// DynamoDB's name of the action.
    pub(super) fn wire_name(&self) -> &'static str {
        match self.name.verb {
            "create" | "put" => "Put",
            "update" | "upsert" => "Update",
            "delete" => "Delete",
            "condition_check" => "ConditionCheck",
            _ => "Get",
        }
    }

    /// The JSON, if the action can be sent through this handle.
    pub(super) fn json(&self, db: &Dynamo) -> Result<&str> {
        if !self.db.is_same_as(db) {
            return Err(InvalidRequest::OtherHandle { entity: self.name.entity }.into());
        }
        self.body.as_deref().map_err(Error::copy_unsent)
    }

    /// The table and the key of the item, spelled in one way.
    pub(super) fn target(&self) -> Result<(&str, Box<str>)> {
        let item = self.item().unwrap_or_default();
        let key = canonical_key(item, self.schema).map_err(|error| Error::Decode(error.of_entity(self.name.entity)))?;
        Ok((&self.table, key))
    }

    /// The item or the key that the action sends, as JSON.
    pub(super) fn item(&self) -> Option<&str> {
        crate::codec::object_member(self.body.as_deref().ok()?, &["Item", "Key"])
    }
}

impl Action {
    /// The action as part of another operation of a role than its own.
    pub(super) fn part_of(self, operation: &'static str) -> Self {
        Self { operation, ..self }
    }

    /// The action, refused if the transaction's handle is kept to a role that does not allow it.
    pub(super) fn allowed(mut self, db: &Dynamo) -> Self {
        if let Err(refused) = db.check_allowed(self.part.schema, self.part.name.entity, self.operation) {
            self.part.body = Err(refused.into());
        }
        self
    }

    /// The action of one item, which takes and gives up unique values where that is to be done.
    pub(super) fn of<E: Entity>(
        verb: &'static str,
        (db, table): (Dynamo, Arc<str>),
        unique: Result<Option<UniqueWrite>>,
        members: Result<Body>,
    ) -> Self {
        let parts = match unique {
            Ok(None) => Ok(Vec::new()),
            Ok(Some(unique)) => unique.into_parts(),
            Err(error) => Err(error),
        };
        Self::with(parts, || Part::new::<E>(verb, db.clone(), Arc::clone(&table), members))
            .unwrap_or_else(|error| Self::from(Part::new::<E>(verb, db, table, Err(error))))
    }

    /// The first of the parts and the others, or one that is made if there is none.
    pub(super) fn with(parts: Result<Vec<Part>>, part: impl FnOnce() -> Part) -> Result<Self> {
        let mut parts = parts?.into_iter();
        let part = parts.next().unwrap_or_else(part);
        Ok(Self { more: parts.collect(), ..Self::from(part) })
    }
}

impl From<Part> for Action {
    fn from(part: Part) -> Self {
        let operation = if part.name.verb == "condition_check" { "check" } else { part.name.verb };
        Self { operation, part, more: Vec::new() }
    }
}

impl IntoAction for Action {
    fn into_action(self) -> Action {
        self
    }
}

impl<E: Entity> IntoAction for Put<E, Nothing> {
    fn into_action(self) -> Action {
        Action::of::<E>(self.verb(), (self.db.clone(), Arc::clone(&self.table)), self.unique(), self.members())
    }
}

impl<E: Entity> IntoAction for Update<E, Nothing> {
    fn into_action(self) -> Action {
        let (unique, members) = (self.unique(), self.action_members());
        Action::of::<E>(self.verb(), (self.db, self.table), unique, members)
    }
}

impl<E: Entity> IntoAction for Delete<E, Nothing> {
    fn into_action(self) -> Action {
        let (unique, members) = (self.unique(), self.members());
        Action::of::<E>("delete", (self.db, self.table), unique, members)
    }
}

impl<E: Entity> IntoAction for ConditionCheck<E> {
    fn into_action(self) -> Action {
        let members = self.members();
        Part::new::<E>("condition_check", self.db, self.table, members).into()
    }
}

impl fmt::Debug for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Action").field(&self.part).finish()
    }
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.name.verb, self.name.entity)
    }
}

impl<E: Entity> fmt::Debug for ConditionCheck<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug_request(f, "ConditionCheck", E::NAME)
    }
}
