// Two entities have two names.

use tablewright::{DynamoEntity, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "shop", partition_key = "pk", sort_key = "sk")]
enum Shop {
    User(User),
    Other(other::User),
}

#[derive(DynamoEntity)]
#[dynamo(table = Shop, partition_key = "USER#{id}", sort_key = "PROFILE")]
struct User {
    id: u64,
    name: String,
}

mod other {
    #[derive(tablewright::DynamoEntity)]
    #[dynamo(table = super::Shop, partition_key = "OTHER#{id}", sort_key = "PROFILE")]
    pub struct User {
        id: u64,
    }
}

fn main() {}
