//! What real Terraform plans for tables that exist already: nothing where they are as declared, and an error where they
//! differ in what cannot be changed in place.

use serde_json::{Value, json};
use tablewright_terraform::Provider;

use super::models::{EVENTS, ORDERS, SETTINGS};
use super::real::{changes, left_out, mirror, module_folder, ok, plan, write_state};

/// What is different about a table that exists.
type Edit = fn(&mut Value);

#[test]
fn existing_tables_are_left_alone_or_guarded() {
    let Some(mirror) = mirror() else {
        return left_out("plans of existing tables are");
    };
    let folder = module_folder(&mirror, &super::module(&[EVENTS, ORDERS, SETTINGS], Provider::Aws5));
    let folder = folder.path();
    ok(&plan(folder));
    let planned = changes(folder);
    assert_eq!(planned.len(), 3);

    write_state(folder, &planned, |_| {});
    ok(&plan(folder));
    let actions: Vec<Value> = changes(folder).iter().map(|change| change["change"]["actions"].clone()).collect();
    assert_eq!(actions, [json!(["no-op"]), json!(["no-op"]), json!(["no-op"])], "tables that are as declared");

    let orders = |edit: Edit| {
        move |attributes: &mut Value| {
            if attributes["name"] == "orders" {
                edit(attributes);
            }
        }
    };
    let edits: [(Edit, &str); 3] = [
        (|orders| orders["attribute"][0]["type"] = json!("N"), "Key attributes of table orders exist with other"),
        (
            |orders| {
                orders["local_secondary_index"][0]["projection_type"] = json!("KEYS_ONLY");
            },
            "Local secondary indexes of table orders differ",
        ),
        (
            |orders| {
                orders["local_secondary_index"][1]["non_key_attributes"] = json!(["status"]);
            },
            "Local secondary indexes of table orders differ",
        ),
    ];
    for (edit, message) in edits {
        write_state(folder, &planned, orders(edit));
        let refused = plan(folder);
        let said = String::from_utf8_lossy(&refused.stderr).replace("\n│ ", " ").replace('\n', " ");
        assert!(!refused.status.success() && said.contains(message), "{message}: {said}");
    }
}
