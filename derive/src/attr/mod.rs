//! Reads `#[dynamo(…)]` as it is written: every value optional, every value with its place.

mod access;
mod behaviour;
mod container;
mod entry;
mod field;
mod index;
mod index_key;
mod setting;
mod table;
mod unique;
mod value;

pub(crate) use access::{AccessAttrs, RangeOperator};
pub(crate) use behaviour::{IdFormat, VersionAttr};
pub(crate) use container::{DocumentAttrs, EntityVariantAttrs, VariantAttrs};
pub(crate) use entry::Key;
pub(crate) use field::{DefaultAttr, FieldAttrs, Owner};
pub(crate) use index::{IndexAttrs, IndexWord, ProjectionAttr};
pub(crate) use index_key::KeyAttr;
pub(crate) use setting::{BillingAttr, CapacityAttr, RecoveryAttr, SettingAttrs, StreamAttr, TagAttr};
pub(crate) use table::{Kind, TableAttrs};
pub(crate) use unique::UniqueAttr;
pub(crate) use value::Set;
