// A group's id does not stand where a user's does.

use tablewright::{DynamoAttribute, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "users", partition_key = "USER#{user}", sort_key = "{group}")]
struct User {
    #[dynamo(key_only)]
    user: UserId,
    #[dynamo(key_only)]
    group: GroupId,
}

#[derive(DynamoAttribute)]
struct UserId(u64);

#[derive(DynamoAttribute)]
struct GroupId(u64);

fn swapped(user: UserId, group: GroupId) {
    let _ = User::key(group, user);
}

fn main() {}
