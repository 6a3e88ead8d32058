// A transaction reads items, not ranges of them.

use tablewright::{Dynamo, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    total: u64,
}

fn run(db: &Dynamo) {
    let _ = db.transact_get((Sparkle::query(1), Sparkle::key(2)));
}

fn main() {}
