//! One put or delete of a batch.

use core::fmt;
use std::sync::Arc;

use crate::codec::canonical_key;
use crate::entity::BatchWritable;
use crate::key::Key;
use crate::request::body::entity_json;
use crate::schema::TableSchema;
use crate::{Dynamo, Error, Result};

/// A put or a delete of one item, for [`Dynamo::batch_write`] and [`Dynamo::batch_write_stream`].
///
/// It holds the item or the key as it is sent. `Debug` shows which of the two it is, and the entity.
#[must_use = "a write request does nothing by itself: add it to `db.batch_write()`"]
#[derive(Clone)]
pub struct WriteRequest {
    pub(super) table: Arc<str>,
    pub(super) schema: &'static TableSchema,
    pub(super) entity: &'static str,
    pub(super) deletes: bool,
    /// The key, in the spelling that only this item of the table has.
    pub(super) key: Box<str>,
    /// The item, or the key of the item to delete.
    pub(super) json: Box<str>,
}

impl WriteRequest {
    /// Writes an item, replacing the one under its key if there is one.
    ///
    /// The handle's clock sets the item's `updated_at`, as with [`Dynamo::put`].
    ///
    /// # Errors
    /// If the item cannot be stored.
    pub fn put<E: BatchWritable>(db: &Dynamo, item: &E) -> Result<Self> {
        let (json, _) = entity_json(item, db.writing(false))?;
        let key = item.primary_key().into_json()?;
        Self::new::<E>(db, false, &key, json)
    }

    /// Deletes an item; that it is not there is no error.
    ///
    /// # Errors
    /// If the key is empty or too long.
    pub fn delete<E: BatchWritable>(db: &Dynamo, key: Key<E>) -> Result<Self> {
        let key = key.into_json()?;
        Self::new::<E>(db, true, &key.clone(), key)
    }

    fn new<E: BatchWritable>(db: &Dynamo, deletes: bool, key: &str, json: Box<str>) -> Result<Self> {
        let key = canonical_key(key, E::TABLE).map_err(|error| Error::Decode(error.of_entity(E::NAME)))?;
        Ok(Self { table: db.name_of(E::TABLE), schema: E::TABLE, entity: E::NAME, deletes, key, json })
    }

    /// True for a delete.
    #[must_use]
    pub const fn is_delete(&self) -> bool {
        self.deletes
    }

    /// The item that would be put, or the key that would be deleted, as DynamoDB's JSON.
    #[must_use]
    pub fn json(&self) -> &str {
        &self.json
    }

    /// What it takes of a call's bytes.
    pub(super) const fn bytes(&self) -> usize {
        self.json.len() + r#"{"DeleteRequest":{"Item":}},"#.len()
    }
}

/// What the stream of a [`Dynamo::batch_write_stream`] may give: items to put, write requests, and results of both.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be written in a batch",
    label = "neither an entity that may be written in batches nor a write request",
    note = "give items, each of which is put; or `WriteRequest::put(&db, &item)` and `WriteRequest::delete(&db, key)`; or \
            `Result`s of these with Tablewright's `Error`",
    note = "an entity with a version, a unique attribute or another condition on its writes is in no batch, because \
            `BatchWriteItem` has no conditions: write it with `db.put(&item)` or in a transaction"
)]
pub trait IntoWriteRequest {
    /// The write request.
    ///
    /// # Errors
    /// If the item cannot be stored, and the error that stands for it.
    fn into_write_request(self, db: &Dynamo) -> Result<WriteRequest>;
}

#[diagnostic::do_not_recommend]
impl<E: BatchWritable> IntoWriteRequest for E {
    fn into_write_request(self, db: &Dynamo) -> Result<WriteRequest> {
        WriteRequest::put(db, &self)
    }
}

impl IntoWriteRequest for WriteRequest {
    fn into_write_request(self, db: &Dynamo) -> Result<WriteRequest> {
        db.check_allowed(self.schema, self.entity, "batch_write")?;
        Ok(self)
    }
}

#[diagnostic::do_not_recommend]
impl<W: IntoWriteRequest> IntoWriteRequest for Result<W> {
    fn into_write_request(self, db: &Dynamo) -> Result<WriteRequest> {
        self?.into_write_request(db)
    }
}

impl fmt::Debug for WriteRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.deletes { "delete" } else { "put" };
        f.debug_struct("WriteRequest").field("kind", &kind).field("entity", &self.entity).finish_non_exhaustive()
    }
}
