//! What generated code calls for one field.
//!
//! These traits are implemented for every type that can do it, and exist for their messages: the schema, the writing and
//! the reading of a field name one trait at one place, so that a type that cannot is reported once.

mod behaviour;

pub use behaviour::{CounterField, IdField, Ulid, UuidV7, VersionField, counter, counts_microseconds};

use std::time::SystemTime;

use crate::codec::{Cursor, DecodeError, Encoder, KeyPart, Stamp, UnknownAttributes};
use crate::schema::AttributeSchema;
use crate::time::FromClock;
use crate::value::{Adapter, FromAttribute, Kind, ToAttribute};

/// A field that is written as an attribute.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be stored as a DynamoDB attribute",
    label = "not an attribute type",
    note = "derive `DynamoAttribute` for a type of your own; for a foreign type enable the feature of its crate, or \
            write `#[dynamo(with = …)]` or `#[dynamo(serde)]` on the field"
)]
pub trait WriteField {
    /// What the schema says about the attribute.
    const TYPE: FieldType;

    /// Writes the attribute.
    fn write(&self, member: &'static str, out: &mut Encoder);

    /// Writes the attribute as a partition key.
    fn write_partition_key(&self, member: &'static str, out: &mut Encoder);

    /// Writes the attribute as a sort key.
    fn write_sort_key(&self, member: &'static str, out: &mut Encoder);
}

#[diagnostic::do_not_recommend]
impl<T: ToAttribute> WriteField for T {
    const TYPE: FieldType = FieldType { name: <T::Kind as Kind>::NAME, optional: <T::Kind as Kind>::OPTIONAL };

    #[inline(always)]
    fn write(&self, member: &'static str, out: &mut Encoder) {
        out.attribute(member, self);
    }

    #[inline(always)]
    fn write_partition_key(&self, member: &'static str, out: &mut Encoder) {
        out.index_key(member, self, KeyPart::Partition);
    }

    #[inline(always)]
    fn write_sort_key(&self, member: &'static str, out: &mut Encoder) {
        out.index_key(member, self, KeyPart::Sort);
    }
}

/// The attribute type of a field, as the schema names it.
#[derive(Debug, Clone, Copy)]
pub struct FieldType {
    name: &'static str,
    optional: bool,
}

impl FieldType {
    /// The attribute of that name that holds the field.
    #[must_use]
    pub const fn attribute(self, name: &'static str, field: &'static str) -> AttributeSchema {
        AttributeSchema::new(name, field, self.name, self.optional)
    }

    /// True if items may lack the attribute, so that an index of it is sparse.
    #[must_use]
    pub const fn optional(self) -> bool {
        self.optional
    }
}

/// A field that is read from an attribute.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a DynamoDB attribute",
    label = "not an attribute type",
    note = "derive `DynamoAttribute` for a type of your own; for a foreign type enable the feature of its crate, or \
            write `#[dynamo(with = …)]` or `#[dynamo(serde)]` on the field"
)]
pub trait ReadField<'a>: Sized {
    /// Reads the attribute into the place for it.
    ///
    /// # Errors
    /// If the value cannot be read.
    fn read(slot: &mut Option<Self>, cursor: &mut Cursor<'a>) -> Result<(), DecodeError>;

    /// What was read into the place, or what the attribute's absence means.
    ///
    /// # Errors
    /// If the item lacks the attribute, and absence is no value.
    fn done(slot: Option<Self>, name: &'static str, cursor: &Cursor<'a>) -> Result<Self, DecodeError>;
}

#[diagnostic::do_not_recommend]
impl<'a, T: FromAttribute<'a>> ReadField<'a> for T {
    #[inline(always)]
    fn read(slot: &mut Option<Self>, cursor: &mut Cursor<'a>) -> Result<(), DecodeError> {
        cursor.attribute(slot)
    }

    #[inline(always)]
    fn done(slot: Option<Self>, name: &'static str, cursor: &Cursor<'a>) -> Result<Self, DecodeError> {
        cursor.required(slot.or_else(T::absent), name)
    }
}

