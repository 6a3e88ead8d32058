use tablewright::stream::StreamRecord;

struct Note {
    text: String,
}

async fn handle(record: StreamRecord<Note>) {
    let _ = record;
}

fn main() {}
