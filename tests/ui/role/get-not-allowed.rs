// Who may write an entity may not read it for that.

use tablewright::{Dynamo, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(
    table = "orders",
    stream = new_and_old_images,
    gsi(name = "by-status", partition_key = "status", projection = keys_only)
)]
struct Order {
    #[dynamo(partition_key)]
    id: String,
    status: String,
}

tablewright::access! {
    role Checkout {
        Order: create, put, update, delete, query;
    }
}

async fn act(db: &Dynamo) -> tablewright::Result<()> {
    let db = db.acting_as::<Checkout>();
    db.get(Order::key("1")).await?;
    db.batch_get([Order::key("1")]).await?;
    db.transact_get((Order::key("1"),)).await?;
    Ok(())
}

fn main() {}
