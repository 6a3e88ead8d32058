// A function of several roles says what it needs of them.

use tablewright::{DynamoAs, DynamoTable, Role, allow};

#[derive(DynamoTable)]
#[dynamo(table = "orders")]
struct Order {
    #[dynamo(partition_key)]
    id: String,
}

async fn replace<R: Role + allow::Put<Order>>(db: &DynamoAs<R>, order: &Order) -> tablewright::Result<()> {
    db.put(order).await?;
    db.delete(order).await
}

fn main() {}
