// A condition check is a part of a transaction.

use tablewright::{Dynamo, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    total: u64,
}

async fn run(db: &Dynamo) {
    db.condition_check(Sparkle::key(1), |item| item.total.gt(5)).await;
}

fn main() {}
