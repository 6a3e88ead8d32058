//! What generated code names. Not part of the public API: a release of any size may change it.

// The prelude's names are taken from here too, because a user's module may have none or others of its own.
pub use core::convert::From;
pub use core::default::Default;
pub use core::fmt::{Debug, Formatter, Result as FmtResult};
pub use core::iter::{Extend, FromIterator, IntoIterator};
pub use core::marker::{PhantomData, Sized};
pub use core::option::Option::{self, None, Some};
pub use core::primitive::{bool, i128, str, usize};
pub use core::result::Result::{self, Err, Ok};
pub use std::vec::Vec;

pub use crate::codec::{
    Cursor, DecodeError, Encoder, ErrorShape, FromItem, KeyPart, ResponseShape, Stamp, ToItem, UnknownAttributes,
    decode_item_response, decode_page, error_shape, item_size,
};
pub use crate::entity::{
    BatchMember, BatchWritable, ConsistentReads, Document, Entity, EntityKind, EntityOf, Fact, FilterOnKey, Holds,
    HoldsUnknown, Index, IndexOnlyKey, Member, PathsAreOfItsEntities, ReadsAs, StampSchema, TableEntity, UpgradeFrom,
    attribute_of, check_home, check_index, check_member, field_key, index_is_used, is_local, is_made, is_whole, one_of,
    partition_key_of, schemas, shared_key, shared_sparse, shared_ttl, sort_key_of, text_key, upgrade,
};
pub use crate::expr::{Counter, VersionNumber, WriteOnce};
pub use crate::expr::{Feeds, IndexKeyPath, KeyRole, Path, PathBase, Plain, PrimaryPart, SetAlone};
pub use crate::field::{
    AdaptField, CounterField, IdField, ReadField, RestField, StampField, Ulid, UuidV7, VersionField, WriteField,
    counter, counts_microseconds,
};
pub use crate::key::Key;
pub use crate::query::{AccessPattern, Collection, DerivedQuery, IntoQuery, Query, RawSortPart, SortKey, SortPart};
pub use crate::request::{As, Untyped, Versioned, Whole};
pub use crate::role::{Role, allow, nth_grant};
pub use crate::schema::{
    AccessPatternSchema, AttributeSchema, Billing, Capacity, EntityKey, EntitySchema, IndexKind, IndexProjection,
    IndexSchema, KeyPlace, KeySchema, KeySource, KeyTemplate, KeyType, PointInTimeRecovery, RawFormat, Segment,
    SegmentClass, SegmentForm, Source, StreamViewType, TableClass, TableSchema, TableSettings, UniqueSchema,
};
pub use crate::schema::{GrantSchema, Guard, GuardSchema, RoleOperation, RoleSchema, StreamEvent, VersionSchema};
pub use crate::stream::{NoImage, Streamed};
pub use crate::template::{
    Identity, KeyRange, KeySegment, NamedVariant, PartOperator, PrimaryParts, SegmentError, SegmentField,
    SegmentNewtype, SegmentOperand, SegmentSlot, SegmentText, SegmentValues, TextSegment, WriteSegment,
    check_collection, check_entities, check_entity, check_table, check_template, disjoint, operand, ordered_form,
    ordinal, raw_segment, segment, variant,
};
pub use crate::time::TimeToLive;
pub use crate::value::{Adapter, FromAttribute, IndexKeyAttribute, KeyAttribute, Kind, Operand, ToAttribute, kind};
pub use crate::value::{TextKey, UniqueAttribute};

/// The path of the entity's `K`th key attribute, in an expression of kind `R`.
pub type KeyPath<E, T, const K: usize, R> = Path<E, T, KeyRole<K, R>>;

/// What an index is read as that carries whole items, or does not.
pub type ReadsIf<const WHOLE: bool> = <Fact<'static, WHOLE> as ReadsAs>::Target;

/// What writing or reading a part of a key gives.
pub type SegmentResult<T> = Result<T, SegmentError>;

/// The path of an attribute that feeds the key of an index, of the entity's `G`th group, in an expression of kind `R`.
pub type FeedingPath<E, T, const G: usize, R> = Path<E, T, Feeds<G, R>>;

/// The path of an attribute that is part of the primary key's text.
pub type PrimaryPath<E, T> = Path<E, T, PrimaryPart>;

/// What is printed in place of a sensitive field.
pub struct Redacted;

impl Debug for Redacted {
    fn fmt(&self, f: &mut Formatter<'_>) -> FmtResult {
        f.write_str("<redacted>")
    }
}

/// The same, without the words of a type or an adapter, which may quote the value.
///
/// # Errors
/// As the reading of the attribute says.
pub fn redacted(read: DecodeResult<()>) -> DecodeResult<()> {
    read.map_err(DecodeError::redacted)
}

/// What reading gives.
pub type DecodeResult<T> = Result<T, DecodeError>;

/// A key attribute of an index, and whether items may lack it.
pub type IndexKey = (KeySchema, bool);

/// The name of an index, or nothing for the table itself.
pub type IndexName = Option<&'static str>;

/// A global secondary index.
#[must_use]
pub const fn global_index(
    name: &'static str,
    partition_key: &'static [KeySchema],
    sort_key: &'static [KeySchema],
    projection: IndexProjection,
    sparse: bool,
) -> IndexSchema {
    IndexSchema::new(name, IndexKind::Global, partition_key, sort_key, projection).with_sparse(sparse)
}

/// A local secondary index.
#[must_use]
pub const fn local_index(
    name: &'static str,
    partition_key: &'static [KeySchema],
    sort_key: &'static [KeySchema],
    projection: IndexProjection,
    sparse: bool,
) -> IndexSchema {
    IndexSchema::new(name, IndexKind::Local, partition_key, sort_key, projection).with_sparse(sparse)
}

