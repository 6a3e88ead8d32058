// An update sets a value of the type of the attribute.

use tablewright::{Dynamo, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(
    table = "sparkle",
    gsi(name = "by-team", partition_key = "team", sort_key = "total", sparse, projection = keys_only)
)]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(sort_key)]
    handle: String,
    team: Option<String>,
    total: u64,
    note: String,
}

fn run(db: &Dynamo) {
    let _ = db.update(Sparkle::key(9001, "star")).set(|item| item.note, 5);
}

fn main() {}
