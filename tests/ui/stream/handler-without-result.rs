use tablewright::DynamoTable;
use tablewright::stream::{StreamRecord, handle_batch};

#[derive(DynamoTable)]
#[dynamo(table = "notes", stream = new_image)]
struct Note {
    #[dynamo(partition_key)]
    id: u64,
}

async fn function(event: &[u8]) -> Result<(), tablewright::Error> {
    handle_batch(event, async |record: StreamRecord<Note>| drop(record)).await?;
    Ok(())
}

fn main() {}
