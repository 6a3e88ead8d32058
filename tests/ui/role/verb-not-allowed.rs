// The handle of a role does only what the role's `access!` names.

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
        Order: get, query;
    }
}

async fn act(db: &Dynamo) -> tablewright::Result<()> {
    let db = db.acting_as::<Checkout>();
    let order = Order { id: "1".into(), status: "open".into() };
    db.create(&order).await?;
    db.put(&order).await?;
    db.update(&order).set(|order| order.status, "shut").await?;
    db.upsert(Order::key("1")).set(|order| order.status, "shut").await?;
    db.delete(Order::key("1")).await?;
    db.verify_table::<Order>().await?;
    Ok(())
}

fn main() {}
