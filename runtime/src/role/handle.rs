//! The handle of a role.

use core::fmt;
use core::marker::PhantomData;
use std::time::SystemTime;

use super::{Role, allow};
use crate::entity::{Entity, Index};
use crate::exec::BoxFuture;
use crate::key::Key;
use crate::query::IntoQuery;
use crate::request::{Delete, Get, Put, QueryRequest, ScanRequest, Update, WriteKey};
use crate::stream::{StreamReader, Streamed};
use crate::{Dynamo, FromClock, Result};

/// A handle on a DynamoDB that compiles only what the role `R` may do: [`Dynamo::acting_as`].
///
/// Its methods are those of [`Dynamo`], and give the same requests. What the role's [`access!`](crate::access) does not name is
/// a compile error, so that the program cannot do what its policy refuses:
///
/// ```compile_fail,E0277
/// # use tablewright::prelude::*;
/// # #[derive(DynamoTable)]
/// # #[dynamo(table = "orders")]
/// # struct Order { #[dynamo(partition_key)] id: String }
/// tablewright::access! {
///     role Checkout {
///         Order: create, get;
///     }
/// }
///
/// async fn cancel(db: &Dynamo) -> tablewright::Result<()> {
///     let db = db.acting_as::<Checkout>();
///     db.delete(Order::key("1")).await // the role `Checkout` may not delete `Order`
/// }
/// ```
///
/// What types do not tell is refused before it is sent, with [`InvalidRequest::NotAllowed`](crate::InvalidRequest::NotAllowed):
/// the batches of [`hydrate`](QueryRequest::hydrate) without `batch_get`, what [`and`](crate::request::TransactWrite::and) adds
/// to a transaction, and [actions](crate::request::Action) and [write requests](crate::request::WriteRequest) without their
/// types.
///
/// It is as cheap to clone as the handle that it comes from, and shares its connections. [`unrestricted`](Self::unrestricted)
/// is the way out. It does not change as whom AWS is called: that says the credentials, which are to have the role's policy.
pub struct DynamoAs<R> {
    /// The handle, which knows the role.
    pub(super) db: Dynamo,
    role: PhantomData<fn() -> R>,
}

impl Dynamo {
    /// The same handle, kept to what a role may do; see [`DynamoAs`]. It makes no call.
    ///
    /// ```
    /// # use tablewright::prelude::*;
    /// # #[derive(DynamoTable)]
    /// # #[dynamo(table = "orders")]
    /// # struct Order { #[dynamo(partition_key)] id: String }
    /// tablewright::access! {
    ///     /// Takes orders.
    ///     pub role Checkout {
    ///         Order: create, get;
    ///     }
    /// }
    ///
    /// # async fn example(db: &Dynamo, order: Order) -> tablewright::Result<()> {
    /// let db = db.acting_as::<Checkout>();
    /// db.create(&order).await?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn acting_as<R: Role>(&self) -> DynamoAs<R> {
        DynamoAs { db: self.kept_to(Some(R::SCHEMA)), role: PhantomData }
    }
}

impl<R: Role> DynamoAs<R> {
    /// The handle that is kept to nothing, for what no role is to be asked for.
    #[must_use]
    pub fn unrestricted(&self) -> Dynamo {
        self.db.kept_to(None)
    }

    /// As [`Dynamo::now`].
    #[must_use]
    pub fn now(&self) -> SystemTime {
        self.db.now()
    }

    /// As [`Dynamo::now_as`].
    #[must_use]
    pub fn now_as<T: FromClock>(&self) -> T {
        self.db.now_as()
    }

    /// As [`Dynamo::new_id`].
    #[must_use]
    pub fn new_id(&self) -> u128 {
        self.db.new_id()
    }

    /// As [`Dynamo::create`], for roles with `create`.
    pub fn create<E: Entity + allow::CreateBy<R>>(&self, item: &E) -> Put<E> {
        self.db.create(item)
    }

