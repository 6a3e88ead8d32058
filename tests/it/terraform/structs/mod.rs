//! Structs from tables that exist: the written files byte for byte, compiled here, and read and written with.

mod adopted;
mod real;

use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

use serde_json::Value;
use tablewright::codec::{Cursor, FromItem, ToItem};
use tablewright::registry::Registry;
use tablewright::{Entity, Item, ItemOwned};
use tablewright_terraform::{diff_with, structs};

use super::golden_folder;

fn folder(name: &str) -> PathBuf {
    golden_folder("../structs").join(name)
}

fn read(name: &str, file: &str) -> String {
    fs::read_to_string(folder(name).join(file)).unwrap_or_default()
}

/// Compares with a committed file; with `TABLEWRIGHT_BLESS=1` in the environment, writes it.
fn assert_golden(name: &str, file: &str, text: &str) {
    if env::var_os("TABLEWRIGHT_BLESS").is_some_and(|value| value == "1") {
        fs::create_dir_all(folder(name)).unwrap();
        fs::write(folder(name).join(file), text).unwrap();
    }
    assert!(read(name, file) == text, "{name}/{file} differs; TABLEWRIGHT_BLESS=1 writes it anew:\n{text}");
}

/// The items of a golden, as their JSON.
fn items(name: &str) -> Vec<Value> {
    let documents = serde_json::Deserializer::from_str(&read(name, "items.jsonl")).into_iter().collect::<Vec<_>>();
    let documents: Vec<Value> = documents.into_iter().map(Result::unwrap).collect();
    let of = |document: Value| match (document.get("Items"), document.get("Item")) {
        (Some(items), _) => items.as_array().unwrap().clone(),
        (None, Some(item)) => vec![item.clone()],
        (None, None) => vec![document],
    };
    documents.into_iter().flat_map(of).collect()
}

/// The item as the runtime reads it.
fn item(json: &Value) -> Item {
    let text = json.to_string();
    Item::decode_item(&mut Cursor::new(text.as_bytes()).unwrap()).unwrap_or_else(|error| panic!("{error}: {json}"))
}

/// That `rustfmt`, where there is one, would write the file so in a project without settings of its own.
#[test]
fn the_files_are_formatted() {
    let names = ["simple", "indexes", "messaging", "cruddur", "electro", "messy", "keys_only", "state"];
    let files = names.map(|name| folder(name).join("tables.rs"));
    let settings = ["--check", "--edition=2024", "--config=max_width=100,use_small_heuristics=Default"];
    match Command::new("rustfmt").args(settings).args(files).output() {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout)),
        Err(error) => eprintln!("rustfmt cannot be run, so that the layout of the files was not checked: {error}"),
    }
}

/// The text is the committed one, the structs read and write every sampled item, and say what the table is.
fn golden<T: Entity + ItemOwned + ToItem>(name: &str, table: &str, prefix: &str) {
    let (description, sample) = (read(name, "table.json"), read(name, "items.jsonl"));
    let text = structs(&description, &[(table, &sample)], prefix).unwrap();
    assert_golden(name, "tables.rs", &text);
    let lower = text.to_lowercase();
    assert!(!lower.contains("todo") && !lower.contains("fixme"), "{text}");
    for json in items(name) {
        let before = item(&json);
        let entity: T = before.decode().unwrap_or_else(|error| panic!("{name}: {error}: {json}"));
        assert_eq!(Item::from_entity(&entity).unwrap(), before, "{name}");
    }
    let registry = Registry::new([*T::TABLE]).unwrap();
    let changes = diff_with(&description, &registry, prefix).unwrap();
    assert!(changes.is_empty(), "{name}: {changes:#?}");
}
