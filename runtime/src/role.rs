//! Roles: parts of a program, declared by what they may do.

use core::fmt;
use core::marker::PhantomData;

use crate::schema::RoleSchema;

/// A part of a program, with the operations that it uses. [`access!`](crate::access) declares it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a role",
    label = "not a role",
    note = "declare it: `tablewright::access! {{ pub role {Self} {{ Entity: get, query; }} }}`"
)]
pub trait Role {
    /// The role as data.
    const SCHEMA: &'static RoleSchema;
}

/// Says that a role may do `O`, one of the types of [`allow`].
#[diagnostic::on_unimplemented(
    message = "the role `{Self}` may not do `{O}`",
    label = "not one of the role's operations",
    note = "add the operation to the role's `access!`, so that its policy allows it too"
)]
pub trait Allows<O>: Role {}

macro_rules! operations {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// The operations that a role can be allowed, as types: [`Allows<allow::Get<Order>>`](Allows).
        pub mod allow {
            use super::{fmt, PhantomData};

            $(
                $(#[$doc])*
                pub struct $name<T>(PhantomData<fn() -> T>);

                impl<T> fmt::Debug for $name<T> {
                    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str(stringify!($name))
                    }
                }
            )*
        }
    };
}

operations! {
    /// `get` of this entity.
    Get,
    /// `batch_get` of this entity.
    BatchGet,
    /// `query` of the table or index with this query type.
    Query,
    /// `scan` of this entity, or of the index with this query type.
    Scan,
    /// `create` of this entity.
    Create,
    /// `put` of this entity.
    Put,
    /// `update` of this entity.
    Update,
    /// `upsert` of this entity.
    Upsert,
    /// `delete` of this entity.
    Delete,
    /// `batch_write` of this entity.
    BatchWrite,
    /// `check` of this entity in a transaction.
    Check,
    /// The stream's records of this entity.
    Stream,
    /// `verify_tables` for this entity's table.
    Describe,
}

/// Declares roles by the operations that they use.
///
/// A role is a type, and its [`RoleSchema`] is data: the generated Terraform has a policy of exactly these operations on
/// exactly these tables, indexes and streams. A name that is wrong does not compile.
///
/// ```
/// use tablewright::prelude::*;
/// use tablewright::Role;
///
/// #[derive(DynamoTable)]
/// #[dynamo(
///     table = "orders",
///     stream = new_and_old_images,
///     gsi(name = "by-status", partition_key = "status", projection = keys_only)
/// )]
/// struct Order {
///     #[dynamo(partition_key)]
///     id: String,
///     status: String,
/// }
///
/// tablewright::access! {
///     /// Takes orders from customers.
///     pub role Checkout {
///         Order: create, get, query_by_status;
///     }
///
///     /// Sends what was ordered.
///     pub role Shipping {
///         Order: get, update, stream(insert);
///     }
/// }
///
/// assert_eq!(Checkout::SCHEMA.grants.len(), 3);
/// ```
///
/// | operation | allows |
/// |---|---|
/// | `get`, `batch_get` | reading items by their keys; `get` also in a transaction |
/// | `query`, `query_by_status` … | the query methods of the entity, by their names |
/// | `scan`, `scan_by_status` … | reading every item of the table, or of the index that `query_by_status` reads |
/// | `create`, `put`, `update`, `upsert`, `delete` | the verbs of [`Dynamo`](crate::Dynamo), also in a transaction |
/// | `batch_write` | writing and deleting in batches |
/// | `check` | a condition on an item that a transaction does not write |
/// | `stream`, `stream(insert, modify, remove, expire)` | reading the table's stream, for these events |
/// | `describe` | `verify_tables` |
///
/// The queries are known by the types that the derive writes beside the entity: where only the entity is imported, write
/// its path (`model::Order: query_by_status;`).
///
/// `tenant user = "aws:PrincipalTag/user_id";` as the first line of a role lets it touch only items whose partition key
/// begins with the field `user`, and only where that is the caller's value of this [policy variable]. Every key template that the
/// role uses must begin with the field, and a role with a tenant can neither scan nor read a stream.
///
/// [policy variable]: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
#[macro_export]
macro_rules! access {
    ($($roles:tt)*) => {
        $crate::__private::access! { $crate; $($roles)* }
    };
}
