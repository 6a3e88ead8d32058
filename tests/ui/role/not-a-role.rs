// A handle acts as a role, not as an entity.

use tablewright::{Dynamo, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "orders")]
struct Order {
    #[dynamo(partition_key)]
    id: String,
}

fn act(db: &Dynamo) {
    let _ = db.acting_as::<Order>();
}

fn main() {}
