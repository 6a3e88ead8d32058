use std::borrow::Cow;

use tablewright::DynamoTable;
use tablewright::stream::StreamRecord;

#[derive(DynamoTable)]
#[dynamo(table = "notes", stream = new_image)]
struct Note<'a> {
    #[dynamo(partition_key)]
    id: u64,
    text: Cow<'a, str>,
}

fn read(_: StreamRecord<Note<'_>>) {}

fn main() {}
