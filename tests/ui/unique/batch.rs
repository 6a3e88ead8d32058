// A batch has no conditions, so it can reserve nothing.

use tablewright::{Dynamo, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "users")]
struct User {
    #[dynamo(partition_key)]
    id: String,
    #[dynamo(unique)]
    email: String,
}

fn write(db: &Dynamo, user: &User) {
    let _ = db.batch_write().put(user);
}

fn main() {}
