use tablewright::DynamoTable;
use tablewright::stream::Change;

#[derive(DynamoTable)]
#[dynamo(table = "notes")]
struct Note {
    #[dynamo(partition_key)]
    id: u64,
    text: String,
}

fn is_new(change: &Change<Note>) -> bool {
    matches!(change, Change::Insert { .. })
}

fn main() {}
