// Older shapes are told apart in a table of several entities.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "users", upgrades(UserV1))]
struct User {
    #[dynamo(partition_key)]
    id: u64,
}

fn main() {}
