// A transaction gives no items back.

use tablewright::{Dynamo, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    total: u64,
}

fn run(db: &Dynamo) {
    let _ = db.transact_write(db.delete(Sparkle::key(1)).returning_old());
}

fn main() {}
