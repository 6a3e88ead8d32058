use tablewright::DynamoTable;
use tablewright::stream::{Change, StreamRecord};

#[derive(DynamoTable)]
#[dynamo(table = "notes", stream = new_image)]
struct Note {
    #[dynamo(partition_key)]
    id: u64,
    text: String,
}

fn deleted(record: StreamRecord<Note>) -> Option<String> {
    match record.change {
        Change::Remove { old } => Some(old.text),
        _ => None,
    }
}

fn main() {}
