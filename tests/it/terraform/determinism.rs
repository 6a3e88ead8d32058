//! The same tables give the same bytes: in whatever order they were registered, and in every process.

use std::env;
use std::process::Command;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use tablewright::schema::{IndexSchema, TableSchema};
use tablewright_terraform::{Format, Module, Options, Provider, Snapshot, export};

use super::models::{EVENTS, FOR, LOG, MATCHES, ORDERS, SETTINGS};

const TABLES: [TableSchema; 6] = [EVENTS, FOR, LOG, MATCHES, ORDERS, SETTINGS];

fn module(tables: &[TableSchema]) -> Module {
    super::module(tables, Provider::Aws6)
}

/// Everything that is generated, in one text.
fn everything(tables: &[TableSchema]) -> String {
    let registry = tablewright::registry::Registry::new(tables.iter().copied()).unwrap();
    let options = Options::new("shop-model", "0.3.1").with_provider(Provider::Aws6);
    let formats = [Format::Cloudformation, Format::CreateTableJson, Format::TfJson];
    let exports = formats.map(|format| export(&registry, format, &options).unwrap());
    let files: String = module(tables).files().map(|(path, text)| format!("{path}\n{text}")).collect();
    [exports.concat(), Snapshot::of(&registry).to_json(), files].concat()
}

fn shuffled(table: TableSchema) -> impl Strategy<Value = TableSchema> + use<> {
    let indexes = Just(table.indexes.to_vec()).prop_shuffle();
    let tags = Just(table.settings.tags.to_vec()).prop_shuffle();
    (indexes, tags).prop_map(move |(indexes, tags): (Vec<IndexSchema>, Vec<_>)| {
        let mut table = table.with_indexes(indexes.leak());
        table.settings.tags = tags.leak();
        table
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_order_of_registration_matters(
        chosen in subsequence(TABLES.to_vec(), 1..=TABLES.len()),
        all in Vec::from(TABLES.map(shuffled)).prop_flat_map(|tables| Just(tables).prop_shuffle()),
        twice in select(TABLES.to_vec()),
    ) {
        let is_chosen = |table: &&TableSchema| chosen.iter().any(|of| of.name == table.name);
        let mut other: Vec<TableSchema> = all.iter().filter(is_chosen).copied().collect();
        // A table that is registered twice counts once.
        other.extend(other.iter().find(|table| table.name == twice.name).copied());
        prop_assert_eq!(everything(&chosen), everything(&other));
    }
}

const IN_CHILD: &str = "TABLEWRIGHT_TEST_PRINTS_MODULES";

#[test]
fn every_process_generates_the_same() {
    let digest = format!("digest {:08x}", crc32fast::hash(everything(&TABLES).as_bytes()));
    if env::var_os(IN_CHILD).is_some() {
        println!("{digest}");
        return;
    }
    for _ in 0..2 {
        let mut child = Command::new(env::current_exe().unwrap());
        let test = "terraform::determinism::every_process_generates_the_same";
        let output = child.args([test, "--exact", "--nocapture"]).env(IN_CHILD, "1").output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(said.contains(&digest), "{digest} is not in {said}");
    }
}
