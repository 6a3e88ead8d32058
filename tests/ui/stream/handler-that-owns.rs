use tablewright::stream::{StreamRecord, handle_batch};
use tablewright::{Dynamo, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "notes", stream = new_image)]
struct Note {
    #[dynamo(partition_key)]
    id: u64,
}

async fn function(db: Dynamo, event: &[u8]) -> Result<(), tablewright::Error> {
    let handler = async move |record: StreamRecord<Note>| db.delete(record.key()).await.map(drop);
    handle_batch(event, handler).await?.response();
    Ok(())
}

fn main() {}
