// A transaction writes or reads.

use tablewright::{Dynamo, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    total: u64,
}

fn run(db: &Dynamo, item: Sparkle) {
    let _ = db.transact_write((db.create(&item), db.get(Sparkle::key(1))));
}

fn main() {}
