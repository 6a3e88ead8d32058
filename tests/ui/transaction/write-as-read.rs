// A transaction reads or writes.

use tablewright::{Dynamo, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    total: u64,
}

fn run(db: &Dynamo) {
    let _ = db.transact_get((Sparkle::key(1), db.delete(Sparkle::key(2))));
}

fn main() {}
