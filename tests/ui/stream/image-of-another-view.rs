use tablewright::DynamoTable;
use tablewright::stream::Change;

#[derive(DynamoTable)]
#[dynamo(table = "notes", stream = keys_only)]
struct Note {
    #[dynamo(partition_key)]
    id: u64,
    text: String,
}

fn current(change: Change<Note>) -> Option<Note> {
    change.into_new_image()
}

fn main() {}