    /// As [`Dynamo::put`], for roles with `put`.
    pub fn put<E: Entity + allow::PutBy<R>>(&self, item: &E) -> Put<E> {
        self.db.put(item)
    }

    /// As [`Dynamo::update`], for roles with `update`.
    pub fn update<K: WriteKey>(&self, of: K) -> Update<K::Entity>
    where
        K::Entity: allow::UpdateBy<R>,
    {
        self.db.update(of)
    }

    /// As [`Dynamo::upsert`], for roles with `upsert`.
    pub fn upsert<E: Entity + allow::UpsertBy<R>>(&self, key: Key<E>) -> Update<E> {
        self.db.upsert(key)
    }

    /// As [`Dynamo::delete`], for roles with `delete`.
    pub fn delete<K: WriteKey>(&self, of: K) -> Delete<K::Entity>
    where
        K::Entity: allow::DeleteBy<R>,
    {
        self.db.delete(of)
    }

    /// As [`Dynamo::get`], for roles with `get`.
    pub fn get<E: Entity + allow::GetBy<R>>(&self, key: Key<E>) -> Get<E> {
        self.db.get(key)
    }

    /// As [`Dynamo::query`], for roles with the query method that the query comes from. An access pattern and an item
    /// collection are read by roles with the query that they are made of.
    pub fn query<Q: IntoQuery>(&self, query: Q) -> QueryRequest<Q::Entity, Q::Index, Q::Reads>
    where
        Q::Index: allow::QueryBy<R>,
    {
        self.db.query(query)
    }

    /// As [`Dynamo::scan`], for roles with `scan`.
    pub fn scan<E: Entity + allow::ScanBy<R>>(&self) -> ScanRequest<E> {
        self.db.scan()
    }

    /// As [`Dynamo::scan_index`], for roles with `scan_…` of that index.
    pub fn scan_index<E: Entity, I: Index<E> + allow::ScanBy<R>>(&self) -> ScanRequest<E, I, I::Reads> {
        self.db.scan_index()
    }

    /// As [`Dynamo::stream`], for roles with `stream` of an entity of the table.
    ///
    /// The events of the role's `stream(…)` are a filter of what a Lambda function is called with. Here every record comes.
    /// [`TableCheckpoints`](crate::stream::TableCheckpoints) are in a table of their own, which is no role's: they take
    /// [`unrestricted`](Self::unrestricted), and need `Query`, `PutItem` and `DeleteItem` on it.
    pub fn stream<T: Streamed + allow::StreamBy<R>>(&self) -> StreamReader<T> {
        self.db.stream()
    }

    /// As [`Dynamo::verify_tables`] of one entity's table, for roles with `describe`.
    ///
    /// # Errors
    /// Those of [`Dynamo::verify_tables`].
    pub fn verify_table<E: Entity + allow::DescribeBy<R>>(&self) -> BoxFuture<'static, Result<()>> {
        let db = self.db.clone();
        Box::pin(async move { db.verify_tables([E::TABLE]).await })
    }
}

/// A handle that reads items of `E` by their keys: [`Dynamo`], or [`DynamoAs`] for a role with `get`.
pub trait ReadsItems<E> {
    #[doc(hidden)]
    fn __dynamo(&self) -> &Dynamo;
}

impl<E> ReadsItems<E> for Dynamo {
    fn __dynamo(&self) -> &Dynamo {
        self
    }
}

impl<E: allow::GetBy<R>, R> ReadsItems<E> for DynamoAs<R> {
    fn __dynamo(&self) -> &Dynamo {
        &self.db
    }
}

impl<R> Clone for DynamoAs<R> {
    fn clone(&self) -> Self {
        Self { db: self.db.clone(), role: PhantomData }
    }
}

impl<R: Role> fmt::Debug for DynamoAs<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DynamoAs").field("role", &R::SCHEMA.name).field("db", &self.db).finish()
    }
}
