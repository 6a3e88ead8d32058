use tablewright::DynamoTable;
use tablewright::stream::Batch;

#[derive(DynamoTable)]
#[dynamo(table = "notes")]
struct Note {
    #[dynamo(partition_key)]
    id: u64,
    text: String,
}

fn read(event: &str) -> Result<(), tablewright::Error> {
    let batch: Batch<Note> = Batch::from_event(event)?;
    let _ = batch;
    Ok(())
}

fn main() {}
