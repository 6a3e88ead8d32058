// A field that is a key itself and feeds another one is set with it.

use tablewright::prelude::*;

#[derive(DynamoTable)]
#[dynamo(table = "tasks", gsi(name = "by-team", partition_key = "team", sort_key = "{team}#{due}"))]
struct Task {
    #[dynamo(partition_key)]
    id: u64,
    team: String,
    due: u32,
}

fn run(db: &Dynamo) {
    let _ = db.update(Task::key(1_u64)).set(|task| task.team, "red");
}

fn main() {}
