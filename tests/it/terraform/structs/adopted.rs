//! The written files, as modules of this program.

use jiff::Timestamp;
use messaging::app::SeedLine;
use messaging::people::{GroupId, Person};
use serde_json::{Value, json};
use tablewright::schema::TableSchema;
use tablewright::testing::Embedded;
use tablewright::{Dynamo, Entity};
use uuid::Uuid;

use super::{assert_golden, golden};

macro_rules! written {
    ($($name:ident at $path:literal: $entity:ident,)*) => {$(
        #[rustfmt::skip]
        #[path = $path]
        #[allow(dead_code, unreachable_pub, reason = "it is written for a library")]
        #[deny(missing_docs)]
        pub(super) mod $name;
    )*

        /// The tables that are declared by the written files.
        pub(super) const TABLES: &[&TableSchema] = &[$(<$name::$entity as Entity>::TABLE,)*];
    };
}

written! {
    simple at "../../../structs/simple/tables.rs": AdoptedRemember,
    indexes at "../../../structs/indexes/tables.rs": AdoptedOrders,
    messages at "../../../structs/messaging/tables.rs": AdoptedMessaging,
    cruddur at "../../../structs/cruddur/tables.rs": AdoptedCruddur,
    electro at "../../../structs/electro/tables.rs": AdoptedElectro,
    messy at "../../../structs/messy/tables.rs": AdoptedMessy,
    keys_only at "../../../structs/keys_only/tables.rs": ItemTable,
}

#[test]
fn a_simple_table() {
    golden::<simple::AdoptedRemember>("simple", "prod-adopted.remember", "prod-");
}

#[test]
fn a_table_with_indexes_and_settings() {
    golden::<indexes::AdoptedOrders>("indexes", "adopted-orders", "");
}

#[test]
fn keys_of_another_program() {
    golden::<cruddur::AdoptedCruddur>("cruddur", "adopted-cruddur", "");
}

#[test]
fn entities_with_a_tag_and_padded_numbers() {
    golden::<electro::AdoptedElectro>("electro", "dev_adopted-electro", "dev_");
}

#[test]
fn values_of_several_types_and_names_that_are_no_identifiers() {
    golden::<messy::AdoptedMessy>("messy", "adopted_messy", "");
}

#[test]
fn a_table_without_items() {
    golden::<keys_only::ItemTable>("keys_only", "item", "");
}

/// What the messaging example writes for a conversation of three messages.
async fn items_of_the_example() -> String {
    let engine = Embedded::memory().unwrap();
    let db = Dynamo::with_executor(engine.clone());
    db.create_tables([messaging::stable::Messaging::TABLE]).await.unwrap();
    let (andrew, bayko) = (Person::andrew(), Person::bayko());
    let at = |minute: i64| Timestamp::from_second(1_700_000_000 + 60 * minute).unwrap();
    let lines = [(&andrew, "Did you watch it?"), (&bayko, "All of it."), (&andrew, "And?")];
    let lines: Vec<SeedLine<'_>> =
        lines.iter().zip(0..).map(|((author, text), minute)| SeedLine { author, at: at(minute), text }).collect();
    let group = GroupId(Uuid::from_u128(0x5ae2_90ed_55d1_47a0_bc6d_fe2b_c270_0399));
    messaging::stable::seed(&db, group, [&andrew, &bayko], &lines).await.unwrap();
    let (status, answer) = engine.call("Scan", json!({ "TableName": "messaging" }).to_string().as_bytes());
    assert_eq!(status, 200);
    let answer: Value = serde_json::from_slice(&answer).unwrap();
    let mut lines: Vec<String> = answer["Items"].as_array().unwrap().iter().map(|item| format!("{item}\n")).collect();
    lines.sort();
    lines.concat()
}

#[tokio::test]
async fn the_items_of_the_messaging_example() {
    assert_golden("messaging", "items.jsonl", &items_of_the_example().await);
    golden::<messages::AdoptedMessaging>("messaging", "adopted-messaging", "");
}

#[tokio::test]
async fn a_server_accepts_the_tables_and_gives_the_items_back() {
    let engine = Embedded::memory().unwrap();
    let db = Dynamo::with_executor(engine.clone());
    db.create_tables(TABLES.iter().copied()).await.unwrap();
    for (name, table) in ["simple", "indexes", "messaging", "cruddur", "electro", "messy"].into_iter().zip(TABLES) {
        for item in super::items(name) {
            let request = json!({ "TableName": table.name, "Item": item });
            let (status, answer) = engine.call("PutItem", request.to_string().as_bytes());
            assert_eq!(status, 200, "{name}: {}", String::from_utf8_lossy(&answer));
        }
    }
    let found: Vec<electro::AdoptedElectro> = db.scan().await.unwrap();
    assert_eq!(found.len(), super::items("electro").len());
    let red: Vec<electro::Task> = db.query(electro::Task::query("red")).await.unwrap();
    assert_eq!(red.iter().map(|task| task.number).collect::<Vec<_>>(), [17, 18]);
    let conversation = cruddur::Msg::query("5ae290ed-55d1-47a0-bc6d-fe2bc2700399");
    assert_eq!(db.query(conversation).await.unwrap().len(), 2);
}
