//! What a role may do, as traits that `access!` implements for it.
//!
//! A function that is generic over roles names what it needs of them:
//!
//! ```
//! use tablewright::prelude::*;
//! use tablewright::{DynamoAs, Result, allow};
//!
//! # #[derive(DynamoTable)]
//! # #[dynamo(table = "orders")]
//! # struct Order { #[dynamo(partition_key)] id: String, paid: bool }
//! async fn pay<R: allow::Get<Order> + allow::Update<Order>>(db: &DynamoAs<R>, id: &str) -> Result<bool> {
//!     let Some(order) = db.get(Order::key(id)).consistent().await? else { return Ok(false) };
//!     db.update(&order).set(|order| order.paid, true).await?;
//!     Ok(true)
//! }
//! ```

use super::Role;
use crate::query::Collection;

/// What the methods of a role's handle ask for: the same, asked of the entity. The compiler would answer a question about the
/// role before it knows the entity, and take the only one that the role has for the one that is meant.
macro_rules! allowed_by {
    ($by:ident, $name:ident) => {
        #[doc(hidden)]
        pub trait $by<R> {}
        impl<E, R: $name<E>> $by<R> for E {}
    };
}

macro_rules! of_entity {
    ($($(#[$doc:meta])* $name:ident $by:ident $(: $action:ident)?, $verb:tt, $message:tt, $note:tt;)*) => {$(
        $(#[$doc])*
        #[diagnostic::on_unimplemented(message = $message, label = $verb, note = $note)]
        pub trait $name<E>: Role $(+ $action<E>)? {}

        allowed_by!($by, $name);
    )*};
}

allowed_by!(QueryBy, Query);
allowed_by!(ScanBy, Scan);
allowed_by!(StreamBy, Stream);

of_entity! {
    /// `get` of this entity, alone or in a transaction.
    Get GetBy, "`get` is not among the role's operations", "the role `{Self}` may not get `{E}`",
    "write `{E}: get` in the `access!` of `{Self}`, and its policy allows it too";
    /// `batch_get` of this entity.
    BatchGet BatchGetBy, "`batch_get` is not among the role's operations", "the role `{Self}` may not get `{E}` in batches",
    "write `{E}: batch_get` in the `access!` of `{Self}`, and its policy allows it too";
    /// `create` of this entity, alone or in a transaction.
    Create CreateBy: PutAction, "`create` is not among the role's operations", "the role `{Self}` may not create `{E}`",
    "write `{E}: create` in the `access!` of `{Self}`, and its policy allows it too";
    /// `put` of this entity, alone or in a transaction.
    Put PutBy: PutAction, "`put` is not among the role's operations", "the role `{Self}` may not put `{E}`",
    "write `{E}: put` in the `access!` of `{Self}`, and its policy allows it too";
    /// `update` of this entity, alone or in a transaction.
    Update UpdateBy: UpdateAction, "`update` is not among the role's operations", "the role `{Self}` may not update `{E}`",
    "write `{E}: update` in the `access!` of `{Self}`, and its policy allows it too";
    /// `upsert` of this entity, alone or in a transaction.
    Upsert UpsertBy: UpdateAction, "`upsert` is not among the role's operations", "the role `{Self}` may not upsert `{E}`",
    "write `{E}: upsert` in the `access!` of `{Self}`, and its policy allows it too";
    /// `rekey` of this entity, alone or in a transaction.
    Rekey RekeyBy, "`rekey` is not among the role's operations", "the role `{Self}` may not rekey `{E}`",
    "write `{E}: rekey` in the `access!` of `{Self}`, and its policy allows it too";
    /// `delete` of this entity, alone or in a transaction.
    Delete DeleteBy, "`delete` is not among the role's operations", "the role `{Self}` may not delete `{E}`",
    "write `{E}: delete` in the `access!` of `{Self}`, and its policy allows it too";
    /// `batch_write` of this entity.
    BatchWrite BatchWriteBy, "`batch_write` is not among the role's operations", "the role `{Self}` may not write `{E}` in batches",
    "write `{E}: batch_write` in the `access!` of `{Self}`, and its policy allows it too";
    /// `check_exists`, `check_absent` and `condition_check` of this entity in a transaction.
    Check CheckBy, "`check` is not among the role's operations", "the role `{Self}` may not check `{E}` in a transaction",
    "write `{E}: check` in the `access!` of `{Self}`, and its policy allows it too";
    /// `verify_table` of this entity.
    Describe DescribeBy, "`describe` is not among the role's operations", "the role `{Self}` may not describe the table of `{E}`",
    "write `{E}: describe` in the `access!` of `{Self}`, and its policy allows it too";
}

/// The queries of this query type: of the table or of one of its indexes.
#[diagnostic::on_unimplemented(
    message = "the role `{Self}` may not query with `{Q}`",
    label = "not one of the role's queries",
    note = "name the method of the entity that gives `{Q}` in the `access!` of `{Self}`, such as `Order: query` or \
            `Order: query_by_status`, and its policy allows it too"
)]
pub trait Query<Q>: Role {}

/// `scan` of this entity, or `scan_index` of the index with this query type.
#[diagnostic::on_unimplemented(
    message = "the role `{Self}` may not scan `{T}`",
    label = "not one of the role's scans",
    note = "write `scan` for an entity, and `scan_by_status` for the index of `OrderByStatusQuery`, in the `access!` of `{Self}`, \
            and its policy allows it too"
)]
pub trait Scan<T>: Role {}

/// The stream of the table whose items are read as this type. `PLACE` is 0, whoever asks.
#[diagnostic::on_unimplemented(
    message = "the role `{Self}` may not read the stream of `{T}`",
    label = "`stream` is not among the role's operations on that table",
    note = "write `stream` for an entity of the table in the `access!` of `{Self}`, such as `Order: stream(insert)`, and its \
            policy allows it too"
)]
pub trait Stream<T, const PLACE: usize = 0>: Role {}

/// `create` or `put` of this entity as an action of a transaction: its type does not tell which.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the role `{Self}` may not write `{E}` in a transaction",
    label = "neither `create` nor `put` of `{E}` is among the role's operations",
    note = "write `{E}: create` or `{E}: put` in the `access!` of `{Self}`, and its policy allows it too"
)]
pub trait PutAction<E, const PLACE: usize = 0>: Role {}

/// `update` or `upsert` of this entity as an action of a transaction.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the role `{Self}` may not update `{E}` in a transaction",
    label = "neither `update` nor `upsert` of `{E}` is among the role's operations",
    note = "write `{E}: update` or `{E}: upsert` in the `access!` of `{Self}`, and its policy allows it too"
)]
pub trait UpdateAction<E, const PLACE: usize = 0>: Role {}

/// An item collection is read with the query that it is made of.
impl<R: Query<Q>, E, Q> Query<Collection<E, Q>> for R {}
