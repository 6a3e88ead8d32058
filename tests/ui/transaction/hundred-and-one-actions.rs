// DynamoDB takes 100 actions.

use tablewright::{Dynamo, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    total: u64,
}

fn run(db: &Dynamo) {
    let deletes: [_; 101] = std::array::from_fn(|_| db.delete(Sparkle::key(1)));
    let _ = db.transact_write(deletes);
}

fn main() {}
