//! `create` and `put`.

use core::marker::PhantomData;
use std::sync::Arc;

use super::body::{Body, entity_json};
use super::conditions::Conditions;
use super::guards;
use super::strict::{Sending, Strict};
use super::unique::{Change, UniqueWrite, entity_of};
use super::write::{Nothing, OldItem, Returning, Written, finish, sent_by_await};
use crate::codec::{Counted, Cursor, FromItem, ItemOwned};
use crate::entity::Entity;
use crate::exec::{Operation, Request};
use crate::expr::{InCondition, IntoCondition, Substitutions};
use crate::key::Key;
use crate::{Dynamo, Item, Result};

/// A write of a whole item: [`Dynamo::create`] or [`Dynamo::put`].
#[must_use = "a request does nothing until it is awaited"]
pub struct Put<E, R = Nothing> {
    pub(super) db: Dynamo,
    pub(super) table: Arc<str>,
    item: Result<(Box<str>, Option<Strict>)>,
    pub(super) creating: bool,
    conditions: Conditions<E>,
    marker: PhantomData<fn() -> R>,
}

impl<E: Entity> Put<E> {
    pub(super) fn create(db: Dynamo, item: &E) -> Self {
        let absent = Conditions::absent(&db);
        Self::new(db, item, [true, true], absent)
    }

    pub(super) fn replace(db: Dynamo, item: &E) -> Self {
        Self::new(db, item, [false, false], Conditions::none())
    }

    /// The write of an item that is not new, though it may be under a new key: its time of creation stays.
    pub(super) fn moved(db: Dynamo, item: &E, is_new: bool) -> Self {
        let conditions = if is_new { Conditions::absent(&db) } else { Conditions::present(&db) };
        Self::new(db, item, [false, is_new], conditions)
    }

    /// Writes only if the stored item is still this one.
    pub(super) fn unchanged(mut self, item: &E) -> Self
    where
        E: ItemOwned,
    {
        self.conditions.add_unchanged(item);
        self
    }

    /// The write of an item that is new, or at least new under its key.
    fn new(db: Dynamo, item: &E, [creating, is_first]: [bool; 2], mut conditions: Conditions<E>) -> Self {
        let written = entity_json(item, db.writing(creating)).map(|(json, writing)| {
            let writing = writing.as_ref();
            let counted = writing.and_then(|writing| writing.counted);
            if !is_first {
                conditions.add_all(counted.iter().map(Counted::condition));
                conditions.add_all(guards::conditions(&json, writing.map_or(&[], |writing| &writing.guarded)));
            }
            let strict = counted.map(|counted| Strict::put(counted, is_first, E::TABLE, &json));
            (json, strict)
        });
        Self { table: db.name_of(E::TABLE), db, item: written, creating, conditions, marker: PhantomData }
    }

    /// Sends the request, and gives the stored item back if the condition is not met, or `None` if the item was written.
    ///
    /// ```
    /// # use tablewright::prelude::*;
    /// # #[derive(DynamoTable)]
    /// # #[dynamo(table = "notes")]
    /// # struct Note { #[dynamo(partition_key)] id: u64, text: String }
    /// # async fn example(db: &Dynamo, note: Note) -> Result<(), tablewright::Error> {
    /// match db.create(&note).or_stored().await? {
    ///     None => println!("noted"),
    ///     Some(earlier) => println!("there is a note already: {}", earlier.text),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Whatever else DynamoDB or the way to it reports, if the stored item does not fit the entity, and if a condition is
    /// not met although no item is stored.
    pub async fn or_stored(self) -> Result<Option<E>>
    where
        E: ItemOwned + 'static,
    {
        match self.await {
            Ok(()) => Ok(None),
            // Without a stored item it was another condition that was not met, and nothing was written.
            Err(crate::Error::ConditionFailed(failed)) => match failed.stored()? {
                Some(stored) => Ok(Some(stored)),
                None => Err(crate::Error::ConditionFailed(failed)),
            },
            Err(error) => Err(error),
        }
    }

    /// Gives back the item as it is written: with its version, its time stamps and its id.
    ///
    /// ```
    /// # use tablewright::prelude::*;
    /// # #[derive(DynamoTable)]
    /// # #[dynamo(table = "notes")]
    /// # struct Note { #[dynamo(partition_key)] id: u64, text: String, #[dynamo(version)] version: u64 }
    /// # async fn example(db: &Dynamo, note: Note) -> Result<(), tablewright::Error> {
    /// let mut note = db.create(&note).returning_new().await?;
    /// let first = note.version;
    /// note.text.push('!');
    /// let note = db.put(&note).returning_new().await?;
    /// assert_eq!(note.version, first + 1);
    /// # Ok(())
    /// # }
    /// ```
    pub fn returning_new(self) -> Put<E, Written>
    where
        E: ItemOwned,
    {
        self.returning()
    }

    /// Gives back the item that was replaced.
    pub fn returning_old(self) -> Put<E, OldItem>
    where
        E: ItemOwned,
    {
        self.returning()
    }

    fn returning<R>(self) -> Put<E, R> {
        let Self { db, table, item, creating, conditions, marker: _ } = self;
        Put { db, table, item, creating, conditions, marker: PhantomData }
    }
}

impl<E: Entity, R> Put<E, R> {
    /// Writes only if the stored item meets this condition; several conditions must all be met.
    ///
    /// An item that is not there has no attributes: `not_exists` holds, comparisons do not.
    pub fn condition<C: IntoCondition<E>>(mut self, condition: impl FnOnce(E::Paths<InCondition>) -> C) -> Self {
        self.conditions.add(condition(E::paths()).into_condition().expr);
        self
    }

    /// The method that it was made with.
    pub(super) const fn verb(&self) -> &'static str {
        if self.creating { "create" } else { "put" }
    }

    /// The write with what it takes and gives up of unique values, if the entity has unique attributes.
    pub(super) fn unique(&self) -> Result<Option<UniqueWrite>> {
        let (json, _) = self.item.as_ref().map_err(crate::Error::copy_unsent)?;
        let Some(entity) = entity_of(E::TABLE, E::NAME, json)? else { return Ok(None) };
        let item = Item::decode_item(&mut Cursor::over(json))?;
        let mut body = Body::new(&self.table, json.len());
        body.json("Item", json);
        Ok(Some(UniqueWrite {
            db: self.db.clone(),
            table: Arc::clone(&self.table),
            schema: E::TABLE,
            entity,
            verb: self.verb(),
            key: Key::<E>::of_attributes(&item).into_json()?,
            members: body.into_members(),
            substitutions: Substitutions::default(),
            conditions: self.conditions.exprs(),
            change: Change::Whole(item),
        }))
    }

    /// The request without what is to be given back.
    pub(super) fn members(&self) -> Result<Body> {
        let (item, _) = self.item.as_ref().map_err(crate::Error::copy_unsent)?;
        let mut body = Body::new(&self.table, item.len());
        body.json("Item", item);
        self.conditions.members(body, Substitutions::default())
    }
}

impl<E: Entity, R: Returning<E>> Put<E, R> {
    /// The request that would be sent.
    ///
    /// # Errors
    /// If the item cannot be stored or the request is over a limit.
    pub fn preview(&self) -> Result<Request> {
        finish::<E, R>(self.members()?, Operation::PutItem, &self.table)
    }

    fn sending(self) -> Result<Sending> {
        let request = self.preview()?;
        Ok(Sending { request, strict: self.item.ok().and_then(|(_, strict)| strict) })
    }
}

sent_by_await!(Put);
