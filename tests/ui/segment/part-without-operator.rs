// A part of a key is compared with something.

use tablewright::prelude::*;

#[derive(DynamoAttribute, Clone, Copy)]
struct CustomerId(u32);

#[derive(DynamoAttribute, Clone, Copy)]
struct OrderId(u32);

#[derive(DynamoTable)]
#[dynamo(
    table = "shop",
    partition_key = "pk",
    sort_key = "sk",
    gsi(name = "by-status", partition_key = "gsi1pk", sort_key = "gsi1sk")
)]
enum Shop {
    Order(Order),
    Note(Note),
}

#[derive(DynamoEntity)]
#[dynamo(
    table = Shop,
    partition_key = "CUSTOMER#{customer}",
    sort_key = "ORDER#{shop}#{number}#{line}",
    index(name = "by-status", partition_key = "STATUS#{status}", sort_key = "{total}#{day}#{number}")
)]
struct Order {
    #[dynamo(key_only)]
    customer: CustomerId,
    #[dynamo(key_only)]
    shop: String,
    #[dynamo(key_only)]
    number: OrderId,
    #[dynamo(key_only)]
    line: u8,
    status: String,
    total: u64,
    day: u16,
    note: Option<String>,
}

#[derive(DynamoEntity)]
#[dynamo(table = Shop, partition_key = "CUSTOMER#{customer}", sort_key = "NOTE#{at}")]
struct Note {
    #[dynamo(key_only)]
    customer: CustomerId,
    at: u64,
    text: String,
}

fn run(db: &Dynamo) {
    let _ = db.query(Order::query(CustomerId(1)).shop());
}

fn main() {}
