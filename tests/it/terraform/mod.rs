//! The generated modules, byte for byte.

mod determinism;
mod exports;
mod extras;
mod guards;
mod iam;
mod live;
mod models;
mod mutations;
mod observed;
mod real;
mod roles;
mod shards;
mod single_table;
mod snapshot;
mod structs;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use tablewright::registry::Registry;
use tablewright::schema::TableSchema;
use tablewright_terraform::{Module, Options, Provider, generate};

use models::{EVENTS, FOR, LOG, MATCHES, ORDERS, SETTINGS};

fn golden_folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("terraform").join(name)
}

fn module(tables: &[TableSchema], provider: Provider) -> Module {
    let registry = Registry::new(tables.iter().copied()).unwrap();
    let options = Options::new("shop-model", "0.3.1").with_provider(provider);
    generate(&registry, &options).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// The text files of a folder and of those inside it, by their path from there.
fn files_of(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            files.extend(files_of(&path).into_iter().map(|(inner, text)| (format!("{name}/{inner}"), text)));
        } else {
            files.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
    files
}

/// Compares with the committed files; with `TABLEWRIGHT_BLESS=1` in the environment, writes them.
fn assert_golden(name: &str, module: &Module) {
    let folder = golden_folder(name);
    let generated: BTreeMap<String, String> =
        module.files().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
    if env::var_os("TABLEWRIGHT_BLESS").is_some_and(|value| value == "1") {
        let _ = fs::remove_dir_all(&folder);
        for (path, text) in &generated {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
    let committed = files_of(&folder);
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&committed), names(&generated), "the files of {name}; TABLEWRIGHT_BLESS=1 writes them anew");
    for (path, text) in &generated {
        assert!(committed[path] == *text, "{name}/{path} differs; TABLEWRIGHT_BLESS=1 writes it anew:\n{text}");
    }
}

#[test]
fn one_simple_table() {
    assert_golden("simple", &module(&[SETTINGS], Provider::Aws5));
}

#[test]
fn indexes_ttl_and_stream() {
    assert_golden("indexes", &module(&[ORDERS], Provider::Aws5));
}

#[test]
fn provisioned_beside_on_demand() {
    assert_golden("provisioned", &module(&[EVENTS, ORDERS, SETTINGS], Provider::Aws5));
}

#[test]
fn multi_attribute_keys_of_the_newer_provider() {
    assert_golden("multi_attribute_aws6", &module(&[MATCHES, ORDERS], Provider::Aws6));
}

#[test]
fn names_that_mean_something_to_terraform() {
    assert_golden("names", &module(&[FOR, LOG], Provider::Aws5));
}

#[test]
fn the_order_of_registration_does_not_matter() {
    let forth = module(&[SETTINGS, ORDERS, EVENTS], Provider::Aws5);
    let back = module(&[EVENTS, ORDERS, SETTINGS], Provider::Aws5);
    assert_eq!(forth, back);
}

#[test]
fn the_order_of_indexes_does_not_matter() {
    let mut indexes = ORDERS.indexes.to_vec();
    indexes.reverse();
    let reversed = ORDERS.with_indexes(indexes.leak());
    assert_eq!(module(&[ORDERS], Provider::Aws6), module(&[reversed], Provider::Aws6));
}

#[test]
fn no_machine_and_no_time_is_in_a_module() {
    let mut moved = SETTINGS;
    moved.source.file = "/home/somebody/shop/src/lib.rs";
    moved.source.line = 99;
    assert_eq!(module(&[SETTINGS], Provider::Aws5), module(&[moved], Provider::Aws5));
}
