//! The tables for those who do not use Terraform, byte for byte.

use std::path::Path;
use std::{env, fs};

use serde_json::Value;
use tablewright::registry::Registry;
use tablewright::schema::TableSchema;
use tablewright::testing::Embedded;
use tablewright_terraform::{Format, Options, Provider, Snapshot, export, generate};

use super::golden_folder;
use super::models::{EVENTS, FOR, LOG, MATCHES, ORDERS, SETTINGS};
use super::real::{PROVIDER, left_out, mirror, module_folder, ok, plan, terraform};
use super::{extras, single_table};

fn exported(format: Format) -> String {
    let options = Options::new("shop-model", "0.3.1").with_provider(Provider::Aws6);
    export(&Registry::new([EVENTS, MATCHES, ORDERS, SETTINGS]).unwrap(), format, &options).unwrap()
}

const IN_JSON: [TableSchema; 5] = [EVENTS, FOR, LOG, ORDERS, SETTINGS];

fn module_in_json() -> String {
    let registry = Registry::new(IN_JSON).unwrap();
    export(&registry, Format::TfJson, &Options::new("shop-model", "0.3.1")).unwrap()
}

fn assert_golden(name: &str, text: &str) {
    let path = golden_folder("../export").join(name);
    if env::var_os("TABLEWRIGHT_BLESS").is_some_and(|value| value == "1") {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == text, "{name} differs; TABLEWRIGHT_BLESS=1 writes it anew:\n{text}");
}

#[test]
fn a_cloudformation_template() {
    assert_golden("tables.cloudformation.json", &exported(Format::Cloudformation));
}

#[test]
fn requests_that_make_the_tables() {
    let text = exported(Format::CreateTableJson);
    assert_golden("tables.create-table.json", &text);
    let engine = Embedded::memory().unwrap();
    let tables: Value = serde_json::from_str(&text).unwrap();
    for (table, requests) in tables.as_object().unwrap() {
        // The one that makes the table precedes those that change it.
        for (operation, request) in requests.as_object().unwrap() {
            let (status, answer) = engine.call(operation, request.to_string().as_bytes());
            assert_eq!(status, 200, "{operation} of {table}: {}", String::from_utf8_lossy(&answer));
        }
    }
}

#[test]
fn the_module_in_json() {
    assert_golden("tables.tf.json", &module_in_json());
}

/// What a plan does and says, without what differs from run to run.
fn planned(folder: &Path) -> (Vec<Value>, Value) {
    ok(&plan(folder));
    let shown: Value = serde_json::from_slice(&terraform(folder, &["show", "-json", "plan"]).stdout).unwrap();
    (shown["resource_changes"].as_array().unwrap().clone(), shown["output_changes"].clone())
}

/// Names that mean something to Terraform, a table that left the code, and one that has another name.
fn after_changes() -> (Registry, Options) {
    let mut renamed = SETTINGS;
    renamed.name = "preferences";
    renamed.settings.renamed_from = Some("settings");
    let agreed = Snapshot::of(&Registry::new([EVENTS, SETTINGS]).unwrap());
    let options = Options::new("shop-model", "0.3.1").with_snapshot(agreed);
    (Registry::new([FOR, LOG, renamed]).unwrap(), options)
}

#[test]
fn a_module_in_json_is_planned_as_that_in_hcl() {
    let Some(mirror) = mirror() else {
        return left_out("plans of modules in JSON are");
    };
    for (registry, options) in [after_changes(), extras::asked(Provider::Aws5), single_table::asked()] {
        let folder = module_folder(&mirror, &generate(&registry, &options).unwrap());
        let in_hcl = planned(folder.path());
        assert!(in_hcl.0.len() >= registry.tables().len());
        let folder = tempfile::tempdir().unwrap();
        let text = export(&registry, Format::TfJson, &options).unwrap();
        fs::write(folder.path().join("tables.tf.json"), text).unwrap();
        fs::write(folder.path().join("provider.tf"), PROVIDER).unwrap();
        ok(&terraform(folder.path(), &["init", "-input=false", &format!("-plugin-dir={}", mirror.display())]));
        ok(&terraform(folder.path(), &["validate", "-no-color"]));
        assert_eq!(planned(folder.path()), in_hcl);
    }
}
