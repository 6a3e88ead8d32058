// Moving an item is an operation of its own.

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
        Order: create, delete;
    }
}

async fn act(db: &Dynamo) -> tablewright::Result<()> {
    let db = db.acting_as::<Checkout>();
    let (old, new) = (Order { id: "1".into(), status: "open".into() }, Order { id: "2".into(), status: "open".into() });
    let _ = db.rekey(&old, &new).await?;
    Ok(())
}

fn main() {}
