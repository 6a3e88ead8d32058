//! Keys that are made by a template.

use tablewright::codec::{ToItem, decode_item_response};
use tablewright::prelude::*;
use tablewright::{Item, Value};

#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "shop", partition_key = "pk", sort_key = "sk")]
enum Shop {
    Customer(Customer),
    Order(Order),
}

#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, partition_key = "CUST#{name}", sort_key = "PROFILE")]
struct Customer {
    #[dynamo(key_only)]
    name: String,
}

#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, partition_key = "CUST#{name}", sort_key = "ORDER#{year}#{balance}#{note}")]
struct Order {
    #[dynamo(key_only)]
    name: String,
    #[dynamo(key_only)]
    year: u16,
    #[dynamo(key_only)]
    balance: i64,
    #[dynamo(key_only)]
    note: String,
}

/// A key that is read is the key of what was read.
pub fn key_parse(data: &[u8]) {
    let Ok(text) = core::str::from_utf8(data) else { return };
    let key = key(text);
    let Some(read) = read(&key) else { return };
    let written = answer(&read);
    let (again, _) = decode_item_response::<Item>(&written, "Item").expect("what is written is read");
    let again = again.expect("it is an item");
    for name in ["pk", "sk"] {
        assert_eq!(again.get(name), key.get(name), "{text:?} was read as {read:?}");
    }
}

/// Keys as they are, to begin with.
#[must_use]
pub fn keys() -> Vec<Vec<u8>> {
    let order = |name: &str, balance, note: &str| {
        Shop::Order(Order { name: name.to_owned(), year: 2024, balance, note: note.to_owned() })
    };
    let customer = Shop::Customer(Customer { name: "ann".to_owned() });
    let shops =
        [customer, order("ann", i64::MIN, "n"), order("a#b$", 5, "#$"), order("\u{1f980}", i64::MAX, "two words")];
    let text = |item: &Item, name| match item.get(name) {
        Some(Value::S(text)) => text.clone(),
        other => panic!("{name} is {other:?}"),
    };
    let keys = shops.iter().map(|shop| {
        let (item, _) = decode_item_response::<Item>(&answer(shop), "Item").expect("what is written is read");
        let item = item.expect("it is an item");
        assert_eq!(read(&item).as_ref(), Some(shop), "a target that reads no keys would find nothing");
        format!("{}\n{}", text(&item, "pk"), text(&item, "sk")).into_bytes()
    });
    keys.collect()
}

/// The key of a table: two lines.
fn key(text: &str) -> Item {
    let (partition, sort) = text.split_once('\n').unwrap_or((text, ""));
    let parts = [("pk", partition), ("sk", sort)];
    parts.into_iter().map(|(name, text)| (name.to_owned(), Value::S(text.to_owned()))).collect()
}

fn read(key: &Item) -> Option<Shop> {
    decode_item_response(&answer(key), "Item").ok().and_then(|(shop, _)| shop)
}

/// The answer of a `GetItem` that finds this.
fn answer(item: &impl ToItem) -> Vec<u8> {
    let json = Dynamo::preview_item(item).expect("text can be stored");
    format!("{{\"Item\":{json}}}").into_bytes()
}
