//! Roles: parts of a program, declared by what they may do.

pub mod allow;
mod batch;
mod handle;
mod transact;

pub use batch::BatchWriteAs;
pub use handle::{DynamoAs, ReadsItems};

use crate::const_text::same;
use crate::schema::{GrantSchema, RoleOperation, RoleSchema};

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

/// 0 for the first of the grants that allow the same to the type checker, and another number for each of the others: to read
/// the stream of a table, or to put or to update an entity's items in a transaction.
#[doc(hidden)]
#[must_use]
pub const fn nth_grant(grants: &'static [GrantSchema], place: usize) -> usize {
    let Some((mut before, [grant, ..])) = grants.split_at_checked(place) else { return 0 };
    while let [first, more @ ..] = before {
        if same(grant.table, first.table) && allow_the_same(grant, first) {
            return place + 1;
        }
        before = more;
    }
    0
}

/// True if two grants on one table do.
const fn allow_the_same(a: &GrantSchema, b: &GrantSchema) -> bool {
    use RoleOperation::{Create, Put, Stream, Update, Upsert};
    match (a.operation, b.operation) {
        (Stream(_), Stream(_)) => true,
        (Create | Put, Create | Put) | (Update | Upsert, Update | Upsert) => same(a.entity, b.entity),
        _ => false,
    }
}

/// Declares roles by the operations that they use.
///
/// A role is a type, and its [`RoleSchema`] is data: the generated Terraform has a policy of exactly these operations on
/// exactly these tables, indexes and streams, and [`DynamoAs`](crate::DynamoAs) compiles exactly these operations. A name that
/// is wrong does not compile.
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
/// # async fn example(db: &Dynamo, order: Order) -> tablewright::Result<()> {
/// // A handle that compiles only what the role may do.
/// let checkout = db.acting_as::<Checkout>();
/// checkout.create(&order).await?;
/// let open = checkout.query(Order::query_by_status("open")).await?;
/// # let _ = open;
/// # Ok(())
/// # }
/// assert_eq!(Checkout::SCHEMA.grants.len(), 3);
/// ```
///
/// The part of the program that is `Checkout` is given the [`DynamoAs<Checkout>`](crate::DynamoAs) that
/// [`Dynamo::acting_as`](crate::Dynamo::acting_as) makes, and can do nothing else; the traits of [`allow`](crate::allow) are for
/// functions that several roles use.
///
/// | operation | allows |
/// |---|---|
/// | `get`, `batch_get` | reading items by their keys; `get` also in a transaction, `batch_get` also by `hydrate` |
/// | `query`, `query_by_status` … | the query methods of the entity, by their names |
/// | `scan`, `scan_by_status` … | reading every item of the table, or of the index that `query_by_status` reads |
/// | `create`, `put`, `update`, `upsert`, `delete` | the verbs of [`Dynamo`](crate::Dynamo), also in a transaction |
/// | `rekey` | moving items to other primary keys, also in a transaction |
/// | `batch_write` | writing and deleting in batches |
/// | `check` | a condition on an item that a transaction does not write |
/// | `stream`, `stream(insert, modify, remove, expire)` | reading the table's stream, for these events |
/// | `describe` | `verify_table` |
///
/// The policy has what the operations need beyond their own action. Who creates or puts items with a version reads them after
/// an answer was lost. Who writes items with unique attributes reads what is stored, and puts and deletes what reserves their
/// values. Who reads a stream in a loop describes the table to find it; Lambda has it from its event source mapping.
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
