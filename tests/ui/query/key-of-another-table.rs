// A condition is on the item of its own request.

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

#[derive(DynamoTable)]
#[dynamo(table = "twinkle")]
struct Twinkle {
    #[dynamo(partition_key)]
    server: u64,
    note: String,
}

fn run(db: &Dynamo) {
    let _ = db
        .update(Sparkle::key(9001, "star"))
        .condition(|_| <Twinkle as tablewright::Entity>::paths::<tablewright::expr::InCondition>().note.eq("x"));
}

fn main() {}
