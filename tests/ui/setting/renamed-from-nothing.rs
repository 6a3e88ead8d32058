// A table keeps a name that AWS allows.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "user-sessions", renamed_from = "s!")]
struct Session {
    #[dynamo(partition_key)]
    id: String,
}

#[derive(DynamoTable)]
#[dynamo(table = "logins", renamed_from = sessions)]
struct Login {
    #[dynamo(partition_key)]
    id: String,
}

fn main() {}
