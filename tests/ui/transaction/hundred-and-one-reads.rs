// DynamoDB takes 100 keys.

use tablewright::{Dynamo, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    total: u64,
}

fn run(db: &Dynamo) {
    let keys: [_; 101] = std::array::from_fn(|_| Sparkle::key(1));
    let _ = db.transact_get(keys);
}

fn main() {}
