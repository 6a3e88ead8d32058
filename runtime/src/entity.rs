//! The traits that the derives implement, and the type-level facts that requests check.

pub(crate) mod check;
mod expiry;
mod keys;
mod member;
mod reserved;
mod shared;
mod whose;

pub use check::{check_home, check_index, check_member, index_is_used};
pub use member::{
    EntityKind, EntityOf, Fact, Holds, HoldsUnknown, Member, PathsAreOfItsEntities, ReadsAs, TableEntity, UpgradeFrom,
    one_of, upgrade,
};
pub use shared::{
    attribute_of, field_key, is_local, is_made, is_whole, partition_key_of, schemas, shared_key, shared_sparse,
    shared_ttl, sort_key_of, text_key,
};

pub(crate) use expiry::{Expiry, check_unit, check_unit_of};
pub(crate) use reserved::{RESERVED, check_not_reserved, is_reservation};
pub(crate) use whose::{Verdict, Whose};

use crate::codec::{Encoder, ToItem};
use crate::key::Key;
use crate::schema::{EntityKey, TableSchema};

/// A type whose values are the items of a table.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an entity of a table",
    label = "not an entity",
    note = "derive `DynamoTable` on the struct and mark its key: `#[dynamo(partition_key)]`; an entity of an enum's table \
            derives `DynamoEntity`"
)]
pub trait Entity: ToItem + Sized {
    /// The table that holds the items.
    const TABLE: &'static TableSchema;
    /// The type's name, for messages.
    const NAME: &'static str;
    /// Where the keys of its items come from, if that is more than the schema of a table with one entity says.
    #[doc(hidden)]
    const KEYS: &'static [EntityKey] = &[];
    /// Whose items the table holds.
    #[doc(hidden)]
    const KIND: EntityKind = EntityKind::Alone;
    /// What every item of the table is read as: the type that declares the table.
    #[doc(hidden)]
    type Items;
    /// One path for each attribute, for expressions: the argument of the closures of conditions, filters and updates.
    type Paths<R>;

    /// The paths of the attributes.
    fn paths<R>() -> Self::Paths<R>;

    /// Writes the attributes of the primary key.
    #[doc(hidden)]
    fn encode_key(&self, out: &mut Encoder);

    /// Writes, as updates of an existing or new item, the attributes that every update sets by itself.
    #[doc(hidden)]
    fn stamps() -> &'static [StampSchema] {
        &[]
    }

    /// The key of this item.
    fn primary_key(&self) -> Key<Self> {
        Key::of(self)
    }
}

/// An entity that `BatchWriteItem` may write, because none of its writes needs a condition.
///
/// The derive implements it for entities without a version, without counters, `write_once` and unique attributes, whose writes
/// have conditions.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be written in a batch",
    label = "not an entity that may be written in batches",
    note = "`BatchWriteItem` has no conditions, so an entity with a version, a counter, a `write_once` or a unique attribute is \
            in no batch: write it with `db.put(&item)` or in a transaction",
    note = "if `{Self}` is not an entity yet, derive `DynamoTable` for it"
)]
pub trait BatchWritable: Entity {}

/// An entity whose table may be written in batches. The lifetime puts off the question until somebody does so; with
/// `BatchWritable` above it, it would be asked at once.
#[doc(hidden)]
pub trait BatchMember<'a> {}

#[diagnostic::do_not_recommend]
impl<E: BatchWritable> BatchMember<'_> for E {}

/// Whether the table of `E` has unique attributes, for code that is then not there where it has none.
pub(crate) struct UniqueOf<E>(core::marker::PhantomData<E>);

impl<E: Entity> UniqueOf<E> {
    pub(crate) const HAS: bool = E::TABLE.has_unique();
}

/// An attribute that the clock fills in.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct StampSchema {
    /// The attribute's name.
    pub attribute: &'static str,
    /// Created or updated.
    pub stamp: crate::codec::Stamp,
    /// Writes the attribute's value at a moment.
    pub encode: fn(std::time::SystemTime, &mut Encoder),
}

/// A document inside an item whose attributes have typed paths of their own.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a document with attributes",
    label = "has no attributes of its own",
    note = "derive `DynamoAttribute` on a struct with named fields to reach into it with `at(|document| document.field)`"
)]
pub trait Document {
    /// The names of the attributes.
    const ATTRIBUTES: &'static [&'static str];
    /// One path for each attribute of the document, inside an item of `E`.
    type Paths<E>;

    /// The paths of the attributes of the document at `base`.
    #[doc(hidden)]
    fn paths<E>(base: &crate::expr::PathBase) -> Self::Paths<E>;
}

#[diagnostic::do_not_recommend]
impl<T: Document> Document for Option<T> {
    const ATTRIBUTES: &'static [&'static str] = T::ATTRIBUTES;
    type Paths<E> = T::Paths<E>;
    fn paths<E>(base: &crate::expr::PathBase) -> Self::Paths<E> {
        T::paths(base)
    }
}

/// The table's primary key or one of its indexes, seen as a place to query.
pub trait Index<E> {
    /// The index's name, or `None` for the table itself.
    const NAME: Option<&'static str>;
    /// What its items are read as where a read says nothing else: the entity, or untyped items of an index that does not
    /// carry every attribute.
    type Reads;
}

/// An index that can be read consistently: the table itself and local secondary indexes.
#[diagnostic::on_unimplemented(
    message = "a global secondary index has no consistent read",
    label = "`{Self}` queries a global secondary index",
    note = "global secondary indexes are updated after the write; read the table itself, or drop `.consistent()`"
)]
pub trait ConsistentReads {}

/// Says that a filter on this index may use the table's `K`th key attribute, because it is not a key of the index.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a key attribute of the queried table or index cannot be in its filter expression",
    label = "this attribute is a key here",
    note = "DynamoDB refuses it; select by key in the query itself: `Entity::query(partition_key).sort_key().eq(…)`"
)]
pub trait FilterOnKey<const K: usize> {}

/// Says that the entity's `K`th key attribute is a key of indexes only, so that an update may set it.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a key attribute of `{Self}` cannot be updated",
    label = "this attribute is part of the table's primary key",
    note = "an item's primary key never changes: `db.rekey(&old, &new)` moves the item to another one"
)]
pub trait IndexOnlyKey<const K: usize> {
    /// The narrowest part of a key that the attribute is: a sort key has fewer bytes.
    const PART: crate::codec::KeyPart = crate::codec::KeyPart::Partition;
}
