//! The tables for those who do not use Terraform, byte for byte.

use std::{env, fs};

use serde_json::Value;
use tablewright::registry::Registry;
use tablewright::testing::Embedded;
use tablewright_terraform::{Format, export};

use super::golden_folder;
use super::models::{EVENTS, MATCHES, ORDERS, SETTINGS};

fn exported(format: Format) -> String {
    export(&Registry::new([EVENTS, MATCHES, ORDERS, SETTINGS]).unwrap(), format)
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
