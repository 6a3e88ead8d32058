// Looking at the item of a write of unknown outcome is a `get`.

use tablewright::{CallFailure, DynamoAs, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "orders")]
struct Order {
    #[dynamo(partition_key)]
    id: String,
}

tablewright::access! {
    role Checkout {
        Order: create;
    }
}

async fn look(db: &DynamoAs<Checkout>, call: &CallFailure) -> tablewright::Result<Option<Order>> {
    call.stored::<Order>(db).await
}

fn main() {}