/// A field that the clock fills in.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a time stamp that the clock fills in",
    label = "not a time stamp",
    note = "`created_at` and `updated_at` fields are `EpochSeconds`, or a `Timestamp`/`OffsetDateTime`/`DateTime<Utc>` of \
            `jiff`, `time` or `chrono` with the feature of that name"
)]
pub trait StampField {
    /// Writes the attribute: the clock's value where a clock is set, the field's where none is.
    fn write(&self, member: &'static str, stamp: Stamp, out: &mut Encoder);

    /// Writes the value at a moment.
    fn stamp(now: SystemTime, out: &mut Encoder);
}

#[diagnostic::do_not_recommend]
impl<T: FromClock + ToAttribute> StampField for T {
    fn write(&self, member: &'static str, stamp: Stamp, out: &mut Encoder) {
        out.stamped(member, self, stamp);
    }

    fn stamp(now: SystemTime, out: &mut Encoder) {
        T::from_clock(now).encode(out);
    }
}

/// The adapter of a field of type `T`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an adapter for `{T}`",
    label = "does not say how to store a `{T}`",
    note = "implement `tablewright::Adapter<{T}>` for `{Self}`"
)]
pub trait AdaptField<T> {
    /// The type that is stored.
    type Stored;
    /// What the schema says about the attribute.
    const TYPE: FieldType;

    /// Writes the attribute.
    fn write(value: &T, member: &'static str, out: &mut Encoder);

    /// Reads the attribute into the place for it.
    ///
    /// # Errors
    /// If the value cannot be read.
    fn read(slot: &mut Option<T>, cursor: &mut Cursor<'_>) -> Result<(), DecodeError>;

    /// What was read into the place, or what the attribute's absence means to the stored type.
    ///
    /// # Errors
    /// If the item lacks the attribute, and absence is no value.
    fn done(slot: Option<T>, name: &'static str, cursor: &Cursor<'_>) -> Result<T, DecodeError>;
}

#[diagnostic::do_not_recommend]
impl<A: Adapter<T>, T> AdaptField<T> for A {
    type Stored = A::Stored;
    const TYPE: FieldType = <A::Stored as WriteField>::TYPE;

    fn write(value: &T, member: &'static str, out: &mut Encoder) {
        out.adapted::<A, T>(member, value);
    }

    fn read(slot: &mut Option<T>, cursor: &mut Cursor<'_>) -> Result<(), DecodeError> {
        cursor.adapted::<A, T>(slot)
    }

    fn done(slot: Option<T>, name: &'static str, cursor: &Cursor<'_>) -> Result<T, DecodeError> {
        let absent = || <A::Stored as FromAttribute>::absent().and_then(|stored| A::load(stored).ok());
        cursor.required(slot.or_else(absent), name)
    }
}

/// A field that keeps the attributes that no other field takes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot keep the other attributes of an item",
    label = "not a map of attributes",
    note = "a `rest` field is an `Item`, or a `BTreeMap` or `HashMap` from `String` to `Value`"
)]
pub trait RestField<'a>: Default {
    /// Keeps the attribute of that name, whose value the cursor is at.
    ///
    /// # Errors
    /// If the value cannot be kept.
    fn keep(&mut self, name: &str, cursor: &mut Cursor<'a>) -> Result<(), DecodeError>;

    /// Writes the attributes as members of the map that the encoder is in.
    fn write(&self, out: &mut Encoder);

    /// Without any attribute.
    #[must_use]
    fn none() -> Self {
        Self::default()
    }
}

#[diagnostic::do_not_recommend]
impl<'a, T: UnknownAttributes<'a>> RestField<'a> for T {
    fn keep(&mut self, name: &str, cursor: &mut Cursor<'a>) -> Result<(), DecodeError> {
        cursor.unknown(self, name)
    }

    fn write(&self, out: &mut Encoder) {
        out.rest(self);
    }
}
