// Each index is an operation of its own.

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
    db.query(Order::query("1")).await?;
    db.query(Order::query_by_status("open")).await?;
    Ok(())
}

fn main() {}
