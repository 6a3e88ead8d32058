// A filter names attributes of the entity.

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
    let _ = db.query(Sparkle::query(9001)).filter(|item| item.color.eq("red"));
}

fn main() {}
