// A tag names one entity.

use tablewright::{DynamoEntity, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "shop", partition_key = "pk", sort_key = "sk", tag = "kind")]
enum Shop {
    User(User),
    Team(Team),
}

#[derive(DynamoEntity)]
#[dynamo(table = Shop, partition_key = "USER#{id}", sort_key = "PROFILE", tag = "profile")]
struct User {
    #[dynamo(key_only)]
    id: u64,
}

#[derive(DynamoEntity)]
#[dynamo(table = Shop, partition_key = "TEAM#{id}", sort_key = "PROFILE", tag = "profile")]
struct Team {
    #[dynamo(key_only)]
    id: u64,
}

fn main() {}