/// Whether an index is sparse: whether items can lack its key, which is to be what is written.
#[must_use]
#[track_caller]
pub const fn sparse(optional: bool, said: bool) -> bool {
    assert!(
        said || !optional,
        "a key attribute of this index is optional, and items without it are not in it: write `sparse`"
    );
    assert!(
        optional || !said,
        "every item has the key of this index, so all are in it: remove `sparse`, or make a key field an `Option`"
    );
    said
}

/// An attribute of an entity that is stored through `serde`.
#[must_use]
pub const fn serde_attribute(name: &'static str, field: &'static str) -> AttributeSchema {
    AttributeSchema::new(name, field, <kind::Any as Kind>::NAME, false)
}

/// What was read into the place of a field, or what `serde` has for a missing one.
///
/// # Errors
/// If the item lacks the attribute, and absence is no value of the type.
#[cfg(feature = "serde")]
pub fn serde_done<T>(slot: Option<T>, name: &'static str, cursor: &Cursor<'_>) -> DecodeResult<T>
where
    T: serde::de::DeserializeOwned,
{
    // `()` is read as `None` by an `Option`, and refused by every type that absence is no value of.
    let absent = || T::deserialize(serde::de::value::UnitDeserializer::<serde::de::value::Error>::new()).ok();
    cursor.required(slot.or_else(absent), name)
}

/// Has nothing, because the feature is off and [`__serde!`](crate::__serde) says so.
///
/// # Errors
/// If the item lacks the attribute.
#[cfg(not(feature = "serde"))]
pub fn serde_done<T>(slot: Option<T>, name: &'static str, cursor: &Cursor<'_>) -> DecodeResult<T> {
    cursor.required(slot, name)
}

/// What was read into the place of a field, or the default for an attribute that the item lacks.
pub fn default<T>(slot: Option<T>, default: fn() -> T) -> T {
    slot.unwrap_or_else(default)
}

/// Checks that a type can be a time-to-live attribute.
pub const fn time_to_live<T: TimeToLive>() {}

/// Checks that an attribute's values can be unique.
pub const fn unique<T: UniqueAttribute>() {}

/// Checks that values can be reserved in a table with this partition key.
pub const fn reserves_values<T: TextKey>() {}

/// What an environment variable of the build says, if it is there.
#[must_use]
pub const fn known(variable: Option<&'static str>) -> &'static str {
    match variable {
        Some(text) => text,
        None => "",
    }
}

/// Where the derive stands, as a [`Source`].
#[doc(hidden)]
#[macro_export]
macro_rules! __source {
    () => {
        $crate::__private::Source {
            package: $crate::__private::known(::core::option_env!("CARGO_PKG_NAME")),
            version: $crate::__private::known(::core::option_env!("CARGO_PKG_VERSION")),
            module: ::core::module_path!(),
            file: ::core::file!(),
            line: ::core::line!(),
        }
    };
}

/// Checks that `#[dynamo(serde)]` is available.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde {
    () => {};
}

/// Says that `#[dynamo(serde)]` is not available.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde {
    () => {
        ::core::compile_error!(
            "`#[dynamo(serde)]` needs the feature `serde` of `tablewright`: write `tablewright = { features = [\"serde\"], … }` \
             in Cargo.toml"
        );
    };
}

#[cfg(feature = "serde")]
pub use serde::{Serialize as SerializeField, de::DeserializeOwned as DeserializeField};

/// Stands in for `serde::Serialize`, so that the missing feature is the only mistake.
#[cfg(not(feature = "serde"))]
pub trait SerializeField {}
#[cfg(not(feature = "serde"))]
impl<T: ?Sized> SerializeField for T {}

/// Stands in for `serde::de::DeserializeOwned`, so that the missing feature is the only mistake.
#[cfg(not(feature = "serde"))]
pub trait DeserializeField {}
#[cfg(not(feature = "serde"))]
impl<T: ?Sized> DeserializeField for T {}

#[cfg(not(feature = "serde"))]
impl Encoder {
    /// Does nothing, because the feature is off.
    #[doc(hidden)]
    pub fn serde<T: ?Sized>(&mut self, _: &'static str, _: &T) {}
}

#[cfg(not(feature = "serde"))]
impl Cursor<'_> {
    /// Does nothing, because the feature is off.
    #[doc(hidden)]
    pub fn serde<T>(&mut self, _: &mut Option<T>) -> DecodeResult<()> {
        self.skip()
    }
}

/// Registers an entity's table, where the `registry` feature is on.
#[cfg(feature = "registry")]
#[doc(hidden)]
#[macro_export]
macro_rules! __register {
    ($entity:ty) => {
        $crate::__private::inventory::submit! {
            $crate::registry::RegisteredTable(<$entity as $crate::__private::Entity>::TABLE)
        }
    };
}

/// Registers nothing, because the `registry` feature is off.
#[cfg(not(feature = "registry"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __register {
    ($entity:ty) => {};
}

/// Registers a role, where the `registry` feature is on.
#[cfg(feature = "registry")]
#[doc(hidden)]
#[macro_export]
macro_rules! __register_role {
    ($role:ty) => {
        $crate::__private::inventory::submit! {
            $crate::registry::RegisteredRole(<$role as $crate::__private::Role>::SCHEMA)
        }
    };
}

/// Registers nothing, because the `registry` feature is off.
#[cfg(not(feature = "registry"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __register_role {
    ($role:ty) => {};
}

pub use tablewright_derive::access;

#[cfg(feature = "registry")]
pub use inventory;
