// The type of a put is that of a create: a role with neither has no such action.

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
        Order: get, delete;
    }
}

async fn act(db: &Dynamo) -> tablewright::Result<()> {
    let db = db.acting_as::<Checkout>();
    let order = Order { id: "1".into(), status: "open".into() };
    db.transact_write([db.unrestricted().put(&order)]).await?;
    Ok(())
}

fn main() {}
