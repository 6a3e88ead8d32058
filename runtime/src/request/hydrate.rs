//! The whole items of a query of a narrow index.

use super::pages;
use super::read::QueryRequest;
use crate::codec::ItemOwned;
use crate::entity::{Entity, Index};
use crate::expr::Node;
use crate::key::Key;
use crate::{Item, Result};

impl<E: Entity, I: Index<E>, T> QueryRequest<E, I, T> {
    /// The whole items, in the order of the index: it queries the index for the keys, and then reads the items of the table
    /// in batches of 100.
    ///
    /// An index that carries few attributes costs little to keep, and this reads the others where they are needed: half a
    /// read unit for each 4 KB of the index that is read, and again for each item. The items are as they are in the table:
    /// one that was deleted since the index was written is not among them, and one that was changed is as it is now.
    ///
    /// ```
    /// # use tablewright::prelude::*;
    /// #[derive(DynamoTable)]
    /// #[dynamo(table = "orders", gsi(name = "by-status", partition_key = "status", projection = keys_only))]
    /// struct Order {
    ///     #[dynamo(partition_key)]
    ///     id: u64,
    ///     status: String,
    ///     lines: Vec<String>,
    /// }
    ///
    /// # async fn example(db: &Dynamo) -> Result<(), tablewright::Error> {
    /// let open: Vec<Order> = db.query(Order::query_by_status("open")).take(20).hydrate().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::Incomplete`](crate::Error::Incomplete) if DynamoDB left keys unread, and whatever DynamoDB or the way to it
    /// reports.
    ///
    /// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html>
    pub async fn hydrate(self) -> Result<Vec<E>>
    where
        E: ItemOwned + Send + 'static,
    {
        let mut parts = self.into_parts();
        parts.db.check_allowed(E::TABLE, E::NAME, "batch_get")?;
        let keys = core::iter::once(E::TABLE.partition_key).chain(E::TABLE.sort_key);
        parts.projection = keys.map(|key| Node::attribute(key.name)).collect();
        let (db, include_expired) = (parts.db.clone(), parts.include_expired);
        let found: Vec<Item> = pages::collect(parts).await?;
        if found.is_empty() {
            return Ok(Vec::new());
        }
        let mut items = db.batch_get(found.iter().map(Key::<E>::of_attributes));
        if include_expired {
            items = items.include_expired();
        }
        let items = items.await?.complete()?;
        Ok(items.into_iter().flatten().collect())
    }
}
