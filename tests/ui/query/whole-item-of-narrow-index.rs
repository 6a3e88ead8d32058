// An index with a narrow projection does not give whole items: it gives untyped ones, or `read_as::<T>()`.

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

async fn run(db: &Dynamo) {
    let _: tablewright::Result<Vec<Sparkle>> = db.query(Sparkle::query_by_team("red")).await;
}

fn main() {}
