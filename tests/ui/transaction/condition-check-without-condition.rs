// A condition check needs a condition.

use tablewright::{Dynamo, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    total: u64,
}

fn run(db: &Dynamo) {
    let _ = db.transact_write(db.condition_check(Sparkle::key(1), |item| item.total));
}

fn main() {}
