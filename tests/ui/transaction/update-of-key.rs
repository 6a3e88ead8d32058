// A key never changes, in a transaction as elsewhere.

use tablewright::{Dynamo, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    total: u64,
}

fn run(db: &Dynamo) {
    let _ = db.transact_write(db.update(Sparkle::key(9001)).set(|item| item.server, 9002));
}

fn main() {}
