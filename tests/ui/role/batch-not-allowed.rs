// Who may put and delete items may not do so in batches.

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
        Order: get, put, delete;
    }
}

async fn act(db: &Dynamo) -> tablewright::Result<()> {
    let db = db.acting_as::<Checkout>();
    let order = Order { id: "1".into(), status: "open".into() };
    let _ = db.batch_write().put(&order).delete(Order::key("2")).await?;
    let _ = db.batch_write_iter([order]).await?;
    Ok(())
}

fn main() {}
