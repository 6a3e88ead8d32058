// The enum has no attributes of its own: which entity's keys would change?

use tablewright::prelude::*;

#[derive(DynamoTable)]
#[dynamo(table = "tickets", partition_key = "pk", gsi(name = "by-status", partition_key = "gsi1pk"))]
enum Tickets {
    Ticket(Ticket),
}

#[derive(DynamoEntity)]
#[dynamo(
    table = Tickets,
    partition_key = "TICKET#{id}",
    index(name = "by-status", partition_key = "STATUS#{status}")
)]
struct Ticket {
    #[dynamo(key_only)]
    id: u64,
    status: String,
}

fn closed(db: &Dynamo, ticket: Tickets) {
    let _ = db.update(ticket.primary_key()).set(|ticket| ticket.status, "closed");
}

fn main() {}
