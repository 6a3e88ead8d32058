// The member that sets a key has a name of its own.

use tablewright::prelude::*;

#[derive(DynamoTable)]
#[dynamo(table = "tasks", gsi(name = "ranking", partition_key = "team", sort_key = "{rank}#{id}"))]
struct Task {
    #[dynamo(partition_key)]
    id: u64,
    team: String,
    rank: u8,
    ranking: u8,
}

fn main() {}
