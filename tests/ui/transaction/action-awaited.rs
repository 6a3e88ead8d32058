// An action that is awaited is a write of its own.

use tablewright::{Dynamo, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    total: u64,
}

async fn run(db: &Dynamo, item: Sparkle) {
    let _ = db.transact_write((db.create(&item).await, db.delete(Sparkle::key(1))));
}

fn main() {}
