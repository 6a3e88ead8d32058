// An upsert rewrites the whole key as well.

use tablewright::prelude::*;

#[derive(DynamoTable)]
#[dynamo(
    table = "tickets",
    partition_key = "TICKET#{id}",
    gsi(name = "by-status", partition_key = "STATUS#{status}", sort_key = "{status}#{priority}")
)]
struct Ticket {
    #[dynamo(key_only)]
    id: u64,
    status: String,
    priority: u8,
}

fn raised(db: &Dynamo) {
    let _ = db.upsert(Ticket::key(7_u64)).set(|ticket| ticket.priority, 1_u8);
}

fn main() {}
