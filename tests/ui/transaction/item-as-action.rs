// The item alone does not say what to do with it.

use tablewright::{Dynamo, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    total: u64,
}

fn run(db: &Dynamo, item: Sparkle) {
    let _ = db.transact_write(item);
}

fn main() {}
