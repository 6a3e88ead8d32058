use tablewright::{Dynamo, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "notes")]
struct Note {
    #[dynamo(partition_key)]
    id: u64,
}

async fn follow(db: &Dynamo) -> Result<(), tablewright::Error> {
    let reader = db.stream::<Note>();
    drop(reader);
    Ok(())
}

fn main() {}
