//! The whole way round with real Terraform: the state of tables, structs from it, their module, and a plan without changes.

use std::fs;

use serde_json::Value;
use tablewright::Entity;
use tablewright::registry::Registry;
use tablewright_terraform::{Options, Provider, generate, structs};

use super::assert_golden;
use crate::terraform::models::{EVENTS, ORDERS};
use crate::terraform::real::{
    changes, left_out, mirror, module_folder, ok, plan, terraform, write_module, write_state,
};

#[rustfmt::skip]
#[path = "../../../structs/state/tables.rs"]
#[allow(dead_code, unreachable_pub, reason = "it is written for a library")]
#[deny(missing_docs)]
mod state;

fn names() -> [tablewright::schema::TableSchema; 2] {
    let (mut events, mut orders) = (EVENTS, ORDERS);
    (events.name, orders.name) = ("adopted.events", "adopted.lines");
    [events, orders]
}

#[test]
fn the_structs_of_a_state_change_nothing_in_it() {
    let Some(mirror) = mirror() else {
        return left_out("structs from a state are");
    };
    let existing = crate::terraform::module(&names(), Provider::Aws5);
    let folder = module_folder(&mirror, &existing);
    let folder = folder.path();
    ok(&plan(folder));
    write_state(folder, &changes(folder), |_| {});
    let shown = terraform(folder, &["show", "-json"]);
    ok(&shown);
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert_golden("state", "tables.rs", &structs(&shown, &[], "").unwrap());

    let adopted = Registry::new([*state::AdoptedEvents::TABLE, *state::AdoptedLines::TABLE]).unwrap();
    for (path, _) in existing.files().filter(|(path, _)| path.ends_with(".tf") && !path.contains('/')) {
        fs::remove_file(folder.join(path)).unwrap();
    }
    write_module(folder, &generate(&adopted, &Options::new("shop-model", "0.3.1")).unwrap());
    ok(&plan(folder));
    let resources = changes(folder);
    assert_eq!(resources.len(), 2);
    let other: Vec<&Value> =
        resources.iter().filter(|of| of["change"]["actions"] != serde_json::json!(["no-op"])).collect();
    assert!(other.is_empty(), "{other:#?}");
}
