//! What is generated after a snapshot: tables that left the code are let go, and a former time to live is switched off.

use tablewright::registry::Registry;
use tablewright::schema::TableSchema;
use tablewright_terraform::{Module, Options, Snapshot, generate};

use super::assert_golden;
use super::models::{EVENTS, ORDERS, SETTINGS};

/// The module of the settings, after a time when there were more tables and the settings expired.
fn module(earlier: &[TableSchema]) -> Module {
    let agreed = Snapshot::of(&Registry::new(earlier.iter().copied()).unwrap());
    let options = Options::new("shop-model", "0.3.1").with_snapshot(agreed);
    generate(&Registry::new([SETTINGS]).unwrap(), &options).unwrap()
}

#[test]
fn tables_that_left_the_code_are_let_go() {
    assert_golden("removed", &module(&[EVENTS, ORDERS, SETTINGS.with_ttl("expires_at")]));
}

#[test]
fn without_a_change_a_snapshot_changes_nothing() {
    let plain = generate(&Registry::new([SETTINGS]).unwrap(), &Options::new("shop-model", "0.3.1")).unwrap();
    assert_eq!(module(&[SETTINGS]), plain);
}

#[test]
fn a_renamed_table_moves() {
    let mut renamed = SETTINGS;
    renamed.name = "preferences";
    renamed.settings.renamed_from = Some("settings");
    let agreed = Snapshot::of(&Registry::new([SETTINGS]).unwrap());
    let options = Options::new("shop-model", "0.3.1");
    let registry = Registry::new([renamed]).unwrap();
    let module = generate(&registry, &options.clone().with_snapshot(agreed)).unwrap();
    assert_golden("moved", &module);
    assert_eq!(generate(&registry, &options).unwrap(), module, "also where nothing was agreed on");
}
