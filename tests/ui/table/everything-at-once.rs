// One compile shows every mistake, and code that uses the table adds none.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(
    table = "sp",
    stream = new_images,
    gsi(name = "by-team", partition_key = "taem"),
)]
struct Sparkle {
    #[dynamo(partition_key)]
    server: Option<u64>,
    #[dynamo(sort_key, default)]
    handle: String,
    #[dynamo(renam = "t")]
    team: Option<String>,
    weight: std::cell::Cell<u8>,
}

fn main() {
    let _ = Sparkle::key(1, "x");
    let _ = Sparkle::query(1).handle().begins_with("x");
    let _ = Sparkle::query_by_team("red");
}
