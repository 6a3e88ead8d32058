// Tuples of up to 16.

use tablewright::{Dynamo, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    total: u64,
}

fn run(db: &Dynamo) {
    let delete = |server| db.delete(Sparkle::key(server));
    let _ = db.transact_write((
        delete(0),
        delete(1),
        delete(2),
        delete(3),
        delete(4),
        delete(5),
        delete(6),
        delete(7),
        delete(8),
        delete(9),
        delete(10),
        delete(11),
        delete(12),
        delete(13),
        delete(14),
        delete(15),
        delete(16),
    ));
}

fn main() {}
