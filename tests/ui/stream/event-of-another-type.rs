use tablewright::DynamoTable;
use tablewright::stream::{StreamRecord, handle_batch};

#[derive(DynamoTable)]
#[dynamo(table = "notes", stream = new_image)]
struct Note {
    #[dynamo(partition_key)]
    id: u64,
}

struct SqsEvent;

async fn function(event: SqsEvent) -> Result<(), tablewright::Error> {
    handle_batch(event, async |_: StreamRecord<Note>| Ok::<_, tablewright::Error>(())).await?.response();
    Ok(())
}

fn main() {}
