use tablewright::{Dynamo, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "notes", stream = keys_only)]
struct Note {
    #[dynamo(partition_key)]
    id: u64,
}

async fn follow(db: &Dynamo) {
    drop(db.stream::<Note>().checkpoints("checkpoints.json"));
}

fn main() {}
