// A field that is in the keys of two indexes is set with both.

use tablewright::prelude::*;

#[derive(DynamoTable)]
#[dynamo(
    table = "tasks",
    gsi(name = "by-team", partition_key = "team", sort_key = "{due}#{rank}"),
    gsi(name = "by-owner", partition_key = "{owner}#{rank}", sort_key = "id")
)]
struct Task {
    #[dynamo(partition_key)]
    id: u64,
    team: String,
    due: u32,
    rank: u8,
    owner: String,
}

fn run(db: &Dynamo) {
    let _ = db.update(Task::key(1_u64)).set(|task| task.owner, "ann");
}

fn main() {}
