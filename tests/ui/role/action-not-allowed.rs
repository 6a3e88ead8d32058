// An action of a transaction is an operation, made by whichever handle.

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
        Order: create, get;
    }
}

async fn act(db: &Dynamo) -> tablewright::Result<()> {
    let db = db.acting_as::<Checkout>();
    let order = Order { id: "1".into(), status: "open".into() };
    let (kept, all) = (&db, db.unrestricted());
    kept.transact_write((kept.create(&order), kept.delete(Order::key("2")))).await?;
    kept.transact_write((all.create(&order), all.update(Order::key("2")).set(|order| order.status, "shut"))).await?;
    kept.transact_write(vec![all.check_exists(Order::key("2"))]).await?;
    kept.transact_write(all.rekey(&order, &order)).await?;
    Ok(())
}

fn main() {}
